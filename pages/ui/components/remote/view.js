// Hands a small value to another component on the page, so that its large data need not be sent again. A component that comes later finds the last
// value in `remoteCommands`.
export default function ({ data }) {
  globalThis.remoteCommands ??= new Map();
  remoteCommands.set(data.to, data);
  dispatchEvent(new CustomEvent("remote", { detail: data }));
}
