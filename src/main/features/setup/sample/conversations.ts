import type { UserViewer } from "@main/platform/request.ts";
import { addMinutes } from "@shared/model/slots.ts";
import type { Act } from "./act.ts";
import { drawRash } from "./pictures.ts";
import type { Random } from "./random.ts";

/** What one of the two says: `me` is the doctor. A number of spots is a photo of a rash. */
type Line = readonly [who: "me" | "them", text: string, spots?: number];

interface Talk {
  /** Minutes before now at which it begins. */
  ago: number;
  lines: readonly Line[];
  /** Messages at the end that the doctor has not read. */
  unread: number;
}

const DAY = 24 * 60;

/** Between the account `doctor` and her patients; the first is with Layla Haddad. */
const WITH_PATIENTS: readonly Talk[] = [
  {
    ago: 3 * DAY,
    unread: 1,
    lines: [
      ["me", "Your blood results are in your record now. The sugar is a little better than in summer."],
      ["them", "Thank you, I saw them. May I ask about something else? The new hand cream gave me a rash on my left arm."],
      ["me", "Of course. Can you send me a photo in daylight?"],
      ["them", "This is from yesterday.", 11],
      ["them", "And this is from this morning.", 6],
      ["me", "Thank you, the photos are clear. Any swelling of the lips or trouble breathing?"],
      ["them", "No, only the arm. I stopped the cream last night."],
      ["me", "Good. Wash with water only, no scented products. We look at it together in the visit."],
      ["them", "It itches less already. See you in the visit."],
    ],
  },
  {
    ago: 2 * DAY,
    unread: 0,
    lines: [
      ["them", "هل أتناول الدواء قبل الطعام أم بعده؟"],
      ["me", "بعد الطعام بنصف ساعة، مع كوب ماء كامل."],
      ["them", "شكرًا جزيلًا دكتورة."],
    ],
  },
  {
    ago: 190,
    unread: 2,
    lines: [
      ["me", "Please bring your home blood pressure readings next time."],
      ["them", "I will. This week they were between 138 and 146 in the mornings."],
      ["them", "Should I measure in the evening too?"],
    ],
  },
  {
    ago: 5 * DAY,
    unread: 0,
    lines: [
      ["them", "The dizziness is gone since we changed the tablet."],
      ["me", "I am glad to hear it. Keep the dose and come in two weeks as planned."],
    ],
  },
  {
    ago: 9 * DAY,
    unread: 0,
    lines: [
      ["them", "Can I move my visit to the afternoon?"],
      ["me", "The reception can do that for you, or you can in the app under Visits."],
      ["them", "Done, thank you."],
    ],
  },
];

const WITH_COLLEAGUE: Talk = {
  ago: 100,
  unread: 0,
  lines: [
    ["them", "Can you look at a rhythm strip with me after one o'clock?"],
    ["me", "Yes, room 3 after the last patient of the morning."],
    ["them", "Thanks."],
  ],
};

const WITH_RECEPTION: Talk = {
  ago: 45,
  unread: 1,
  lines: [
    ["me", "I am about ten minutes late, please tell those who wait."],
    ["them", "Done. One more asked for a place at noon."],
  ],
};

export interface Talking {
  act: Act;
  random: Random;
  now: string;
  doctor: UserViewer;
  /** Patients of this doctor with an account, Layla Haddad first. */
  patients: readonly UserViewer[];
  colleague: UserViewer;
  reception: UserViewer;
}

/** Lets the doctor talk with her patients and colleagues, through the routes that people use. */
export async function haveConversations(talking: Talking): Promise<void> {
  const { patients, colleague, reception } = talking;
  for (const [index, talk] of WITH_PATIENTS.entries()) {
    const patient = patients[index];
    if (patient) await hold(talking, talk, patient);
  }
  await hold(talking, WITH_COLLEAGUE, colleague);
  await hold(talking, WITH_RECEPTION, reception);
}

async function hold({ act, random, now, doctor }: Talking, talk: Talk, other: UserViewer): Promise<void> {
  const begun = addMinutes(now, -talk.ago);
  const { id: conversationId } = await act(doctor, begun, "messaging", "openConversation", { userId: other.userId });
  for (const [index, [who, text, spots]] of talk.lines.entries()) {
    const at = addMinutes(begun, index * 4);
    const sender = who === "me" ? doctor : other;
    const clientId = `sample-${index}-${conversationId}`;
    if (spots === undefined) await act(sender, at, "messaging", "sendText", { conversationId, text, clientId });
    else {
      const image = Buffer.from(await drawRash(random, spots)).toString("base64");
      await act(sender, at, "messaging", "sendImage", { conversationId, image, text, clientId });
    }
  }
  const last = talk.lines.length;
  const readAt = addMinutes(begun, last * 4);
  await act(other, readAt, "messaging", "markRead", { conversationId, seq: last });
  await act(doctor, readAt, "messaging", "markRead", { conversationId, seq: last - talk.unread });
}
