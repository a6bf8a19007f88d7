import { version } from "../../../package.json";

/** The version of the application. */
export const VERSION: string = version;
