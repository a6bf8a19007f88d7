import { shrinkPicture, UnreadablePicture } from "@renderer/lib/picture.ts";
import { useSession } from "@renderer/lib/session-store.ts";
import { MESSAGE_IMAGE_BYTES, MESSAGE_IMAGE_SIDE } from "@shared/model/file-types.ts";
import { create } from "zustand";
import type { OutgoingPicture } from "./outbox.ts";

/** A picture that was chosen and not sent yet. */
export interface Chosen {
  key: string;
  name: string;
  state: "preparing" | "ready" | "unreadable" | "heic";
  picture: OutgoingPicture | null;
}

const NONE: readonly Chosen[] = [];

/** The pictures beside the composer, by conversation. */
export const useTrays = create<{ trays: Readonly<Record<string, readonly Chosen[]>> }>(() => ({ trays: {} }));

/** The pictures chosen for one conversation. */
export function useTray(conversationId: string): readonly Chosen[] {
  return useTrays((state) => state.trays[conversationId] ?? NONE);
}

function setTray(id: string, change: (tray: readonly Chosen[]) => readonly Chosen[]): void {
  useTrays.setState(({ trays }) => ({ trays: { ...trays, [id]: change(trays[id] ?? NONE) } }));
}

async function prepare(id: string, key: string, file: File): Promise<void> {
  const settle = (values: Partial<Chosen>) =>
    setTray(id, (tray) => tray.map((chosen) => (chosen.key === key ? { ...chosen, ...values } : chosen)));
  try {
    const { blob, width, height } = await shrinkPicture(file, { side: MESSAGE_IMAGE_SIDE, bytes: MESSAGE_IMAGE_BYTES });
    const picture = { name: file.name, blob, url: URL.createObjectURL(blob), width, height };
    settle({ state: "ready", picture });
  } catch (error) {
    if (!(error instanceof UnreadablePicture)) throw error;
    settle({ state: /\.hei[cf]$/i.test(file.name) || /hei[cf]/.test(file.type) ? "heic" : "unreadable" });
  }
}

/** Makes files ready to be sent: small, upright, freed of everything but their pixels. */
export function choosePictures(conversationId: string, files: readonly File[]): void {
  for (const file of files) {
    const key = crypto.randomUUID();
    setTray(conversationId, (tray) => [...tray, { key, name: file.name, state: "preparing", picture: null }]);
    void prepare(conversationId, key, file);
  }
}

/** Takes a chosen picture away again. */
export function dropChosen(conversationId: string, chosen: Chosen): void {
  if (chosen.picture) URL.revokeObjectURL(chosen.picture.url);
  setTray(conversationId, (tray) => tray.filter(({ key }) => key !== chosen.key));
}

/** Takes out what is ready, to be sent; what cannot be read stays until somebody takes it away. */
export function takeReady(conversationId: string): OutgoingPicture[] {
  const tray = useTrays.getState().trays[conversationId] ?? NONE;
  setTray(conversationId, () => tray.filter(({ state }) => state !== "ready"));
  return tray.flatMap(({ picture }) => (picture ? [picture] : []));
}

useSession.subscribe((state, before) => {
  if (!before.user || state.user?.id === before.user.id) return;
  for (const { picture } of Object.values(useTrays.getState().trays).flat()) if (picture) URL.revokeObjectURL(picture.url);
  useTrays.setState({ trays: {} });
});
