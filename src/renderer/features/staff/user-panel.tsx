import { Select, TextInput } from "@mantine/core";
import { type RouteOutput, useRouteCommand, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { Part } from "@renderer/lib/parts.tsx";
import { useSession } from "@renderer/lib/session-store.ts";
import { useFormat, useLocalName } from "@renderer/lib/use-format.ts";
import { Button, ConfirmDialog, Notice, Num, Section, toast } from "@renderer/ui/index.ts";
import type { UserRole } from "@shared/model/roles.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./people.module.css";
import { RolesChoice } from "./roles-choice.tsx";

type User = RouteOutput<"staff", "listUsers">["items"][number];

/** One account: its name, roles, link to a doctor, reset code, and whether it may sign in. */
export function UserPanel({ user }: { user: User }) {
  return (
    <>
      <NamePart user={user} />
      <RolesPart user={user} />
      {user.roles.includes("doctor") && <LinkPart user={user} />}
      {user.status === "active" && user.roles.includes("researcher") && <Part name="staff.identityGrant" userId={user.id} />}
      <AccessPart user={user} />
    </>
  );
}

function NamePart({ user }: { user: User }) {
  const { t } = useTranslation("staff");
  const words = useErrorWords();
  const [name, setName] = useState(user.displayName);
  const update = useRouteCommand("staff", "updateUser", { onSuccess: () => toast(t("saved")) });
  return (
    <Section title={t("particulars")}>
      <div className={styles.stack}>
        <span>
          {t("username")} <Num>{user.username}</Num>
        </span>
        <TextInput
          label={t("name")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={update.error && words(update.error).message}
        />
        <div>
          <Button
            disabled={name.trim() === user.displayName || name.trim() === ""}
            busy={update.isPending}
            onClick={() => update.mutate({ userId: user.id, version: user.version, displayName: name })}
          >
            {t("save")}
          </Button>
        </div>
      </div>
    </Section>
  );
}

function RolesPart({ user }: { user: User }) {
  const { t } = useTranslation("staff");
  const words = useErrorWords();
  const [roles, setRoles] = useState<UserRole[]>(user.roles);
  const set = useRouteCommand("staff", "setRoles", { onSuccess: () => toast(t("rolesSaved")) });
  const same = [...roles].sort().join() === [...user.roles].sort().join();
  return (
    <Section>
      <RolesChoice value={roles} onChange={setRoles} label={t("roles")} />
      {set.error && <Notice tone="error">{set.error.code === "conflict" ? t("lastAdmin") : words(set.error).message}</Notice>}
      <div className={styles.actions}>
        <Button
          disabled={same || roles.length === 0}
          busy={set.isPending}
          onClick={() => set.mutate({ userId: user.id, version: user.version, roles })}
        >
          {roles.length === 0 ? t("chooseRole") : t("setRoles")}
        </Button>
      </div>
    </Section>
  );
}

function LinkPart({ user }: { user: User }) {
  const { t } = useTranslation("staff");
  const words = useErrorWords();
  const local = useLocalName();
  const doctors = useRouteQuery("clinic", "listDoctors", {});
  const link = useRouteCommand("staff", "linkUser", { onSuccess: () => toast(t("saved")) });
  return (
    <Section title={t("link")}>
      <Select
        label={t("linkDoctor")}
        description={t("linkHint")}
        data={(doctors.data?.items ?? []).map((doctor) => ({ value: doctor.id, label: local(doctor.name, doctor.nameAr) }))}
        value={user.externalId}
        searchable
        clearable
        disabled={link.isPending}
        error={link.error && (link.error.code === "conflict" ? t("linkTaken") : words(link.error).message)}
        onChange={(externalId) => link.mutate({ userId: user.id, version: user.version, externalId })}
      />
    </Section>
  );
}

function AccessPart({ user }: { user: User }) {
  const { t } = useTranslation("staff");
  const words = useErrorWords();
  const format = useFormat();
  const me = useSession((state) => state.user?.id);
  const [asking, ask] = useState(false);
  const reset = useRouteCommand("staff", "resetUserPassword");
  const deactivate = useRouteCommand("staff", "deactivateUser", { onSuccess: () => ask(false) });
  const change = (active: boolean) => deactivate.mutate({ userId: user.id, version: user.version, active });
  return (
    <Section title={t("access")}>
      {reset.data && (
        <Notice>
          {t("resetCode")} <Num className={styles.code}>{reset.data.code}</Num>{" "}
          {t("resetUntil", { time: format.dateTime(reset.data.expiresAt) })}
        </Notice>
      )}
      {reset.error && <Notice tone="error">{words(reset.error).message}</Notice>}
      {deactivate.error && !asking && <Notice tone="error">{words(deactivate.error).message}</Notice>}
      <div className={styles.actions}>
        <Button busy={reset.isPending} onClick={() => reset.mutate({ userId: user.id })}>
          {t("reset")}
        </Button>
        {user.status === "deactivated" ? (
          <Button busy={deactivate.isPending} onClick={() => change(true)}>
            {t("reactivate")}
          </Button>
        ) : (
          <Button variant="danger" disabled={user.id === me} onClick={() => ask(true)}>
            {user.id === me ? t("deactivateSelf") : t("deactivate")}
          </Button>
        )}
      </div>
      {asking && (
        <ConfirmDialog
          title={t("deactivateTitle", { name: user.displayName })}
          confirm={t("deactivate")}
          danger
          busy={deactivate.isPending}
          onConfirm={() => change(false)}
          onClose={() => ask(false)}
        >
          {deactivate.error
            ? deactivate.error.code === "conflict"
              ? t("lastAdmin")
              : words(deactivate.error).message
            : t("deactivateWords")}
        </ConfirmDialog>
      )}
    </Section>
  );
}
