import type { UserViewer } from "@main/platform/request.ts";
import type { RouteOutput } from "@main/rpc/call.ts";
import type { AppContract } from "@shared/contract/index.ts";
import type { UserRole } from "@shared/model/roles.ts";
import type { World } from "./open-world.ts";

type SignedIn = UserViewer & { token: string };
type Doctor = RouteOutput<AppContract["clinic"]["createDoctor"]>;

export interface ClinicOptions {
  timeZone?: string;
  /** The doctors' hours on every day of the week, in the clinic's zone; null gives them none. */
  hours?: { startsAt: string; endsAt: string } | null;
  /** Accounts beside admin, doctor, nurse and reception. */
  roles?: readonly UserRole[];
}

/** A small clinic made through the routes: one department, two doctors, and an account for each role. */
export interface SmallClinic {
  departmentId: string;
  /** The doctor whose account is `doctor`. */
  doctor: Doctor;
  otherDoctor: Doctor;
  users: { admin: SignedIn; doctor: SignedIn; nurse: SignedIn; reception: SignedIn } & Partial<Record<UserRole, SignedIn>>;
  /** Registers a patient nobody else in the test has. */
  registerPatient(particulars?: Partial<Particulars>): Promise<RouteOutput<AppContract["patients"]["register"]>>;
}

interface Particulars {
  givenName: string;
  familyName: string;
  birthDate: string;
  sex: "female" | "male" | "other" | "unknown";
  phone: string;
  nationalId: string;
}

export const TEST_PASSWORD = "winter lamp orchard seven";
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

export async function clinicWith(world: World, options: ClinicOptions = {}): Promise<SmallClinic> {
  const { timeZone = "Asia/Riyadh", hours = { startsAt: "08:00", endsAt: "16:00" }, roles = [] } = options;
  const founder = { username: "admin", displayName: "Amal Admin", password: TEST_PASSWORD };
  await world.call(
    "setup",
    "createClinic",
    { name: "Test clinic", timeZone, currency: "SAR", languages: ["en", "ar"], admin: founder },
    null,
  );
  const admin = await world.signIn("admin", TEST_PASSWORD);
  const asAdmin = world.as(admin);
  const department = await asAdmin("clinic", "createDepartment", { name: "General medicine", nameAr: "الطب العام" });
  const newDoctor = async (name: string): Promise<Doctor> => {
    const doctor = await asAdmin("clinic", "createDoctor", { departmentId: department.id, name, slotMinutes: 15 });
    if (hours === null) return doctor;
    const week = EVERY_DAY.map((weekday) => ({ weekday, ...hours }));
    const set = await asAdmin("scheduling", "setWorkingHours", { doctorId: doctor.id, version: doctor.version, hours: week });
    return { ...doctor, version: set.version };
  };
  const [doctor, otherDoctor] = await Promise.all([newDoctor("Dalia Doctor"), newDoctor("Omar Other")]);
  const account = async (role: UserRole, externalId: string | null): Promise<SignedIn> => {
    await asAdmin("staff", "createUser", {
      username: role,
      displayName: `The ${role}`,
      roles: [role],
      password: TEST_PASSWORD,
      externalId,
    });
    return world.signIn(role, TEST_PASSWORD);
  };
  const [ofDoctor, nurse, reception, ...others] = await Promise.all([
    account("doctor", doctor.id),
    account("nurse", null),
    account("reception", null),
    ...roles.map((role) => account(role, null)),
  ]);
  const extra = Object.fromEntries(others.map((user) => [user.username, user]));
  const users: SmallClinic["users"] = { ...extra, admin, doctor: ofDoctor, nurse, reception };
  let registered = 0;
  return {
    departmentId: department.id,
    doctor,
    otherDoctor,
    users,
    registerPatient: (particulars = {}) => {
      registered += 1;
      const birthDate = new Date(Date.UTC(1950, 0, 1) + registered * 86_400_000).toISOString().slice(0, 10);
      const person = {
        givenName: `Given${registered}`,
        familyName: `Family${registered}`,
        birthDate,
        sex: "female" as const,
        ...particulars,
      };
      return world.call("patients", "register", { ...person, confirmNotDuplicate: true }, users.reception);
    },
  };
}
