import { useRouteCommand, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { asDataUrl, shrinkPicture } from "@renderer/lib/picture.ts";
import { useUser } from "@renderer/lib/session-store.ts";
import { Button, Notice } from "@renderer/ui/index.ts";
import { IconPhotoPlus, IconTrash } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./front.module.css";

const SIDE = 320;
// The contract's 64 kB.
const BYTES = 64 * 1024;

/** My picture, which those I write with see: chosen, cut to the middle square and made small here, or taken away. */
export function ProfilePicture() {
  const { t } = useTranslation("session");
  const words = useErrorWords();
  const picker = useRef<HTMLInputElement>(null);
  const [unreadable, setUnreadable] = useState(false);
  const userId = useUser().id;
  const query = useRouteQuery("messaging", "getContactPhoto", { userId });
  const save = useRouteCommand("staff", "setProfileImage", { invalidates: ["messaging.getContactPhoto", "messaging.listConversations"] });
  const image = query.data?.image ?? null;
  const choose = async (file: File) => {
    setUnreadable(false);
    try {
      const { blob } = await shrinkPicture(file, { side: SIDE, bytes: BYTES, square: true });
      save.mutate({ image: await asDataUrl(blob) });
    } catch {
      setUnreadable(true);
    }
  };
  return (
    <div className={styles.picture}>
      {image ? (
        <img className={styles.pictureImage} src={image} alt={t("account.picture")} />
      ) : (
        <p className={styles.pictureNone}>{t("account.noPicture")}</p>
      )}
      <div className={styles.pictureActs}>
        <input
          ref={picker}
          type="file"
          className="visually-hidden"
          tabIndex={-1}
          aria-label={t("account.choosePicture")}
          accept="image/*"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            if (file) void choose(file);
            // The same file may be chosen again.
            event.currentTarget.value = "";
          }}
        />
        <Button icon={<IconPhotoPlus size={20} aria-hidden="true" />} busy={save.isPending} onClick={() => picker.current?.click()}>
          {t("account.choosePicture")}
        </Button>
        {image && (
          <Button icon={<IconTrash size={20} aria-hidden="true" />} disabled={save.isPending} onClick={() => save.mutate({ image: null })}>
            {t("account.removePicture")}
          </Button>
        )}
      </div>
      {unreadable && <Notice tone="error">{t("account.unreadablePicture")}</Notice>}
      {save.error && <Notice tone="error">{words(save.error).message}</Notice>}
    </div>
  );
}
