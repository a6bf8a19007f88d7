import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useHotkeys } from "@renderer/lib/hotkeys.ts";
import { useSearchValue } from "@renderer/lib/navigation.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { Button, EmptyState, Kbd, ListPane, Loaded, Pane, Split } from "@renderer/ui/index.ts";
import { IconSearch, IconUserPlus, IconUsers } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PatientCard } from "./patient-card.tsx";
import { PatientRows } from "./patient-rows.tsx";
import styles from "./patients.module.css";
import { RegisterForm } from "./register-form.tsx";

const PAGE = 50;

/** Find or register a patient; the list on the start side, the person beside it. */
export function Screen() {
  const { t } = useTranslation("patients");
  const [selected, select] = useSearchValue("patient");
  const [named = ""] = useSearchValue("name");
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), 150);
  const finder = useRef<HTMLInputElement>(null);
  useHotkeys({ "/": () => finder.current?.focus(), F3: () => select("new") });
  return (
    <Split>
      <ListPane
        title={t("title")}
        label={t("title")}
        actions={
          <Button variant="primary" icon={<IconUserPlus size={16} aria-hidden="true" />} keys="F3" onClick={() => select("new")}>
            {t("register.open")}
          </Button>
        }
        tools={
          <div className={styles.find}>
            <TextInput
              ref={finder}
              aria-label={t("find")}
              placeholder={t("find")}
              leftSection={<IconSearch size={16} aria-hidden="true" />}
              rightSection={<Kbd>/</Kbd>}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          </div>
        }
      >
        {asked ? <Found text={asked} selected={selected} onSelect={select} /> : <Roster selected={selected} onSelect={select} />}
      </ListPane>
      {selected === "new" ? (
        <Pane title={t("register.title")} label={t("register.title")}>
          <RegisterForm initialName={text || named} onDone={select} />
        </Pane>
      ) : selected ? (
        <PatientCard key={selected} patientId={selected} />
      ) : (
        <Pane label={t("title")}>
          <EmptyState icon={<IconUsers size={32} aria-hidden="true" />} title={t("choose")}>
            {t("chooseHint")}
          </EmptyState>
        </Pane>
      )}
    </Split>
  );
}

interface ListProps {
  selected: string | undefined;
  onSelect(id: string): void;
}

function Found({ text, selected, onSelect }: ListProps & { text: string }) {
  const { t } = useTranslation("patients");
  const words = useErrorWords();
  const query = useRouteQuery("patients", "search", { text, limit: PAGE }, { placeholderData: (before) => before });
  return (
    <Loaded query={query} words={words}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title={t("nobody")}>{t("nobodyHint")}</EmptyState>
        ) : (
          <PatientRows patients={items} selected={selected} onSelect={onSelect} />
        )
      }
    </Loaded>
  );
}

function Roster({ selected, onSelect }: ListProps) {
  const { t } = useTranslation("patients");
  const words = useErrorWords();
  const format = useFormat();
  const [page, setPage] = useState(1);
  const query = useRouteQuery("patients", "listRoster", { page, pageSize: PAGE }, { placeholderData: (before) => before });
  return (
    <Loaded query={query} words={words}>
      {({ items, total }) =>
        total === 0 ? (
          <EmptyState title={t("none")}>{t("noneHint")}</EmptyState>
        ) : (
          <>
            <PatientRows patients={items} selected={selected} onSelect={onSelect} />
            <div className={styles.pages}>
              <Button disabled={page === 1} onClick={() => setPage(page - 1)}>
                {t("before")}
              </Button>
              <span>
                {t("page", {
                  from: format.number((page - 1) * PAGE + 1),
                  to: format.number(Math.min(page * PAGE, total)),
                  total: format.number(total),
                })}
              </span>
              <Button disabled={page * PAGE >= total} onClick={() => setPage(page + 1)}>
                {t("after")}
              </Button>
            </div>
          </>
        )
      }
    </Loaded>
  );
}
