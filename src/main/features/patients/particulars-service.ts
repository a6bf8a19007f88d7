import { nextId } from "@main/data/graph/next-id.ts";
import type { GraphPort, Params, Reader } from "@main/data/graph/port.ts";
import type { patientsContract } from "@shared/contract/patients.ts";
import { AppError, type Input } from "@shared/define.ts";
import { clinicDay } from "@shared/model/slots.ts";
import type { DirectoryUpkeep } from "./directory-upkeep.ts";
import { checkBirthDate, comparedBy, foundBy, type Named, rankDuplicates } from "./rules.ts";
import * as store from "./store.ts";

type Routes = typeof patientsContract;

/** Registering, changing and comparing patients' particulars. */
export function createParticularsService(graph: GraphPort, upkeep: DirectoryUpkeep) {
  async function today(reader: Reader, now: string): Promise<string> {
    return clinicDay(now, await store.findTimeZone(reader));
  }

  async function findDuplicates(reader: Reader, wanted: Named) {
    return rankDuplicates(wanted, await store.findLikely(reader, comparedBy(wanted)));
  }

  function tellDirectory(patient: store.PatientRow): store.PatientRow {
    upkeep.tell({ ...patient, sortKey: foundBy(patient).sortKey });
    return patient;
  }

  return {
    async register({ confirmNotDuplicate, ...given }: Input<Routes["register"]>, now: string): Promise<store.PatientRow> {
      const patient = await graph.write(async (writer) => {
        // The counter comes first: two desks registering the same person at once are compared with each other.
        const id = await nextId(writer, "Patient");
        checkBirthDate(given.birthDate, await today(writer, now));
        if (!confirmNotDuplicate && (await findDuplicates(writer, given)).length > 0) {
          throw new AppError("possible-duplicate", "This may be somebody who is already registered.", { field: "confirmNotDuplicate" });
        }
        const patient = { ...NOTHING_KNOWN, ...defined(given), id, active: true, allergyStatus: "not-asked", version: 1 };
        await store.registerPatientNode(writer, { ...patient, ...foundBy({ ...given, id }), registeredAt: now });
        return patient as store.PatientRow;
      });
      return tellDirectory(patient);
    },

    async update({ patientId, version, ...given }: Input<Routes["update"]>, now: string): Promise<store.PatientRow> {
      const patient = await graph.write(async (writer) => {
        const before = await store.findPatient(writer, patientId);
        if (!before) throw notFound();
        if (given.birthDate) checkBirthDate(given.birthDate, await today(writer, now));
        const after = { ...before, ...defined(given) } as store.PatientRow;
        const changes = { ...defined(given), ...foundBy(after) };
        const unchanged = before.version === version && (await store.updatePatientNode(writer, patientId, version, changes));
        if (!unchanged) throw new AppError("changed-meanwhile", "Someone changed the patient meanwhile.", { field: "version" });
        return { ...after, version: version + 1 };
      });
      return tellDirectory(patient);
    },

    async get(patientId: string): Promise<store.PatientRow> {
      const patient = await graph.read((reader) => store.findPatient(reader, patientId));
      if (!patient) throw notFound();
      return patient;
    },

    /** Who may be the same person, with their particulars, likeliest first. */
    findDuplicates: (wanted: Named) =>
      graph.read(async (reader) => {
        const candidates = await findDuplicates(reader, wanted);
        const patients = await store.listPatients(
          reader,
          candidates.slice(0, MAX_CANDIDATES).map(({ id }) => id),
        );
        return patients.map((patient) => ({ patient, reasons: candidates.find(({ id }) => id === patient.id)?.reasons ?? [] }));
      }),
  };
}

export type ParticularsService = ReturnType<typeof createParticularsService>;

const MAX_CANDIDATES = 20;
const NOTHING_KNOWN = { phone: null, email: null, nationalId: null, region: null, address: null };

export function notFound(): AppError {
  return new AppError("not-found", "There is no such patient.", { field: "patientId" });
}

function defined(given: Record<string, Params[string] | undefined>): Params {
  return Object.fromEntries(Object.entries(given).filter((entry): entry is [string, Params[string]] => entry[1] !== undefined));
}
