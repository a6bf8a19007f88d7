import { useFormat } from "@renderer/lib/use-format.ts";
import { Button, Num } from "@renderer/ui/index.ts";
import { IconDeviceFloppy, IconPhotoPlus, IconSend2 } from "@tabler/icons-react";
import { type ClipboardEvent, type KeyboardEvent, type RefObject, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ChosenPictures } from "./chosen-pictures.tsx";
import styles from "./composer.module.css";
import { useDrafts, writeDraft } from "./drafts.ts";
import { send } from "./outbox.ts";
import { TemplateMenu } from "./template-menu.tsx";
import { choosePictures, takeReady, useTray } from "./tray.ts";

const TEXT_MAX = 4000;
const CAPTION_MAX = 500;

interface ComposerProps {
  conversationId: string;
  field: RefObject<HTMLTextAreaElement | null>;
  /** On a phone: larger, without the keyboard's marks and templates. */
  touch: boolean;
}

/** Where a message is written: several lines, pictures beside it, and a draft that is kept while somebody thinks. */
export function Composer({ conversationId: id, field, touch }: ComposerProps) {
  const { t } = useTranslation("messaging");
  const text = useDrafts((state) => state.drafts[id]?.text ?? "");
  const tray = useTray(id);
  const [templates, setTemplates] = useState(false);
  const ready = tray.filter(({ state }) => state === "ready").length;
  const preparing = tray.some(({ state }) => state === "preparing");
  const hasText = text.trim() !== "";
  const blocked = preparing ? t("composer.preparing") : !hasText && ready === 0 ? t("composer.nothing") : null;
  const sendAll = () => {
    if (blocked) return;
    const pictures = takeReady(id);
    const caption = pictures.length === 1 && hasText && text.length <= CAPTION_MAX && !/[\r\n]/.test(text.trim()) ? text.trim() : null;
    for (const picture of pictures) send(id, { text: caption, picture });
    if (hasText && caption === null) send(id, { text, picture: null });
    writeDraft(id, "");
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      sendAll();
    } else if (event.key === "/" && text === "" && !touch) {
      event.preventDefault();
      setTemplates(true);
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    const pictures = [...event.clipboardData.files].filter(({ type }) => type.startsWith("image/"));
    if (pictures.length === 0) return;
    event.preventDefault();
    choosePictures(id, pictures);
  };
  return (
    <div className={styles.composer} data-touch={touch || undefined}>
      <ChosenPictures conversationId={id} tray={tray} />
      <textarea
        ref={field}
        className={styles.field}
        aria-label={t("composer.label")}
        placeholder={t("composer.label")}
        dir={text ? "auto" : undefined}
        rows={touch ? 1 : 2}
        maxLength={TEXT_MAX}
        value={text}
        onChange={(event) => writeDraft(id, event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      <div className={styles.acts}>
        <PictureButton conversationId={id} touch={touch} />
        {!touch && (
          <TemplateMenu
            opened={templates}
            onOpened={setTemplates}
            onChoose={(words) => {
              writeDraft(id, [text.trimEnd(), words].filter(Boolean).join("\n"));
              // After the menu has given the keyboard back to its button.
              setTimeout(() => field.current?.focus());
            }}
          />
        )}
        <span className={styles.actsEnd}>
          <DraftState conversationId={id} />
          <Button
            variant="primary"
            size={touch ? "touch" : "normal"}
            disabled={blocked !== null}
            keys={touch || blocked ? undefined : "Ctrl ↵"}
            icon={touch ? <IconSend2 size={20} className="flip" aria-hidden="true" /> : undefined}
            onClick={sendAll}
          >
            {blocked ?? t("composer.send")}
          </Button>
        </span>
      </div>
    </div>
  );
}

function PictureButton({ conversationId, touch }: { conversationId: string; touch: boolean }) {
  const { t } = useTranslation("messaging");
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={picker}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={t("composer.pick")}
        accept="image/*"
        multiple
        onChange={(event) => {
          choosePictures(conversationId, [...(event.currentTarget.files ?? [])]);
          // The same file may be chosen again after it was taken away.
          event.currentTarget.value = "";
        }}
      />
      <Button
        size={touch ? "touch" : "normal"}
        icon={<IconPhotoPlus size={20} aria-hidden="true" />}
        onClick={() => picker.current?.click()}
      >
        {t("composer.image")}
      </Button>
    </>
  );
}

/** Whether the draft is kept, and since when; nothing before anything was typed. */
function DraftState({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation("messaging");
  const format = useFormat();
  const draft = useDrafts((state) => state.drafts[conversationId]);
  if (!draft) return null;
  return (
    <span className={styles.draft}>
      {draft.keptAt ? (
        <>
          <IconDeviceFloppy size={16} aria-hidden="true" />
          {t("composer.draftKept")} <Num>{format.timeSeconds(draft.keptAt)}</Num>
        </>
      ) : (
        t("composer.draftNotKept")
      )}
    </span>
  );
}
