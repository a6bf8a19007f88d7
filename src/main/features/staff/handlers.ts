import type { RequestContext } from "@main/platform/request.ts";
import type { staffContract } from "@shared/contract/staff.ts";
import type { Handlers } from "@shared/define.ts";
import { createAccounts } from "./accounts.ts";
import { createDirectory } from "./directory.ts";
import type { StaffDeps } from "./needs.ts";
import { checkProfileImage } from "./profile-image.ts";
import { userView } from "./rules.ts";

export function staffHandlers(deps: StaffDeps): Handlers<typeof staffContract, RequestContext> {
  const accounts = createAccounts(deps);
  const directory = createDirectory(deps.documents);
  return {
    listUsers: (input) => directory.list(input),
    searchUsers: (input) => directory.search(input),
    createUser: async (input, context) => userView(await accounts.create(input, context)),
    updateUser: async (input) => userView(await accounts.update(input)),
    setRoles: async (input, context) => userView(await accounts.setRoles(input, context)),
    deactivateUser: async (input, context) => userView(await accounts.setActive(input, context)),
    resetUserPassword: ({ userId }, context) => accounts.giveResetCode(userId, context),
    linkUser: async (input) => userView(await accounts.link(input)),
    async setProfileImage({ image }, context) {
      if (image !== null) checkProfileImage(image);
      return { hasPhoto: await accounts.setPhoto(image, context) };
    },
  };
}
