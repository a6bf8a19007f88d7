import { addMinutes } from "@shared/model/slots.ts";
import type { Calendar, WorkingDay } from "./calendar.ts";
import { DOCTORS } from "./cast.ts";
import { doctorsOf, type PlannedPatient } from "./people.ts";
import type { Random } from "./random.ts";
import { type PlannedObservation, planObservations } from "./signs.ts";
import { CHILDREN_STORIES } from "./stories-children.ts";
import { FAMILY_STORIES } from "./stories-family.ts";
import { HEART_STORIES } from "./stories-heart.ts";
import type { Story } from "./story.ts";

export type PlannedStatus = "completed" | "no-show" | "cancelled" | "booked" | "arrived" | "in-progress";

export interface PlannedVisit {
  patient: number;
  doctor: number;
  startsAt: string;
  bookedAt: string;
  status: PlannedStatus;
  story: Story;
  observations: readonly PlannedObservation[];
}

const STORIES: readonly Story[] = [...FAMILY_STORIES, ...CHILDREN_STORIES, ...HEART_STORIES];
const PAST_PER_PATIENT = 4;
const PAST_AT_MOST = 20_000;
const TODAY_A_DOCTOR = 15;
const NEXT_WEEKS_A_DAY = 18;
const USUAL_DOCTOR = 0.8;
/** Visits of the last weeks carry all that was measured, older ones the first two values: the load must stay short. */
const RICH_DAYS = 45;
const OLD_OBSERVATIONS = 2;
const MINUTES_A_DAY = 24 * 60;

/** Invents a year of appointments up to two weeks ahead; nobody is in two places, no doctor has two patients. */
export function planVisits(random: Random, patients: readonly PlannedPatient[], calendar: Calendar): PlannedVisit[] {
  const book = createBook(random, patients, calendar.now);
  planLayla(random, book, calendar);
  const pastTotal = Math.min(patients.length * PAST_PER_PATIENT, PAST_AT_MOST);
  const perDay = pastTotal / calendar.past.length;
  for (const day of calendar.past) {
    const count = Math.floor(perDay) + (random.chance(perDay % 1) ? 1 : 0);
    for (let number = 0; number < count; number += 1) book.somebody(day, pastStatus(random));
  }
  planToday(random, book, calendar, patients.length);
  calendar.coming.forEach((day, index) => {
    const count = Math.min(Math.round(NEXT_WEEKS_A_DAY / (1 + index / 6)), Math.floor(patients.length / 3));
    for (let number = 0; number < count; number += 1) book.somebody(day, random.chance(0.05) ? "cancelled" : "booked");
  });
  return book.visits.sort((a, b) => a.startsAt.localeCompare(b.startsAt));
}

type Book = ReturnType<typeof createBook>;

function createBook(random: Random, patients: readonly PlannedPatient[], now: string) {
  const taken = new Set<string>();
  const richSince = addMinutes(now, -RICH_DAYS * MINUTES_A_DAY);
  const visits: PlannedVisit[] = [];

  function freeSlot(day: WorkingDay, doctor: number): string | null {
    const free = day.slots.filter(({ startsAt }) => !taken.has(`${doctor}|${startsAt}`));
    return free.length > 0 ? random.pick(free).startsAt : null;
  }

  function enter(patient: number, doctor: number, day: WorkingDay, startsAt: string, status: PlannedStatus): boolean {
    const person = patients[patient];
    const story = person && tellStory(random, person, doctor);
    if (!story || taken.has(`${patient}|${day.day}`) || taken.has(`${doctor}|${startsAt}`)) return false;
    taken.add(`${patient}|${day.day}`).add(`${doctor}|${startsAt}`);
    const bookedAt = bookingInstant(random, startsAt, now);
    const observations = planObservations(random, story, person.age);
    const kept = startsAt > richSince ? observations : observations.slice(0, OLD_OBSERVATIONS);
    visits.push({ patient, doctor, startsAt, bookedAt, status, story, observations: kept });
    return true;
  }

  function doctorFor(person: PlannedPatient): number {
    return random.chance(USUAL_DOCTOR) ? person.doctor : random.pick(doctorsOf(person.age < 15 ? "children" : "family"));
  }

  /** Somebody who has nothing else that day, with a doctor who suits; nobody when the day is full. */
  function somebody(day: WorkingDay, status: PlannedStatus): void {
    for (let tries = 0; tries < 12; tries += 1) {
      const patient = random.int(0, patients.length - 1);
      const person = patients[patient];
      if (patient === 0 || !person) continue;
      const doctor = doctorFor(person);
      const startsAt = freeSlot(day, doctor);
      if (startsAt && enter(patient, doctor, day, startsAt, status)) return;
    }
  }

  /** A patient for this doctor at this time. */
  function at(doctor: number, day: WorkingDay, startsAt: string, status: PlannedStatus): void {
    const field = DOCTORS[doctor]?.field;
    for (let tries = 0; tries < 60; tries += 1) {
      const patient = random.int(0, patients.length - 1);
      const person = patients[patient];
      const suits = person && (field === "children") === person.age < 15;
      if (patient !== 0 && suits && enter(patient, doctor, day, startsAt, status)) return;
    }
  }

  return { visits, enter, freeSlot, somebody, at };
}

