import { type UserDocument, users } from "@main/data/documents/collections.ts";
import type { DocumentPort } from "@main/data/documents/port.ts";
import type { staffContract } from "@shared/contract/staff.ts";
import type { Input, Output } from "@shared/define.ts";
import { STAFF_ROLES } from "@shared/model/roles.ts";
import { matchesText, userView } from "./rules.ts";

type Routes = typeof staffContract;

const PAGE_SIZE = 50;
const FOUND = 20;

/** Accounts by name: whole for the administrator, names and roles of colleagues for staff. */
export function createDirectory(documents: DocumentPort) {
  const accounts = documents.collection(users);
  const byName = (status?: UserDocument["status"]) =>
    accounts.find(status ? { status } : {}, { sort: { displayName: "asc", username: "asc" } });

  return {
    async list(input: Input<Routes["listUsers"]>): Promise<Output<Routes["listUsers"]>> {
      const { text = "", role, status, page = 1, pageSize = PAGE_SIZE } = input;
      const found = (await byName(status)).filter((user) => (!role || user.roles.includes(role)) && matchesText(user, text));
      return { items: found.slice((page - 1) * pageSize, page * pageSize).map(userView), total: found.length };
    },

    async search({ text, limit = FOUND }: Input<Routes["searchUsers"]>): Promise<Output<Routes["searchUsers"]>> {
      const staff = (await byName("active")).filter((user) => STAFF_ROLES.some((role) => user.roles.includes(role)));
      const found = staff.filter((user) => matchesText(user, text)).slice(0, limit);
      return { items: found.map(({ id, displayName, roles }) => ({ id, displayName, roles })) };
    },
  };
}
