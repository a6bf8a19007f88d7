/** One plain answer of `npm run doctor`. */
export interface Answer {
  about: string;
  /** `note`: works, but somebody should know. */
  state: "ok" | "note" | "bad";
  says: string;
}
