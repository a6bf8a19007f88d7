/** Roles a person's account can hold. A user can hold several; `admin` alone opens no chart. */
export const USER_ROLES = ["patient", "doctor", "nurse", "reception", "pharmacist", "lab", "cashier", "researcher", "admin"] as const;

/** Roles of a paired device: it can do only what its screen does. */
export const DEVICE_ROLES = ["kiosk", "board"] as const;

export type UserRole = (typeof USER_ROLES)[number];
export type DeviceRole = (typeof DEVICE_ROLES)[number];
export type Role = UserRole | DeviceRole;

/** Everyone employed by the clinic. */
export const STAFF_ROLES = USER_ROLES.filter((role) => role !== "patient");
