import { clinicContract } from "./clinic.ts";
import { encountersContract } from "./encounters.ts";
import { eventsContract } from "./events.ts";
import { filesContract } from "./files.ts";
import { kioskContract } from "./kiosk.ts";
import { messagingContract } from "./messaging.ts";
import { notificationsContract } from "./notifications.ts";
import { patientsContract } from "./patients.ts";
import { reportsContract } from "./reports.ts";
import { researchContract } from "./research.ts";
import { schedulingContract } from "./scheduling.ts";
import { sessionContract } from "./session.ts";
import { setupContract } from "./setup.ts";
import { staffContract } from "./staff.ts";
import { systemContract } from "./system.ts";

/** The whole contract: `contract.<domain>.<route>`. */
export const contract = {
  session: sessionContract,
  setup: setupContract,
  clinic: clinicContract,
  staff: staffContract,
  patients: patientsContract,
  scheduling: schedulingContract,
  kiosk: kioskContract,
  encounters: encountersContract,
  files: filesContract,
  messaging: messagingContract,
  notifications: notificationsContract,
  research: researchContract,
  reports: reportsContract,
  system: systemContract,
  events: eventsContract,
};

export type AppContract = typeof contract;
export type Domain = keyof AppContract;
