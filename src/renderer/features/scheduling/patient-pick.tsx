import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { useFormat, useToday } from "@renderer/lib/use-format.ts";
import { Button, EmptyState, Loaded, Num, Row, Rows } from "@renderer/ui/index.ts";
import { IconSearch, IconUserPlus } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./desk.module.css";

/** Find the patient who is booked: name, phone or id; Enter takes the first. */
export function PatientPick({ onPick }: { onPick(patientId: string): void }) {
  const { t } = useTranslation("scheduling");
  const words = useErrorWords();
  const format = useFormat();
  const today = useToday();
  const go = useGo();
  const found = useRef<HTMLDivElement>(null);
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), 120);
  const query = useRouteQuery(
    "patients",
    "search",
    { text: asked, limit: 8 },
    { enabled: asked !== "", placeholderData: (before) => before },
  );
  const settled = asked === text.trim() && !query.isPlaceholderData;
  const first = settled ? query.data?.items[0] : undefined;
  // Enter right after the last letter waits for the answer to what was typed.
  const [entered, enter] = useState(false);
  useEffect(() => {
    if (!entered || !settled || query.isFetching) return;
    enter(false);
    if (first) onPick(first.id);
  }, [entered, settled, query.isFetching, first, onPick]);
  return (
    <div className={styles.stack} ref={found}>
      <TextInput
        label={t("pick.label")}
        placeholder={t("pick.placeholder")}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        value={text}
        autoFocus
        onChange={(event) => {
          setText(event.currentTarget.value);
          enter(false);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && text.trim()) enter(true);
          if (event.key === "ArrowDown") {
            event.preventDefault();
            found.current?.querySelector<HTMLElement>("[data-row]")?.focus();
          }
        }}
      />
      {asked !== "" && (
        <Loaded query={query} words={words}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState
                title={t("pick.nobody")}
                action={
                  <Button
                    icon={<IconUserPlus size={16} aria-hidden="true" />}
                    onClick={() => go("/patients", { patient: "new", name: text.trim() })}
                  >
                    {t("pick.register")}
                  </Button>
                }
              />
            ) : (
              <Rows label={t("pick.found")}>
                {items.map((patient) => (
                  <Row
                    key={patient.id}
                    title={<bdi>{`${patient.givenName} ${patient.familyName}`}</bdi>}
                    detail={<Num>{patient.id}</Num>}
                    end={format.age(patient.birthDate, today)}
                    endDetail={<Num>{patient.phone ?? ""}</Num>}
                    dimmed={!patient.active}
                    onSelect={() => onPick(patient.id)}
                  />
                ))}
              </Rows>
            )
          }
        </Loaded>
      )}
    </div>
  );
}
