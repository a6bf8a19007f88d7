/** How this device calls itself in the list of sessions: browser and system, nothing that identifies a person. */
export function deviceName(agent: string = globalThis.navigator.userAgent): string {
  const browser = ["Electron", "Edg", "Firefox", "Chrome", "Safari"].find((name) => agent.includes(name)) ?? "Browser";
  const system = ["Windows", "Android", "iPhone", "iPad", "Mac OS", "Linux"].find((name) => agent.includes(name)) ?? "unknown system";
  return `${{ Edg: "Edge", Electron: "Polyclinic desktop" }[browser] ?? browser}, ${system}`;
}
