import { useRouteCommand, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { Button, ConfirmDialog, Loaded, Page } from "@renderer/ui/index.ts";
import { IconArrowLeft } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./stores.module.css";
import type { Configuration, Wanted } from "./stores-choice.tsx";
import { StoresChoice } from "./stores-choice.tsx";
import { StoresNow } from "./stores-now.tsx";

interface Question {
  wanted: Wanted;
  settle(saved: boolean): void;
}

/** Where the clinic's data are: here, on servers, or at another computer's host. What is kept counts from the next start on. */
export function Screen() {
  const { t } = useTranslation("system");
  const words = useErrorWords();
  const go = useGo();
  const query = useRouteQuery("system", "getConfiguration", {});
  return (
    <Page
      title={t("stores.title")}
      actions={
        <Button icon={<IconArrowLeft size={16} className="flip" aria-hidden="true" />} onClick={() => go("/admin/system")}>
          {t("stores.back")}
        </Button>
      }
    >
      <Loaded query={query} words={words}>
        {(configuration) => <Settings configuration={configuration} />}
      </Loaded>
    </Page>
  );
}

function Settings({ configuration }: { configuration: Configuration }) {
  const { t } = useTranslation("system");
  const [question, ask] = useState<Question | null>(null);
  const keep = useRouteCommand("system", "setConfiguration");
  const save = async (wanted: Wanted): Promise<boolean> => {
    // Another place holds other data: who changes it is told before, not after.
    const moves = wanted.mode !== configuration.mode;
    if (moves && !(await new Promise<boolean>((settle) => ask({ wanted, settle })))) return false;
    await keep.mutateAsync(wanted);
    return true;
  };
  const answer = (saved: boolean) => {
    question?.settle(saved);
    ask(null);
  };
  return (
    <div className={styles.columns}>
      <StoresChoice configuration={configuration} save={save} />
      <StoresNow configuration={configuration} />
      {question && (
        <ConfirmDialog
          title={t("stores.moveTitle", { mode: t(`stores.modes.${question.wanted.mode}`) })}
          confirm={t("stores.moveConfirm")}
          onConfirm={() => answer(true)}
          onClose={() => answer(false)}
        >
          {t("stores.moveWords")}
        </ConfirmDialog>
      )}
    </div>
  );
}
