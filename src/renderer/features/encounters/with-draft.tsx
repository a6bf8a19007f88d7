import type { ErrorWords } from "@renderer/lib/error-words.ts";
import { Loaded, Pane, Skeleton } from "@renderer/ui/index.ts";
import { Fragment, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Draft, useDraft } from "./draft-store.ts";

interface WithDraftProps {
  encounterId: string;
  words(error: unknown): ErrorWords;
  children(draft: Draft | null, onSigned: () => void): ReactNode;
}

/** Reads the kept draft before there is anything to type into, and again after each signature. */
export function WithDraft({ encounterId, words, children }: WithDraftProps) {
  const { t } = useTranslation("encounters");
  const [turn, setTurn] = useState(0);
  const query = useDraft(encounterId, turn);
  const skeleton = (
    <Pane label={t("visit.label")}>
      <Skeleton lines={10} />
    </Pane>
  );
  return (
    <Loaded query={query} words={words} skeleton={skeleton}>
      {({ draft }) => <Fragment key={turn}>{children(draft, () => setTurn((now) => now + 1))}</Fragment>}
    </Loaded>
  );
}
