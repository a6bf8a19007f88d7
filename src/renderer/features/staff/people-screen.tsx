import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type RouteOutput, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useSearchValue } from "@renderer/lib/navigation.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { type Column, DataTable } from "@renderer/ui/data-table.tsx";
import { Button, EmptyState, Loaded, Num, Pane, Panel, Split, StatusWord, Tabs } from "@renderer/ui/index.ts";
import { IconBan, IconSearch, IconUserCheck, IconUserPlus } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { NewUserForm } from "./new-user-form.tsx";
import styles from "./people.module.css";
import { RoleWords } from "./role-words.tsx";
import { UserPanel } from "./user-panel.tsx";

type User = RouteOutput<"staff", "listUsers">["items"][number];
type Shown = "active" | "deactivated";
const PAGE = 200;

/** Everyone who can sign in: find, add, give roles, link, reset, deactivate. */
export function Screen() {
  const { t } = useTranslation("staff");
  const words = useErrorWords();
  const format = useFormat();
  const [selected, select] = useSearchValue("user");
  const [shown, show] = useState<Shown>("active");
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text, 200);
  const query = useRouteQuery(
    "staff",
    "listUsers",
    { status: shown, text: asked || undefined, pageSize: PAGE },
    { placeholderData: (before) => before },
  );
  const columns = useMemo<readonly Column<User>[]>(
    () => [
      { id: "name", header: t("name"), value: (row) => row.displayName },
      { id: "username", header: t("username"), value: (row) => row.username, cell: (row) => <Num>{row.username}</Num> },
      { id: "roles", header: t("roles"), value: (row) => row.roles.join(" "), cell: (row) => <RoleWords roles={row.roles} /> },
      { id: "linked", header: t("linked"), value: (row) => row.externalId, cell: (row) => <Num>{row.externalId}</Num> },
      {
        id: "seen",
        header: t("lastSignIn"),
        value: (row) => row.lastSignInAt,
        cell: (row) => (row.lastSignInAt ? format.dateTime(row.lastSignInAt) : t("never")),
      },
      {
        id: "state",
        header: t("state"),
        value: (row) => row.status,
        cell: (row) =>
          row.status === "active" ? (
            <StatusWord icon={<IconUserCheck size={16} aria-hidden="true" />}>{t("active")}</StatusWord>
          ) : (
            <StatusWord tone="dimmed" icon={<IconBan size={16} aria-hidden="true" />}>
              {t("deactivated")}
            </StatusWord>
          ),
      },
    ],
    [t, format],
  );
  const user = query.data?.items.find((item) => item.id === selected);
  return (
    <Split>
      <Pane
        title={t("title")}
        label={t("title")}
        detail={query.data && t("count", { count: query.data.total })}
        actions={
          <Button variant="primary" icon={<IconUserPlus size={16} aria-hidden="true" />} onClick={() => select("new")}>
            {t("add")}
          </Button>
        }
        tools={
          <div className={styles.tools}>
            <Tabs<Shown>
              label={t("state")}
              items={[
                { value: "active", label: t("active") },
                { value: "deactivated", label: t("deactivated") },
              ]}
              value={shown}
              onChange={show}
            />
            <TextInput
              aria-label={t("find")}
              placeholder={t("find")}
              leftSection={<IconSearch size={16} aria-hidden="true" />}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          </div>
        }
      >
        <Loaded query={query} words={words}>
          {({ items }) => (
            <DataTable
              label={t("title")}
              columns={columns}
              rows={items}
              rowKey={(row) => row.id}
              selected={selected}
              sortBy={{ id: "name", desc: false }}
              onOpen={(row) => select(row.id)}
              empty={<EmptyState title={t("none")}>{asked ? t("noneFound") : t("noneHint")}</EmptyState>}
            />
          )}
        </Loaded>
      </Pane>
      {selected === "new" && (
        <Panel title={t("add")} onClose={() => select(undefined)}>
          <NewUserForm onDone={select} />
        </Panel>
      )}
      {user && (
        <Panel key={user.id} title={user.displayName} onClose={() => select(undefined)}>
          <UserPanel key={user.version} user={user} />
        </Panel>
      )}
    </Split>
  );
}
