// One thing at a time, and of what is wished for meanwhile only the last.

/**
 * @template Wish
 * @param {(wish: Wish) => Promise<void>} act
 * @returns {(wish: Wish) => void}
 */
export function latest(act) {
  /** @type {{wish: Wish} | null} */
  let next = null;
  let isActing = false;
  return async (wish) => {
    next = { wish };
    if (isActing) return;
    isActing = true;
    while (next) {
      const { wish: now } = next;
      next = null;
      await act(now);
    }
    isActing = false;
  };
}
