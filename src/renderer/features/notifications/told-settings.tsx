import { Switch } from "@mantine/core";
import { type RouteInput, useRouteCommand, type useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { Loaded, Notice } from "@renderer/ui/index.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./bell.module.css";

const KINDS = ["message", "file-added"] as const;

/** What is told at all, and whether this computer shows a notice of it. The browser's permission is asked for here and nowhere else. */
export function ToldSettings({ query }: { query: ReturnType<typeof useRouteQuery<"notifications", "getPreferences">> }) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const [denied, setDenied] = useState(false);
  const save = useRouteCommand("notifications", "setPreferences");
  const keep = (values: RouteInput<"notifications", "setPreferences">) => save.mutate(values);
  return (
    <Loaded query={query} words={words}>
      {(kept) => {
        const now = save.isPending && save.variables ? { ...kept, ...save.variables } : kept;
        const switchSystem = async (system: boolean) => {
          const allowed = !system || (await mayNotify());
          setDenied(!allowed);
          keep({ muted: now.muted, system: system && allowed });
        };
        return (
          <div className={styles.settings}>
            {save.error && <Notice tone="error">{words(save.error).message}</Notice>}
            {KINDS.map((kind) => (
              <Switch
                key={kind}
                label={t(`bell.tellOf.${kind}`)}
                checked={!now.muted.includes(kind)}
                onChange={(event) => {
                  const others = now.muted.filter((muted) => muted !== kind);
                  keep({ system: now.system, muted: event.currentTarget.checked ? others : [...others, kind] });
                }}
              />
            ))}
            <Switch
              label={t("bell.system")}
              description={t("bell.systemHint")}
              checked={now.system && allowedHere()}
              onChange={(event) => void switchSystem(event.currentTarget.checked)}
            />
            {denied && <Notice tone="error">{t("bell.systemDenied")}</Notice>}
          </div>
        );
      }}
    </Loaded>
  );
}

/** What is kept with the account holds on every computer; the permission is this one's. */
function allowedHere(): boolean {
  return "Notification" in globalThis && Notification.permission === "granted";
}

async function mayNotify(): Promise<boolean> {
  if (!("Notification" in globalThis)) return false;
  return allowedHere() || (await Notification.requestPermission()) === "granted";
}
