import { saveBlob } from "@renderer/lib/download.ts";
import type { Visit } from "./next-visit.tsx";

const stamp = (instant: string) => instant.replace(/[-:]/g, "").replace(/\.\d+/, "");
// RFC 5545 3.3.11: backslash, semicolon, comma and line ends are escaped in text.
const escaped = (text: string) => text.replace(/[\\;,]/g, (found) => `\\${found}`).replace(/\r?\n/g, "\\n");

const octets = (text: string) => new TextEncoder().encode(text).length;

// RFC 5545 3.1: a line has at most 75 octets; the next one goes on after a space.
function folded(line: string): string {
  const parts = [""];
  for (const letter of line) {
    const part = parts.at(-1) ?? "";
    if (octets(part) + octets(letter) > 75) parts.push(` ${letter}`);
    else parts[parts.length - 1] = part + letter;
  }
  return parts.join("\r\n");
}

/** The visit as an iCalendar event (RFC 5545), without anything of the record. */
export function calendarFile(visit: Pick<Visit, "id" | "startsAt" | "endsAt" | "room">, title: string, now: string): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Polyclinic//Portal//EN",
    "BEGIN:VEVENT",
    `UID:${visit.id}@polyclinic`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(visit.startsAt)}`,
    `DTEND:${stamp(visit.endsAt)}`,
    `SUMMARY:${escaped(title)}`,
    ...(visit.room ? [`LOCATION:${escaped(visit.room)}`] : []),
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** Hands the visit to the person's calendar as a downloaded file. */
export function saveCalendarFile(visit: Visit, title: string): void {
  const content = new Blob([calendarFile(visit, title, new Date().toISOString())], { type: "text/calendar" });
  saveBlob(content, `visit-${visit.id}.ics`);
}
