import { z } from "zod";
import { command, query } from "../define.ts";
import { MESSAGE_IMAGE_BYTES } from "../model/file-types.ts";
import { ConversationId, MedicalFileId, MessageId, ObservationId, PatientId, UserId } from "../model/ids.ts";
import { USER_ROLES } from "../model/roles.ts";
import { CommandKey, line, prose } from "../model/text.ts";
import { Instant } from "../model/time.ts";

/** Who may write at all: patients, and everyone employed by the clinic. */
const PEOPLE = USER_ROLES;
const TEXT_MAX = 4000;

export const Contact = z.object({
  userId: UserId,
  displayName: z.string(),
  roles: z.array(z.enum(USER_ROLES)),
  /** Set where the contact is a patient and the viewer a doctor. */
  patientId: PatientId.nullable(),
  hasPhoto: z.boolean(),
});
export const MessageImage = z.object({
  width: z.int(),
  height: z.int(),
  /** Bytes of the full picture. */
  bytes: z.int(),
  /** A small JPEG as a data URL. */
  thumbnail: z.string(),
});
export const Message = z.object({
  id: MessageId,
  conversationId: ConversationId,
  /** 1, 2, 3 … without gaps: the order. */
  seq: z.int(),
  senderId: UserId,
  kind: z.enum(["text", "image"]),
  /** The text, or what was written under the image; null once withdrawn. */
  text: z.string().nullable(),
  image: MessageImage.nullable(),
  sentAt: Instant,
  withdrawnAt: Instant.nullable(),
  /** The client's own mark of it: lets the sender's other screens recognise what is still on its way. */
  clientId: z.string(),
  /** The file that was made of the image for the chart. */
  fileId: MedicalFileId.nullable(),
});
export type Message = z.infer<typeof Message>;
export const Conversation = z.object({
  id: ConversationId,
  /** The other one, then the viewer. */
  participants: z.array(Contact),
  /** Number of the newest message; 0 when there is none. */
  seq: z.int(),
  /** seq − what I have read. */
  unread: z.int(),
  /** How far each participant has read. */
  read: z.array(z.object({ userId: UserId, seq: z.int() })),
  lastActivityAt: Instant,
  last: Message.omit({ image: true }).nullable(),
  /** False once the participants are no longer joined by an appointment: it can be read, not written. */
  canSend: z.boolean(),
});
export type Conversation = z.infer<typeof Conversation>;

/** Base64 of a JPEG, PNG or WebP. */
const ImageText = z.base64().max(Math.ceil(MESSAGE_IMAGE_BYTES / 3) * 4);
const Sent = z.object({ id: MessageId, seq: z.int(), sentAt: Instant });
const limit = (max: number) => z.int().min(1).max(max).optional();

export const messagingContract = {
  listContacts: query({
    summary: "Whom I may write to: people joined to me by an appointment, and, for staff, the staff",
    allow: PEOPLE,
    input: z.object({ text: z.string().max(100).optional(), limit: limit(200) }),
    output: z.object({ items: z.array(Contact.extend({ conversationId: ConversationId.nullable() })) }),
  }),
  getContactPhoto: query({
    summary: "The profile picture of a contact, or of myself",
    allow: PEOPLE,
    input: z.object({ userId: UserId }),
    output: z.object({ image: z.string().nullable() }),
  }),
  openConversation: command({
    summary: "The conversation with a contact, begun when there is none",
    allow: PEOPLE,
    errors: ["not-joined"],
    input: z.object({ userId: UserId }),
    output: Conversation,
  }),
  listConversations: query({
    summary: "My conversations, the latest activity first",
    allow: PEOPLE,
    input: z.object({}),
    output: z.object({ items: z.array(Conversation), unread: z.int() }),
  }),
  listMessages: query({
    summary: "Messages in order: the newest, those before a number, or those after one",
    allow: PEOPLE,
    audit: true,
    input: z.object({
      conversationId: ConversationId,
      before: z.int().min(1).optional(),
      after: z.int().min(0).optional(),
      limit: limit(200),
    }),
    output: z.object({ items: z.array(Message), hasEarlier: z.boolean(), hasLater: z.boolean() }),
  }),
  sendText: command({
    summary: "Send a text; the same clientId again answers the first message",
    allow: PEOPLE,
    errors: ["not-joined"],
    input: z.object({
      conversationId: ConversationId,
      text: prose(TEXT_MAX).refine((text) => text.trim().length > 0, "is empty"),
      clientId: CommandKey,
    }),
    output: Sent,
  }),
  sendImage: command({
    summary: "Send a picture as base64; it is decoded, freed of everything but its pixels, and made small",
    allow: PEOPLE,
    perMinute: 120,
    errors: ["not-joined", "unsupported-type"],
    input: z.object({ conversationId: ConversationId, image: ImageText, text: line(500).nullable().optional(), clientId: CommandKey }),
    output: Sent,
  }),
  getImage: query({
    summary: "The picture of a message, whole, as base64",
    allow: PEOPLE,
    audit: true,
    input: z.object({ messageId: MessageId }),
    output: z.object({ mediaType: z.literal("image/jpeg"), data: z.string(), width: z.int(), height: z.int() }),
  }),
  withdraw: command({
    summary: "Withdraw a message of mine: that it was sent stays, what it said is gone",
    allow: PEOPLE,
    input: z.object({ messageId: MessageId }),
    output: Message,
  }),
  markRead: command({
    summary: "I have read up to this number",
    allow: PEOPLE,
    input: z.object({ conversationId: ConversationId, seq: z.int().min(0) }),
    output: z.object({ unread: z.int() }),
  }),
  markUnread: command({
    summary: "Count this message and what follows as unread again",
    allow: PEOPLE,
    input: z.object({ conversationId: ConversationId, seq: z.int().min(1) }),
    output: z.object({ unread: z.int() }),
  }),
  search: query({
    summary: "Find words in my conversations, newest first",
    allow: PEOPLE,
    audit: true,
    input: z.object({ text: z.string().min(2).max(100), conversationId: ConversationId.optional(), limit: limit(100) }),
    output: z.object({ items: z.array(Message) }),
  }),
  addImageToChart: command({
    summary: "File a patient's picture in their chart, linked to a finding where one is named",
    allow: ["doctor", "nurse"],
    errors: ["care-edge-required", "unsupported-type"],
    input: z.object({ messageId: MessageId, observationId: ObservationId.optional(), description: line(500).nullable().optional() }),
    output: z.object({ fileId: MedicalFileId }),
  }),
};
