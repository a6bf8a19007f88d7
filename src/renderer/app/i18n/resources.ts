import type clinic from "./en/clinic.json";
import type encounters from "./en/encounters.json";
import type errors from "./en/errors.json";
import type files from "./en/files.json";
import type kiosk from "./en/kiosk.json";
import type messaging from "./en/messaging.json";
import type patients from "./en/patients.json";
import type portal from "./en/portal.json";
import type reports from "./en/reports.json";
import type research from "./en/research.json";
import type scheduling from "./en/scheduling.json";
import type session from "./en/session.json";
import type setup from "./en/setup.json";
import type shell from "./en/shell.json";
import type staff from "./en/staff.json";
import type system from "./en/system.json";
import type ui from "./en/ui.json";

/** The words of the screens by namespace: a key that does not exist does not compile. */
interface Resources {
  clinic: typeof clinic;
  encounters: typeof encounters;
  errors: typeof errors;
  files: typeof files;
  kiosk: typeof kiosk;
  messaging: typeof messaging;
  patients: typeof patients;
  portal: typeof portal;
  reports: typeof reports;
  research: typeof research;
  scheduling: typeof scheduling;
  session: typeof session;
  setup: typeof setup;
  shell: typeof shell;
  staff: typeof staff;
  system: typeof system;
  ui: typeof ui;
}

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "shell";
    resources: Resources;
    returnNull: false;
  }
}
