import { randomUUID } from "node:crypto";
import directoryStateText from "@cypher/patients/get-directory-state.cypher?raw";
import patientText from "@cypher/patients/list-patients.cypher?raw";
import byIndexText from "@cypher/patients/scan-patients.neo4j.cypher?raw";
import timeZoneText from "@cypher/scheduling/get-time-zone.cypher?raw";
import extraHoursText from "@cypher/scheduling/list-day-extra-hours.cypher?raw";
import hoursText from "@cypher/scheduling/list-day-weekly-hours.cypher?raw";
import { createTimeline } from "@main/features/encounters/index.ts";
import { listPatientFiles } from "@main/features/files/store.ts";
import * as chart from "@main/features/patients/chart-store.ts";
import { termsOf } from "@main/features/patients/directory.ts";
import { listDay } from "@main/features/scheduling/store.ts";
import { addMinutes, weekdayOf } from "@shared/model/slots.ts";
import { TYPED } from "../../test/world/many-names.ts";
import { BUSY_DAY, CHART_PATIENT, CHART_VISITS, DOCTORS, NOW } from "../clinic.ts";
import { compare, type Figure } from "../measure.ts";
import type { RawServers } from "../raw-servers.ts";
import type { ServerClinic } from "../server-clinic.ts";
import { bookingStatements, patientId, slot } from "./routes.ts";

const PAGE = 20;
/** Between a booking of the route and the same of the raw driver, which are in one graph here. */
const APART = 400 * 24 * 60;
/** As long as an entry of the trail. */
const ENTRY = "e".repeat(400);

/** What the router, the session, the audit trail and our adapters add to the same statements on the servers' own drivers. */
export async function writesOnServers(clinic: ServerClinic, raw: RawServers, turns: number): Promise<Figure[]> {
  return [...(await book(clinic, raw, turns)), ...(await send(clinic, raw, turns))];
}

/** The same for what is read. */
export async function readsOnServers(clinic: ServerClinic, raw: RawServers, turns: number): Promise<Figure[]> {
  const one = await compare(
    turns,
    (turn) => clinic.call("patients", "get", { patientId: patientId(clinic, turn) }),
    (turn) => raw.read([patientText, { ids: [patientId(clinic, turn)] }]),
  );
  const day = await compare(
    Math.ceil(turns / 4),
    () => clinic.call("scheduling", "listDay", { day: BUSY_DAY }),
    () =>
      raw.reading(async (reader) => {
        await reader.query({ name: "raw", text: timeZoneText, writes: false });
        await reader.query({ name: "raw", text: hoursText, writes: false }, { weekday: weekdayOf(BUSY_DAY), doctorId: null });
        await reader.query({ name: "raw", text: extraHoursText, writes: false }, { day: BUSY_DAY, doctorId: null });
        await listDay(reader, BUSY_DAY, null);
      }),
  );
  const timeline = createTimeline();
  const first = await compare(
    Math.ceil(turns / 2),
    () => clinic.call("patients", "getChart", { patientId: CHART_PATIENT }, "doctor"),
    () =>
      raw.reading(async (reader) => {
        await chart.findChartPatient(reader, CHART_PATIENT);
        await chart.listAllergies(reader, CHART_PATIENT);
        await chart.listConditions(reader, CHART_PATIENT);
        await chart.listAppointments(reader, CHART_PATIENT, { skip: 0, limit: PAGE });
        await timeline.page(reader, CHART_PATIENT, { page: 1, pageSize: PAGE, finishedOnly: false });
        await listPatientFiles(reader, CHART_PATIENT);
      }),
  );
  return [
    ...read("read one patient", one),
    ...read("read a day", day),
    ...read(`chart of ${CHART_VISITS.toLocaleString("en")} visits, first page`, first),
  ];
}

