// Files that a view fetches by itself.

/**
 * The bytes at an address.
 * @param {string} address
 * @param {(share: number) => void} progress
 */
export async function fetched(address, progress) {
  const answer = await fetch(new URL(address, document.baseURI));
  if (!answer.ok || !answer.body) throw new Error(`the network could not be fetched (${answer.status}); load the page again`);
  const whole = Number(answer.headers.get("Content-Length")) || Infinity; // of what comes over the line, which may be compressed
  const reader = answer.body.getReader();
  /** @type {Uint8Array[]} */
  const parts = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    length += part.value.length;
    progress(Math.min(1, length / whole));
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
