/** What somebody can be told of; the contract of the notifications says the same. */
export interface Notice {
  kind: "message" | "file-added";
  /** The conversation or file it is about: an id, never a name. */
  subjectId: string;
}

/** Tells people of something that has happened. Implemented by the notifications feature. */
export interface Notifier {
  /** `at` is the instant of what happened. What is unread of the same subject becomes one notification that counts. */
  notify(userIds: readonly string[], notice: Notice, at: string): Promise<void>;
  /** What they were told of this subject is seen. */
  settle(userId: string, notice: Notice, at: string): Promise<void>;
}
