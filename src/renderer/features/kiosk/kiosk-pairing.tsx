import { TextInput } from "@mantine/core";
import { useRouteCommand } from "@renderer/lib/api.ts";
import { useDevice } from "@renderer/lib/device-store.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { Button, Notice } from "@renderer/ui/index.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./kiosk.module.css";

/** Before its first use: the code that an administrator made turns this screen into the clinic's kiosk. */
export function KioskPairing() {
  const { t } = useTranslation("kiosk");
  const words = useErrorWords();
  const go = useGo();
  const pair = useDevice((state) => state.pair);
  const [code, setCode] = useState("");
  const [wrongKind, setWrongKind] = useState(false);
  const claim = useRouteCommand("system", "claimDevice", {
    onSuccess: ({ token, name, role }) => {
      setWrongKind(role !== "kiosk");
      pair({ token, name, role });
    },
  });
  return (
    <form
      className={styles.pairing}
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim()) claim.mutate({ code: code.trim().toUpperCase() });
      }}
    >
      <h1>{t("pair.title")}</h1>
      <p>{t("pair.lead")}</p>
      {claim.error && <Notice tone="error">{words(claim.error).message}</Notice>}
      {wrongKind && <Notice tone="error">{t("pair.wrongKind")}</Notice>}
      <TextInput
        label={t("pair.code")}
        dir="ltr"
        autoComplete="off"
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <div className={styles.pairingActions}>
        <Button type="submit" variant="primary" size="touch" disabled={!code.trim()} busy={claim.isPending}>
          {code.trim() ? t("pair.act") : t("pair.needsCode")}
        </Button>
        <Button size="touch" onClick={() => go("/")}>
          {t("pair.back")}
        </Button>
      </div>
    </form>
  );
}
