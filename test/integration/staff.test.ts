import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshAdmin, invitedPatient, newStaff, openClinic, refused, STAFF_PASSWORD } from "./identity-world.ts";

let world: Awaited<ReturnType<typeof openClinic>>;
beforeAll(async () => {
  world = await openClinic();
});
afterAll(() => world.close());

const countUsers = async () => (await world.call("staff", "listUsers", {}, world.admin)).total;
const userById = async (id: string) => {
  const { items } = await world.call("staff", "listUsers", { pageSize: 200 }, world.admin);
  return items.find((user) => user.id === id);
};
const create = (changes: Record<string, unknown>) =>
  world.call(
    "staff",
    "createUser",
    { username: "never.made", displayName: "Never Made", roles: ["nurse"], password: STAFF_PASSWORD, ...changes },
    world.admin,
  );
async function newDoctorNode(): Promise<string> {
  const department = await world.call("clinic", "createDepartment", { name: "Eyes" }, world.admin);
  return (await world.call("clinic", "createDoctor", { departmentId: department.id, name: "Dr Node" }, world.admin)).id;
}

describe("creating an account", () => {
  it("answers the account, whose first password must be changed", async () => {
    const { account, viewer } = await newStaff(world, "nurse", "reception");
    expect(account).toMatchObject({ roles: ["nurse", "reception"], status: "active", version: 1, hasPhoto: false });
    expect((await world.call("session", "whoAmI", {}, viewer)).user.mustChangePassword).toBe(true);
  });

  it("refuses a taken name, a guessable password, the patient's role and a missing doctor, and leaves nothing", async () => {
    const { username } = await newStaff(world, "nurse");
    const before = await countUsers();
    await expect(create({ username })).rejects.toMatchObject(refused("username-taken", "username"));
    await expect(create({ password: "qwerty123456" })).rejects.toMatchObject(refused("invalid-input", "password"));
    await expect(create({ password: "never.made 12" })).rejects.toMatchObject(refused("invalid-input", "password"));
    await expect(create({ roles: ["patient"] })).rejects.toMatchObject(refused("invalid-input", "roles"));
    await expect(create({ roles: ["doctor"], externalId: "D999999" })).rejects.toMatchObject(refused("not-found", "externalId"));
    await expect(create({ roles: ["nurse"], externalId: await newDoctorNode() })).rejects.toMatchObject(
      refused("invalid-input", "externalId"),
    );
    expect(await countUsers()).toBe(before);
  });

  it("under one name by ten at once makes one account", async () => {
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => create({ username: "raced.for" })));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of tries) if (one.status === "rejected") expect(one.reason).toMatchObject(refused("username-taken"));
  });
});

describe("changing an account", () => {
  it("names the version it read", async () => {
    const { account } = await newStaff(world, "lab");
    const changed = await world.call("staff", "updateUser", { userId: account.id, version: 1, displayName: "Renamed" }, world.admin);
    expect(changed).toMatchObject({ displayName: "Renamed", version: 2 });
    const stale = world.call("staff", "updateUser", { userId: account.id, version: 1, displayName: "Stale" }, world.admin);
    await expect(stale).rejects.toMatchObject(refused("changed-meanwhile", "version"));
    expect((await userById(account.id))?.displayName).toBe("Renamed");
  });

  it("is refused for one that does not exist", async () => {
    const userId = "00000000-0000-4000-8000-000000000000";
    const change = world.call("staff", "updateUser", { userId, version: 1 }, world.admin);
    await expect(change).rejects.toMatchObject(refused("not-found", "userId"));
  });

  it("of roles and status needs a fresh proof of the password", async () => {
    const { account } = await newStaff(world, "lab");
    const stale = { ...world.admin, reauthenticatedAt: null };
    const change = world.call("staff", "setRoles", { userId: account.id, version: 1, roles: ["nurse"] }, stale);
    await expect(change).rejects.toMatchObject(refused("reauthentication-required"));
    expect((await userById(account.id))?.roles).toEqual(["lab"]);
  });

  it("of roles or status ends its sessions at once", async () => {
    const admin = await freshAdmin(world);
    const one = await newStaff(world, "lab");
    const changed = await world.call("staff", "setRoles", { userId: one.account.id, version: 1, roles: ["nurse"] }, admin);
    expect(await world.app.authenticate(one.viewer.token, world.clock)).toBeNull();
    const again = await world.signIn(one.username, STAFF_PASSWORD);
    expect(again.roles).toEqual(["nurse"]);
    const off = await world.call("staff", "deactivateUser", { userId: one.account.id, version: changed.version }, admin);
    expect(await world.app.authenticate(again.token, world.clock)).toBeNull();
    await expect(world.signIn(one.username, STAFF_PASSWORD)).rejects.toMatchObject(refused("wrong-credentials"));
    await world.call("staff", "deactivateUser", { userId: one.account.id, version: off.version, active: true }, admin);
    await expect(world.signIn(one.username, STAFF_PASSWORD)).resolves.toBeDefined();
  });
});

