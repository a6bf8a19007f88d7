import type { ConversationDocument, MessageDocument, UserDocument } from "@main/data/documents/collections.ts";
import type { Message } from "@shared/contract/messaging.ts";
import { STAFF_ROLES, type UserRole } from "@shared/model/roles.ts";
import { skeleton, words } from "@shared/model/search-key.ts";
import type { z } from "zod";

/** An account as the messaging sees it. */
export interface Person {
  id: string;
  displayName: string;
  roles: readonly UserRole[];
  active: boolean;
  isStaff: boolean;
  /** The Doctor node that this person is, when they are one. */
  doctorId: string | null;
  patientId: string | null;
  hasPhoto: boolean;
}

export function personOf(user: UserDocument): Person {
  const { id, displayName, roles, externalId } = user;
  return {
    id,
    displayName,
    roles,
    active: user.status === "active",
    isStaff: STAFF_ROLES.some((role) => roles.includes(role)),
    doctorId: roles.includes("doctor") && externalId?.startsWith("D") ? externalId : null,
    patientId: roles.includes("patient") && externalId?.startsWith("P") ? externalId : null,
    hasPhoto: user.photo !== null,
  };
}

/** What two people are to each other now. */
export interface Bond {
  /** Joined by an appointment that was not cancelled, as doctor and patient. */
  byAppointment: boolean;
  mayWrite: boolean;
}

export function bondOf(me: Person, other: Person, byAppointment: boolean): Bond {
  return { byAppointment, mayWrite: me.id !== other.id && other.active && (byAppointment || (me.isStaff && other.isStaff)) };
}

/**
 * A contact as this viewer may see them. That a colleague is a patient too is known to their doctor alone; the patient's id is for those
 * who can open a chart.
 */
export function contactView(me: Person, other: Person, { byAppointment }: Bond) {
  const knownAsPatient = other.id === me.id || !other.isStaff || (byAppointment && other.patientId !== null && me.doctorId !== null);
  const isClinician = me.roles.includes("doctor") || me.roles.includes("nurse");
  return {
    userId: other.id,
    displayName: other.displayName,
    roles: other.roles.filter((role) => role !== "patient" || knownAsPatient),
    patientId: isClinician && knownAsPatient && other.id !== me.id ? other.patientId : null,
    hasPhoto: other.hasPhoto,
  };
}

/** Whether a name has every word asked for, in part or in sound, in whichever script. */
export function matchesName(displayName: string, text: string): boolean {
  const have = words(displayName);
  return words(text).every((wanted) => have.some((word) => word.includes(wanted) || soundsLike(word, wanted)));
}

function soundsLike(word: string, wanted: string): boolean {
  const sound = skeleton(wanted);
  return sound.length > 1 && sound === skeleton(word);
}

export type Side = "A" | "B";

/** On which side of a conversation somebody is; null for those who have no part in it. */
export function sideOf({ userA, userB }: ConversationDocument, userId: string): Side | null {
  if (userA === userId) return "A";
  return userB === userId ? "B" : null;
}

export const otherOf = ({ userA, userB }: ConversationDocument, userId: string) => (userA === userId ? userB : userA);

/** The field that holds how far a side has read. */
export const readField = (side: Side) => (side === "A" ? "readA" : "readB");

export function unreadOf(conversation: ConversationDocument, userId: string): number {
  const side = sideOf(conversation, userId);
  return side === null ? 0 : Math.max(0, conversation.seq - conversation[readField(side)]);
}

/** The same for both, whoever begins. */
export const pairOf = (a: string, b: string) => (a < b ? `${a}|${b}` : `${b}|${a}`);

export const placeOf = (conversationId: string, seq: number) => `${conversationId}|${seq}`;

export const keyOf = (senderId: string, clientId: string) => `${senderId}|${clientId}`;

export function messageView(message: MessageDocument): z.input<typeof Message> {
  const { image } = message;
  return {
    ...withoutImage(message),
    image: image && { width: image.width, height: image.height, bytes: image.bytes, thumbnail: image.thumbnail },
  };
}

/** A message as the list of conversations shows it. */
export function withoutImage({ id, conversationId, seq, senderId, kind, text, sentAt, withdrawnAt, key, fileId }: MessageDocument) {
  const clientId = key.slice(senderId.length + 1);
  return { id, conversationId, seq, senderId, kind, text, sentAt, withdrawnAt, clientId, fileId };
}
