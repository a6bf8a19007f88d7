import { ipcRenderer } from "electron";

// Hands the page one message port and nothing else. The page asks by a message to its own window, the main process checks
// who asks, and the port is passed on.
const CHANNEL = "polyclinic:connect";

window.addEventListener("message", (event) => {
  if (event.source === window && event.data === CHANNEL) ipcRenderer.send(CHANNEL);
});
ipcRenderer.on(CHANNEL, (event) => {
  window.postMessage(`${CHANNEL}ed`, window.location.origin, [...event.ports]);
});