describe("the administrators' circle", () => {
  it("nobody leaves by their own hand", async () => {
    const admin = await freshAdmin(world);
    const me = await userById(admin.userId);
    const reference = { userId: admin.userId, version: me?.version ?? 0 };
    await expect(world.call("staff", "setRoles", { ...reference, roles: ["nurse"] }, admin)).rejects.toMatchObject(refused("conflict"));
    await expect(world.call("staff", "deactivateUser", reference, admin)).rejects.toMatchObject(refused("conflict"));
    expect(await userById(admin.userId)).toEqual(me);
  });

  it("keeps one when two remove each other at the same moment", async () => {
    const second = await newStaff(world, "admin");
    const first = await freshAdmin(world);
    const viewer = { ...second.viewer, reauthenticatedAt: world.clock.now() };
    const version = (await userById(first.userId))?.version ?? 0;
    const removals = await Promise.allSettled([
      world.call("staff", "deactivateUser", { userId: second.account.id, version: second.account.version }, first),
      world.call("staff", "setRoles", { userId: first.userId, version, roles: ["nurse"] }, viewer),
    ]);
    expect(removals.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const { items } = await world.call("staff", "listUsers", { role: "admin", status: "active" }, first);
    expect(items).toHaveLength(1);
  });
});

describe("linking an account", () => {
  it("joins it to a doctor whom no other account has, and ends its sessions", async () => {
    const [one, other] = [await newStaff(world, "doctor"), await newStaff(world, "doctor")];
    const externalId = await newDoctorNode();
    const linked = await world.call("staff", "linkUser", { userId: one.account.id, version: 1, externalId }, world.admin);
    expect(linked.externalId).toBe(externalId);
    expect(await world.app.authenticate(one.viewer.token, world.clock)).toBeNull();
    const taken = world.call("staff", "linkUser", { userId: other.account.id, version: 1, externalId }, world.admin);
    await expect(taken).rejects.toMatchObject(refused("conflict", "externalId"));
    await world.call("staff", "linkUser", { userId: one.account.id, version: linked.version, externalId: null }, world.admin);
    const free = await world.call("staff", "linkUser", { userId: other.account.id, version: 1, externalId }, world.admin);
    expect(free.externalId).toBe(externalId);
  });

  it("to one doctor by two at once joins one", async () => {
    const both = [await newStaff(world, "doctor"), await newStaff(world, "doctor")];
    const externalId = await newDoctorNode();
    const links = await Promise.allSettled(
      both.map(({ account }) => world.call("staff", "linkUser", { userId: account.id, version: 1, externalId }, world.admin)),
    );
    expect(links.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("finding people", () => {
  it("lists accounts by role, status, words in any order, and page", async () => {
    const { account } = await newStaff(world, "researcher");
    await world.call("staff", "updateUser", { userId: account.id, version: 1, displayName: "أحمد Tawfiq Elsayed" }, world.admin);
    const find = (input: object) => world.call("staff", "listUsers", input, world.admin);
    expect((await find({ text: "elsay tawf" })).items.map(({ id }) => id)).toEqual([account.id]);
    expect((await find({ text: "احمد", role: "researcher" })).total).toBe(1);
    expect((await find({ text: "tawfiq", status: "deactivated" })).total).toBe(0);
    const all = await find({ pageSize: 200 });
    const paged = await find({ page: 2, pageSize: 2 });
    expect(paged).toEqual({ items: all.items.slice(2, 4), total: all.total });
  });

  it("shows colleagues names and roles only, and no patients", async () => {
    const { viewer } = await newStaff(world, "reception");
    const { patient, birthDate, code } = await invitedPatient(world, viewer);
    const account = { code, birthDate, username: `maha.${patient.id.toLowerCase()}`, password: "a basket of figs" };
    await world.call("session", "acceptInvitation", account, null);
    const { items } = await world.call("staff", "searchUsers", { text: "" }, viewer);
    expect(items.length).toBeGreaterThan(1);
    for (const item of items) expect(Object.keys(item).sort()).toEqual(["displayName", "id", "roles"]);
    expect(items.some(({ roles }) => roles.includes("patient"))).toBe(false);
  });
});

describe("a picture", () => {
  const png = (width: number, height: number, bytes = 80) => {
    const image = Buffer.alloc(bytes);
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]).copy(image);
    image.write("IHDR", 12, "latin1");
    image.writeUInt32BE(width, 16);
    image.writeUInt32BE(height, 20);
    return image;
  };
  const jpeg = Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, 64, 0, 48, 1, 0, 0, 0]),
    Buffer.alloc(20),
  ]);
  const url = (type: string, bytes: Buffer) => `data:image/${type};base64,${bytes.toString("base64")}`;

  it("is kept when it is a PNG or a JPEG by its content, and can be removed", async () => {
    const { viewer, account } = await newStaff(world, "nurse");
    for (const image of [url("png", png(64, 64)), url("jpeg", jpeg)]) {
      expect(await world.call("staff", "setProfileImage", { image }, viewer)).toEqual({ hasPhoto: true });
    }
    expect((await userById(account.id))?.hasPhoto).toBe(true);
    expect(await world.call("staff", "setProfileImage", { image: null }, viewer)).toEqual({ hasPhoto: false });
  });

  it.each([
    ["a script that says PNG", url("png", Buffer.from("<svg onload=alert(1)>".repeat(4))), "invalid-input"],
    ["a PNG that says JPEG", url("jpeg", png(64, 64)), "invalid-input"],
    ["another kind", "data:image/svg+xml;base64,AAAA", "invalid-input"],
    ["an address", "https://example.org/me.png", "invalid-input"],
    ["a PNG of 65 kB", url("png", png(64, 64, 65 * 1024)), "too-large"],
    ["a PNG that unpacks to gigabytes", url("png", png(60_000, 60_000)), "too-large"],
  ])("is refused when it is %s", async (_, image, code) => {
    const { viewer, account } = await newStaff(world, "nurse");
    await expect(world.call("staff", "setProfileImage", { image }, viewer)).rejects.toMatchObject(refused(code, "image"));
    expect((await userById(account.id))?.hasPhoto).toBe(false);
  });
});