/** By the directory in memory, which asks the graph how far the patients have come; and by the index that stands in while it is filled. */
export async function searchOnServers(clinic: ServerClinic, raw: RawServers, turns: number): Promise<Figure[]> {
  await clinic.call("patients", "listRoster", {});
  const typed = (turn: number) => TYPED[turn % TYPED.length] ?? "";
  const ids = Array.from({ length: PAGE }, (_, index) => patientId(clinic, index));
  const byDirectory = await compare(
    turns,
    (turn) => clinic.call("patients", "search", { text: typed(turn) }),
    () => raw.read([directoryStateText, {}], [patientText, { ids }]),
  );
  const words = TYPED.map((text) => termsOf(text)).filter((terms) => terms.length > 0);
  const byIndex: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const before = performance.now();
    await raw.read([byIndexText, { words: words[turn % words.length] ?? [], limit: PAGE }]);
    byIndex.push(performance.now() - before);
  }
  const sorted = byIndex.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return [
    { name: "search, p95", value: byDirectory.ours.p95, unit: "ms", goal: { atMost: 150 }, note: `${PAGE} patients of a page` },
    ...read("search", byDirectory),
    {
      name: "search by the full-text index, p95",
      value: at(0.95),
      unit: "ms",
      goal: { atMost: 150 },
      note: `p50 ${at(0.5).toFixed(1)} ms`,
    },
  ];
}

async function book(clinic: ServerClinic, raw: RawServers, turns: number): Promise<Figure[]> {
  const startsAt = (turn: number) => slot(Math.floor(turn / DOCTORS));
  const doctorId = (turn: number) => clinic.doctorIds[turn % DOCTORS] ?? "";
  const entry = entryInto(raw);
  const booked = await compare(
    turns,
    (turn) =>
      clinic.call("scheduling", "bookAppointment", {
        ...{ patientId: patientId(clinic, turn), doctorId: doctorId(turn), startsAt: startsAt(turn), key: `routes-${turn}` },
      }),
    async (turn) => {
      const booking = { turn, patientId: patientId(clinic, turn), doctorId: doctorId(turn), startsAt: addMinutes(startsAt(turn), APART) };
      await entry(turn, "intent");
      await raw.write(bookingStatements(booking));
      await entry(turn, "outcome");
    },
  );
  return write("book, with its audit pair", booked);
}

/** One entry of a trail, by the driver. */
function entryInto(raw: RawServers) {
  const entries = raw.documents.collection("bench_audit");
  return (turn: number, phase: string) => entries.insertOne({ turn, phase, at: NOW, body: ENTRY });
}

async function send(clinic: ServerClinic, raw: RawServers, turns: number): Promise<Figure[]> {
  const doctor = await clinic.world.app.authenticate(clinic.token("doctor"), clinic.world.clock);
  if (doctor?.kind !== "user") throw new Error("The doctor is not signed in.");
  const { id: conversationId } = await clinic.call("messaging", "openConversation", { userId: doctor.userId });
  const text = "How is the pain today?";
  const messages = raw.documents.collection("bench_messages");
  const conversations = raw.documents.collection<{ _id: string; seq: number }>("bench_conversations");
  const notices = raw.documents.collection<{ _id: string; count: number }>("bench_notices");
  const entry = entryInto(raw);
  await conversations.insertOne({ _id: conversationId, seq: 0 });
  await messages.createIndexes([
    { key: { place: 1 }, unique: true },
    { key: { key: 1 }, unique: true },
  ]);
  const sent = await compare(
    turns,
    () => clinic.call("messaging", "sendText", { conversationId, text, clientId: randomUUID() }),
    async (turn) => {
      await entry(turn, "intent");
      await conversations.findOne({ _id: conversationId });
      await messages.insertOne({ conversationId, place: `${conversationId}|${turn}`, seq: turn, text, key: randomUUID(), sentAt: NOW });
      await conversations.updateOne({ _id: conversationId }, { $set: { seq: turn } });
      await notices.updateOne({ _id: conversationId }, { $inc: { count: 1 } }, { upsert: true });
      await entry(turn, "outcome");
    },
  );
  return write("send a message, with its notice and audit pair", sent);
}

type Compared = Awaited<ReturnType<typeof compare>>;

/** A read may take 1.3 times as long as the raw driver, or a millisecond longer: whichever is more. */
function read(name: string, compared: Compared): Figure[] {
  const allowed = Math.max(1.3, (compared.raw.p50 + 1) / compared.raw.p50);
  return against(name, compared, Number(allowed.toFixed(2)));
}

const write = (name: string, compared: Compared): Figure[] => against(name, compared, 2);

function against(name: string, { ours, raw, ratio }: Compared, times: number): Figure[] {
  const note = `p95 ${ours.p95.toFixed(2)} ms; raw driver ${raw.p50.toFixed(2)} ms`;
  return [
    { name, value: ours.p50, unit: "ms", note },
    { name: `${name}: times the raw driver`, value: ratio, unit: "×", goal: { atMost: times } },
  ];
}