/** Layla Haddad, the sample's patient: five visits behind her, one going on today, two to come. */
function planLayla(random: Random, book: Book, { past, today, coming, now }: Calendar): void {
  for (const back of [205, 150, 92, 45, 14]) {
    const day = past[past.length - back];
    const slot = day && book.freeSlot(day, 0);
    if (slot) book.enter(0, 0, day, slot, "completed");
  }
  const current = today.slots[currentSlot(today, now)];
  if (current) book.enter(0, 0, today, current.startsAt, "in-progress");
  for (const day of [coming[Math.min(6, coming.length - 1)], coming.at(-1)]) {
    const slot = day && book.freeSlot(day, random.chance(0.5) ? 0 : 1);
    if (slot) book.enter(0, 0, day, slot, "booked");
  }
}

/** What became of the first visit of the day, by the doctor's index. */
const FIRST_OF_TODAY: Readonly<Record<number, PlannedStatus>> = { 1: "no-show", 2: "cancelled" };

/** A full working day with each doctor: done before now, one with the doctor, some waiting, the rest to come. */
function planToday(random: Random, book: Book, { today, now }: Calendar, patients: number): void {
  const current = currentSlot(today, now);
  const each = Math.min(TODAY_A_DOCTOR, Math.floor(patients / (DOCTORS.length * 2)));
  for (const doctor of DOCTORS.keys()) {
    const others = today.slots.map((_, index) => index).filter((index) => index !== current && index !== current + 1);
    const chosen = new Set([current, current + 1, ...random.shuffled(others).slice(0, Math.max(0, each - 2))]);
    for (const [place, index] of [...chosen].sort((a, b) => a - b).entries()) {
      const slot = today.slots[index];
      // Chance alone might leave a state out, and every one of them is to be seen on the board.
      const certain = place === 0 && index < current ? FIRST_OF_TODAY[doctor] : undefined;
      if (slot) book.at(doctor, today, slot.startsAt, certain ?? todayStatus(random, index - current));
    }
  }
}

function todayStatus(random: Random, distance: number): PlannedStatus {
  if (distance < 0) return pastStatus(random);
  if (distance === 0) return "in-progress";
  if (distance === 1) return "arrived";
  return random.chance(0.06) ? "cancelled" : "booked";
}

/** The slot the day has come to; outside the working hours the nearest one that leaves something to do. */
function currentSlot({ slots }: WorkingDay, now: string): number {
  const running = slots.findIndex(({ endsAt }) => endsAt > now);
  return running < 0 ? slots.length - 4 : Math.min(running, slots.length - 4);
}

function pastStatus(random: Random): PlannedStatus {
  if (random.chance(0.86)) return "completed";
  return random.chance(0.5) ? "no-show" : "cancelled";
}

function tellStory(random: Random, { age, chronic, particulars }: PlannedPatient, doctor: number): Story | null {
  const field = DOCTORS[doctor]?.field;
  const fitting = STORIES.filter(
    (story) =>
      story.field === field &&
      age >= story.ages[0] &&
      age <= story.ages[1] &&
      (!story.sex || story.sex === particulars.sex) &&
      (!story.chronic || chronic.includes(story.chronic)),
  );
  return fitting.length > 0 ? random.weighted(fitting) : null;
}

/** One to 24 days before the visit, and before now. */
function bookingInstant(random: Random, startsAt: string, now: string): string {
  const wanted = addMinutes(startsAt, -random.int(1, 24) * MINUTES_A_DAY - random.int(0, 90));
  const latest = addMinutes(now, -random.int(60, 3 * MINUTES_A_DAY));
  return wanted < latest ? wanted : latest;
}
