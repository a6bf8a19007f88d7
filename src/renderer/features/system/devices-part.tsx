import { TextInput } from "@mantine/core";
import { type RouteOutput, useRouteCommand, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { Button, ConfirmDialog, EmptyState, Loaded, Notice, Num, Row, Rows, Section, SegmentedControl } from "@renderer/ui/index.ts";
import { IconDeviceTablet } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./system.module.css";

type Device = RouteOutput<"system", "listDevices">["items"][number];

/** Kiosks and boards: pair a new one with a code, revoke one at once. */
export function DevicesPart() {
  const { t } = useTranslation("system");
  const words = useErrorWords();
  const format = useFormat();
  const query = useRouteQuery("system", "listDevices", {}, { refetchInterval: 10_000 });
  const [revoking, ask] = useState<Device | null>(null);
  const revoke = useRouteCommand("system", "revokeDevice", { onSuccess: () => ask(null) });
  return (
    <Section title={t("devices")}>
      <PairForm />
      <Loaded query={query} words={words}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={<IconDeviceTablet size={24} aria-hidden="true" />} title={t("noDevices")}>
              {t("noDevicesHint")}
            </EmptyState>
          ) : (
            <Rows label={t("devices")}>
              {items.map((device) => (
                <Row
                  key={device.id}
                  title={device.name}
                  detail={`${t(`roles.${device.role}`)}, ${t(`states.${device.status}`)}${device.lastSeenAt ? `, ${t("seen", { time: format.dateTime(device.lastSeenAt) })}` : ""}`}
                  dimmed={device.status === "revoked"}
                  end={device.status === "revoked" ? undefined : <Button onClick={() => ask(device)}>{t("revoke")}</Button>}
                />
              ))}
            </Rows>
          )
        }
      </Loaded>
      {revoking && (
        <ConfirmDialog
          title={t("revokeTitle", { name: revoking.name })}
          confirm={t("revoke")}
          danger
          busy={revoke.isPending}
          onConfirm={() => revoke.mutate({ deviceId: revoking.id })}
          onClose={() => ask(null)}
        >
          {revoke.error ? words(revoke.error).message : t("revokeWords")}
        </ConfirmDialog>
      )}
    </Section>
  );
}

function PairForm() {
  const { t } = useTranslation("system");
  const words = useErrorWords();
  const format = useFormat();
  const [name, setName] = useState("");
  const [role, setRole] = useState<"kiosk" | "board">("kiosk");
  const pair = useRouteCommand("system", "pairDevice", { onSuccess: () => setName("") });
  return (
    <form
      className={styles.pair}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) pair.mutate({ name, role });
      }}
    >
      <TextInput
        label={t("deviceName")}
        placeholder={t("deviceNameExample")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <SegmentedControl<"kiosk" | "board">
        label={t("deviceRole")}
        items={[
          { value: "kiosk", label: t("roles.kiosk") },
          { value: "board", label: t("roles.board") },
        ]}
        value={role}
        onChange={setRole}
      />
      <div>
        <Button type="submit" variant="primary" disabled={!name.trim()} busy={pair.isPending}>
          {name.trim() ? t("pair") : t("pairNeedsName")}
        </Button>
      </div>
      {pair.error && <Notice tone="error">{words(pair.error).message}</Notice>}
      {pair.data && (
        <Notice>
          {t("code")} <Num className={styles.code}>{pair.data.code}</Num> {t("codeUntil", { time: format.time(pair.data.expiresAt) })}
        </Notice>
      )}
    </form>
  );
}
