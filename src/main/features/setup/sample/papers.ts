import { createHash } from "node:crypto";
import { CHUNK_BYTES } from "@shared/model/file-types.ts";
import { addMinutes } from "@shared/model/slots.ts";
import type { Act } from "./act.ts";
import type { LivedVisit } from "./history.ts";
import { type Letter, printLetter, type ReportedValue } from "./letters.ts";
import { drawRash, drawRhythmStrip } from "./pictures.ts";
import type { Random } from "./random.ts";

interface Paper {
  filename: string;
  description: string;
  bytes: Uint8Array;
}

/** Visits of each kind that have a paper, the newest ones. */
const OF_A_KIND = 7;

type Kind = "strip" | "rash" | "sugar" | "lipids" | "pressure";

/** Whose name stands on a letter, and who Layla Haddad is. */
export interface Patients {
  nameOf(patientId: string): string;
  laylaId: string;
}

/** Which papers a visit of that diagnosis leads to. */
const KINDS: Readonly<Record<string, Kind>> = {
  "R00.2": "strip",
  "I25.10": "strip",
  "R07.89": "strip",
  "L30.9": "rash",
  "E11.9": "sugar",
  "E78.5": "lipids",
  I10: "pressure",
};

/** Files pictures and letters with some of the visits, through the routes that people use: each linked to a finding. */
export async function filePapers(act: Act, random: Random, visits: readonly LivedVisit[], who: Patients): Promise<void> {
  const newest = [...visits].sort((a, b) => b.endedAt.localeCompare(a.endedAt) || a.patientId.localeCompare(b.patientId));
  const layla = newest.filter(({ patientId }) => patientId === who.laylaId);
  const others = newest.filter(({ patientId }) => patientId !== who.laylaId);
  const counts = new Map<Kind, number>();
  for (const visit of others) {
    const kind = KINDS[visit.code];
    if (!kind || (counts.get(kind) ?? 0) >= OF_A_KIND) continue;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    for (const paper of await papersOf(kind, random, visit, who)) await file(act, visit, paper);
  }
  // Layla's own chart has both a letter and a photo, whatever her visits were about.
  const [last, before] = layla;
  if (last) await file(act, last, await letter("sugar", random, last, who));
  if (before) await file(act, before, await rash(random, 9, "Left forearm, third day"));
}

async function papersOf(kind: Kind, random: Random, visit: LivedVisit, who: Patients): Promise<Paper[]> {
  if (kind === "rash") return [await rash(random, random.int(5, 14), "Forearm, taken in the visit")];
  if (kind === "strip") {
    const bytes = await drawRhythmStrip(random, random.int(62, 98));
    return [{ filename: "ecg-rhythm-strip.png", description: "ECG, rhythm strip, 25 mm/s", bytes }];
  }
  return [await letter(kind, random, visit, who)];
}

async function rash(random: Random, spots: number, description: string): Promise<Paper> {
  return { filename: "skin-photo.jpg", description, bytes: await drawRash(random, spots) };
}

const number = (random: Random, low: number, high: number, digits: number) => (low + random.next() * (high - low)).toFixed(digits);

/** Ranges as a laboratory prints them beside its own method; adults, fasting. */
function valuesOf(kind: Exclude<Kind, "strip" | "rash">, random: Random): ReportedValue[] {
  const creatinine = { test: "Creatinine", value: number(random, 58, 108, 0), unit: "umol/L", range: "45 - 104" };
  const potassium = { test: "Potassium", value: number(random, 3.6, 4.9, 1), unit: "mmol/L", range: "3.5 - 5.1" };
  if (kind === "pressure")
    return [creatinine, potassium, { test: "Sodium", value: number(random, 136, 143, 0), unit: "mmol/L", range: "136 - 145" }];
  if (kind === "sugar") {
    return [
      { test: "HbA1c", value: number(random, 6.4, 8.6, 1), unit: "%", range: "< 6.5" },
      { test: "Glucose, fasting", value: number(random, 5.9, 9.4, 1), unit: "mmol/L", range: "3.9 - 5.5" },
      creatinine,
    ];
  }
  return [
    { test: "LDL cholesterol", value: number(random, 2.1, 4.4, 1), unit: "mmol/L", range: "< 3.0" },
    { test: "HDL cholesterol", value: number(random, 0.9, 1.8, 1), unit: "mmol/L", range: "> 1.0" },
    { test: "Triglycerides", value: number(random, 0.8, 2.6, 1), unit: "mmol/L", range: "< 1.7" },
    { test: "ALT", value: number(random, 14, 52, 0), unit: "U/L", range: "< 45" },
  ];
}

async function letter(kind: Exclude<Kind, "strip" | "rash">, random: Random, visit: LivedVisit, who: Patients): Promise<Paper> {
  const day = visit.endedAt.slice(0, 10);
  const content: Letter = {
    ...{
      title: "Laboratory report",
      day,
      patient: who.nameOf(visit.patientId),
      patientId: visit.patientId,
      doctor: visit.doctor.displayName,
    },
    paragraphs: ["Venous blood, fasting. Values outside the laboratory's range are for the requesting doctor to judge."],
    values: valuesOf(kind, random),
  };
  return { filename: `laboratory-report-${day}.pdf`, description: "Laboratory report", bytes: await printLetter(content) };
}

async function file(act: Act, visit: LivedVisit, { filename, description, bytes }: Paper): Promise<void> {
  const { doctor, patientId } = visit;
  const at = addMinutes(visit.endedAt, 4);
  const observationId = visit.observationIds[0];
  const order = { patientId, filename, description, filesize: bytes.length, ...(observationId && { observationId }) };
  const key = `sample-${createHash("sha256").update(`${patientId}|${visit.endedAt}|${filename}`).digest("hex").slice(0, 32)}`;
  const { uploadId } = await act(doctor, at, "files", "beginUpload", { ...order, key });
  for (let offset = 0; offset < bytes.length; offset += CHUNK_BYTES) {
    const data = Buffer.from(bytes.subarray(offset, offset + CHUNK_BYTES)).toString("base64");
    await act(doctor, at, "files", "uploadChunk", { uploadId, offset, data });
  }
  await act(doctor, at, "files", "finishUpload", { uploadId, sha256: createHash("sha256").update(bytes).digest("hex") });
}
