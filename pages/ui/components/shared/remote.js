// Small values that Python hands to a component whose large data it need not send again; see components/remote. The components share nothing but one
// global, `handwritingCommands`, with the last command to each: a component that comes later still finds it.

/**
 * @typedef {object} Command
 * @property {string} to key of the component
 * @property {number} serial of the choice: each is followed once
 * @property {any} value
 */

const EVENT = "remote", LENT = "lent";

/** @returns {Map<string, Command>} */
function lastCommands() {
  const shared = /** @type {{handwritingCommands?: Map<string, Command>}} */ (globalThis);
  return (shared.handwritingCommands ??= new Map());
}

/** @param {Command} command */
export function hand(command) {
  lastCommands().set(command.to, command);
  dispatchEvent(new CustomEvent(EVENT, { detail: command }));
}

/** Follows the commands to one component. */
export class Remote {
  /**
   * @param {(value: any, first: boolean) => void} follow
   * @param {AbortSignal} signal
   */
  constructor(follow, signal) {
    this.follow = follow;
    this.name = "";
    /** @type {number | undefined} */
    this.serial = undefined;
    addEventListener(EVENT, (event) => this.take(/** @type {CustomEvent<Command>} */ (event).detail), { signal });
  }

  /** From now on, and what was handed to it before. @param {string} name of the component */
  listenAs(name) {
    this.name = name;
    const command = lastCommands().get(name);
    if (command) this.take(command);
  }

  /** @param {Command} command */
  take({ to, serial, value }) {
    if (to !== this.name || serial === this.serial) return;
    const first = this.serial === undefined;
    this.serial = serial;
    this.follow(value, first);
  }
}

/**
 * Let a view show other data, until Python sends it new ones or there are none to show.
 * @param {string} to name of the view
 * @param {{header: any, arrays: any} | null} blob
 */
export const lend = (to, blob) => void dispatchEvent(new CustomEvent(LENT, { detail: { to, blob } }));

/** @param {(to: string, blob: any) => void} take @param {AbortSignal} signal */
export function listenToLent(take, signal) {
  addEventListener(LENT, (event) => {
    const { to, blob } = /** @type {CustomEvent<{to: string, blob: any}>} */ (event).detail;
    take(to, blob);
  }, { signal });
}
