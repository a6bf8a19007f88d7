import { useRouteQuery } from "@renderer/lib/api.ts";
import styles from "./messages.module.css";
import type { Contact } from "./types.ts";

const FRESH_MS = 5 * 60_000;

/** The profile picture of whom the conversation is with; nothing where there is none. */
export function ContactPhoto({ contact }: { contact: Contact }) {
  const query = useRouteQuery(
    "messaging",
    "getContactPhoto",
    { userId: contact.userId },
    { enabled: contact.hasPhoto, staleTime: FRESH_MS },
  );
  if (!contact.hasPhoto || !query.data?.image) return null;
  return <img className={styles.photo} src={query.data.image} alt="" />;
}
