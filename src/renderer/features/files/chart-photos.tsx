import { useRouteQuery } from "@renderer/lib/api.ts";
import type { PartProps } from "@renderer/lib/parts.tsx";
import { useFormat } from "@renderer/lib/use-format.ts";
import { Section } from "@renderer/ui/index.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./files.module.css";
import { Preview } from "./preview.tsx";
import { isImage, Thumbnail } from "./thumbnail.tsx";

const SHOWN = 6;

/** The newest pictures in the patient's chart; nothing where there are none, or where this viewer may not look. */
export function Part({ patientId }: PartProps["messaging.chartPhotos"]) {
  const { t } = useTranslation("files");
  const format = useFormat();
  const [opened, setOpened] = useState<string | null>(null);
  const query = useRouteQuery("files", "listFiles", { patientId, includeVoided: false }, { retry: false });
  const photos = (query.data?.items ?? []).filter((file) => isImage(file) && file.purgedAt === null);
  if (photos.length === 0) return null;
  return (
    <Section title={t("photos")}>
      <ul className={styles.photos} aria-label={t("photos")}>
        {photos.slice(0, SHOWN).map((file) => {
          const day = format.date(format.dayOf(file.uploaddate));
          return (
            <li key={file.id}>
              <button type="button" className={styles.photo} aria-label={`${file.filename} ${day}`} onClick={() => setOpened(file.id)}>
                <Thumbnail file={file} />
                <span className={styles.photoWords}>{day}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {opened && <Preview files={photos} fileId={opened} onShow={setOpened} onClose={() => setOpened(null)} />}
    </Section>
  );
}
