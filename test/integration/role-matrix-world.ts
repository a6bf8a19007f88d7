import { createHash } from "node:crypto";
import type { UserViewer, Viewer } from "@main/platform/request.ts";
import { type DeviceRole, type Role, USER_ROLES, type UserRole } from "@shared/model/roles.ts";
import { openWorld, type World } from "../world/open-world.ts";
import { png } from "../world/sample-files.ts";

/** The ids a route may be asked about. */
export interface Subject {
  patientId: string;
  doctorId: string;
  departmentId: string;
  appointmentId: string;
  encounterId: string;
  observationId: string;
  fileId: string;
  /** An upload that is under way. */
  uploadId: string;
  userId: string;
  sessionId: string;
  deviceId: string;
  conversationId: string;
  /** The first message of the conversation. */
  messageId: string;
  /** A kiosk's handle of the identified patient. */
  handle: string;
  /** A booking code, good at the kiosk on its day. */
  code: string;
  /** When a booking may be tried: free hours of the doctor. */
  freeAt: string;
}

/** Whose data a call is about: the viewer's own or under their care, somebody else's, or nobody's. */
export type Whose = "own" | "another" | "missing";

export interface MatrixWorld {
  world: World;
  viewers: Record<Role | "anonymous", Viewer | null>;
  subjects: Record<Whose, Subject>;
}

const PASSWORD = "a long enough passphrase";
const NOW = "2026-03-03T08:00:00.000Z";
const ALL_WEEK = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startsAt: "06:00", endsAt: "22:00" }));

