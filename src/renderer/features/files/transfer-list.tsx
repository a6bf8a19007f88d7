import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useUnsavedGuard } from "@renderer/lib/unsaved.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { Button, Num, Progress } from "@renderer/ui/index.ts";
import { useTranslation } from "react-i18next";
import styles from "./files.module.css";
import { dropTransfer, retryTransfer, type Transfer, useTransfers } from "./store.ts";

/** What is on its way for this patient: how far, and how to stop it or try again. */
export function TransferList({ patientId }: { patientId: string }) {
  const { t } = useTranslation("files");
  const all = useTransfers((state) => state.transfers);
  const mine = all.filter((transfer) => transfer.patientId === patientId);
  // Leaving the application ends an upload; another screen does not.
  useUnsavedGuard(all.length > 0, t("transfer.guard"));
  if (mine.length === 0) return null;
  return (
    <ul className={styles.transfers} aria-label={t("transfer.label")}>
      {mine.map((transfer) => (
        <TransferRow key={transfer.id} transfer={transfer} />
      ))}
    </ul>
  );
}

function TransferRow({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation("files");
  const words = useErrorWords();
  const format = useFormat();
  const { id, file, step, share, problem } = transfer;
  return (
    <li className={styles.transfer}>
      <div className={styles.line}>
        <bdi className={styles.name}>{file.name}</bdi>
        <Num className={styles.small}>{format.bytes(file.size)}</Num>
      </div>
      {problem ? (
        <p className={styles.problem} role="alert">
          {words(problem).message}
        </p>
      ) : (
        <Progress label={t("transfer.progress", { name: file.name })} value={step === "waiting" || step === "filing" ? null : share} />
      )}
      <div className={styles.line}>
        <span className={styles.small}>
          {t(`transfer.${step}`)} {step === "sending" && <Num>{`${Math.floor(share * 100)} %`}</Num>}
        </span>
        <span className={styles.acts}>
          {problem && (
            <Button variant="quiet" onClick={() => retryTransfer(id)}>
              {t("transfer.again")}
            </Button>
          )}
          <Button variant="quiet" onClick={() => dropTransfer(id)}>
            {t(problem ? "transfer.dismiss" : "transfer.cancel")}
          </Button>
        </span>
      </div>
    </li>
  );
}