/** A clinic with one person of every role, a kiosk and a board; a patient in the care of the doctor and the nurse, and one who is not. */
export async function openMatrixWorld(): Promise<MatrixWorld> {
  const world = await openWorld({ clockAt: NOW });
  const { call } = world;
  const account = { name: "Clinic of the matrix", timeZone: "UTC", currency: "EUR", languages: ["en" as const] };
  await call("setup", "createClinic", { ...account, admin: { username: "admin", displayName: "Admin", password: PASSWORD } }, null);
  const admin = { ...(await world.signIn("admin", PASSWORD)), reauthenticatedAt: world.clock.now() };
  const asAdmin = world.as(admin);

  const department = await asAdmin("clinic", "createDepartment", { name: "General" });
  const makeDoctor = async (name: string) => {
    const doctor = await asAdmin("clinic", "createDoctor", { departmentId: department.id, name, slotMinutes: 30 });
    const { version } = await asAdmin("scheduling", "getWorkingHours", { doctorId: doctor.id });
    await asAdmin("scheduling", "setWorkingHours", { doctorId: doctor.id, version, hours: ALL_WEEK });
    return doctor;
  };
  const [mine, theirs] = [await makeDoctor("Doctor Mine"), await makeDoctor("Doctor Theirs")];

  const makeUser = async (username: string, role: UserRole, externalId: string | null = null) => {
    await asAdmin("staff", "createUser", { username, displayName: username, roles: [role], password: PASSWORD, externalId });
    return world.signIn(username, PASSWORD);
  };
  const staff: Partial<Record<UserRole, Viewer>> = {};
  for (const role of USER_ROLES) {
    if (role !== "patient" && role !== "admin") staff[role] = await makeUser(role, role, role === "doctor" ? mine.id : null);
  }
  const otherDoctor = await makeUser("other-doctor", "doctor", theirs.id);
  const desk = world.as(staff.reception ?? null);

  const register = (givenName: string, birthDate: string) =>
    desk("patients", "register", { givenName, familyName: "Matrix", birthDate, sex: "female", confirmNotDuplicate: true });
  const [ownPatient, otherPatient] = [await register("Own", "1990-01-02"), await register("Another", "1975-05-06")];
  const book = (patientId: string, doctorId: string, startsAt: string, key: string) =>
    desk("scheduling", "bookAppointment", { patientId, doctorId, startsAt, key });
  const ownVisit = await book(ownPatient.id, mine.id, "2026-03-03T10:00:00.000Z", "matrix-own-0001");
  const kept = await book(ownPatient.id, mine.id, "2026-03-03T15:00:00.000Z", "matrix-own-0002");
  const otherVisit = await book(otherPatient.id, theirs.id, "2026-03-20T10:00:00.000Z", "matrix-other-01");

  const visit = await world.as(staff.doctor ?? null)("encounters", "startEncounter", {
    appointmentId: ownVisit.id,
    key: "matrix-visit-01",
  });
  const asOther = world.as(otherDoctor);
  const otherEncounter = await asOther("encounters", "startEncounter", { patientId: otherPatient.id, key: "matrix-visit-02" });
  const papers = async (as: ReturnType<World["as"]>, patientId: string, encounterId: string) => {
    const finding = { encounterId, kind: "finding" as const, text: "matrix", key: `matrix-finding-${patientId}` };
    const { id: observationId } = await as("encounters", "recordObservation", finding);
    const begin = (key: string, filesize: number) => as("files", "beginUpload", { patientId, filename: "matrix.png", filesize, key });
    const bytes = png();
    const { uploadId: whole } = await begin(`matrix-file-${patientId}`, bytes.length);
    await as("files", "uploadChunk", { uploadId: whole, offset: 0, data: bytes.toString("base64") });
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const { id: fileId } = await as("files", "finishUpload", { uploadId: whole, sha256 });
    const { uploadId } = await begin(`matrix-upload-${patientId}`, 100);
    return { observationId, fileId, uploadId };
  };
  const ownPapers = await papers(world.as(staff.doctor ?? null), ownPatient.id, visit.id);
  const otherPapers = await papers(asOther, otherPatient.id, otherEncounter.id);
  // A finished visit, so that the nurse has no part in that patient's care today.
  await asOther("encounters", "completeEncounter", { encounterId: otherEncounter.id, version: otherEncounter.version });

  const { code: invitation } = await desk("patients", "issueInvitation", { patientId: ownPatient.id });
  const joined = { code: invitation, birthDate: "1990-01-02", username: "patient", password: PASSWORD };
  const accepted = await call("session", "acceptInvitation", joined, null);
  const patient = await world.app.authenticate(accepted.token, world.clock);

  const pair = async (name: string, role: DeviceRole) => {
    const { deviceId, code } = await asAdmin("system", "pairDevice", { name, role });
    const { token } = await call("system", "claimDevice", { code }, null);
    return { deviceId, viewer: await world.app.authenticate(token, world.clock) };
  };
  const [kiosk, board, spare] = [await pair("Kiosk", "kiosk"), await pair("Board", "board"), await pair("Spare", "board")];
  const { handle } = await call("kiosk", "identify", { code: kept.code }, kiosk.viewer);

  // The doctor's with a colleague, and one of two people whom nobody of the matrix is.
  const talk = async (from: Viewer | null, to: UserViewer) => {
    const { id: conversationId } = await world.as(from)("messaging", "openConversation", { userId: to.userId });
    const sent = await world.as(from)("messaging", "sendText", { conversationId, text: "matrix", clientId: "matrix-message" });
    return { conversationId, messageId: sent.id };
  };
  const ownTalk = await talk(staff.doctor ?? null, otherDoctor);
  const otherTalk = await talk(await makeUser("other-nurse", "nurse"), otherDoctor);

  const { items: sessions } = await asAdmin("session", "listMySessions", {});
  const { items: users } = await asAdmin("staff", "listUsers", { pageSize: 200 });
  const userId = (username: string) => users.find((user) => user.username === username)?.id ?? "";
  const own: Subject = {
    patientId: ownPatient.id,
    doctorId: mine.id,
    departmentId: department.id,
    appointmentId: kept.id,
    encounterId: visit.id,
    ...ownPapers,
    userId: userId("lab"),
    sessionId: sessions[0]?.id ?? "",
    deviceId: spare.deviceId,
    ...ownTalk,
    handle,
    code: kept.code,
    freeAt: "2026-03-03T18:00:00.000Z",
  };
  return {
    world,
    viewers: { ...(staff as Record<UserRole, Viewer>), admin, patient, kiosk: kiosk.viewer, board: board.viewer, anonymous: null },
    subjects: {
      own,
      another: {
        ...own,
        patientId: otherPatient.id,
        doctorId: theirs.id,
        appointmentId: otherVisit.id,
        encounterId: otherEncounter.id,
        ...otherPapers,
        userId: userId("cashier"),
        sessionId: otherDoctor.sessionId,
        ...otherTalk,
        handle: "somebody-elses-handle",
        code: otherVisit.code,
        freeAt: "2026-03-20T18:00:00.000Z",
      },
      missing: {
        patientId: "P999999",
        doctorId: "D999999",
        departmentId: "DP999999",
        appointmentId: "A999999",
        encounterId: "E999999",
        observationId: "O999999",
        fileId: "F999999",
        uploadId: "00000000-0000-4000-8000-000000000000",
        userId: "00000000-0000-4000-8000-000000000000",
        sessionId: "00000000-0000-4000-8000-000000000000",
        deviceId: "00000000-0000-4000-8000-000000000000",
        conversationId: "00000000-0000-4000-8000-000000000000",
        messageId: "00000000-0000-4000-8000-000000000000",
        handle: "nobodys-handle",
        code: "000000",
        freeAt: "2026-03-03T18:00:00.000Z",
      },
    },
  };
}
