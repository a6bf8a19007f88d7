import type { RouteOutput } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import type { PartProps } from "@renderer/lib/parts.tsx";
import { Button, Notice } from "@renderer/ui/index.ts";
import { IconPlugConnected } from "@tabler/icons-react";
import { useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { ConnectionReport } from "./connection-report.tsx";
import { ServerFields } from "./server-fields.tsx";
import { refusedField, type ServerName, type ServersForm, type ServersTyped, typedServer } from "./servers-values.ts";

interface TriedServerProps extends Pick<PartProps["system.servers"], "test" | "passwords"> {
  server: ServerName;
  form: UseFormReturn<ServersForm, unknown, ServersTyped>;
  readOnly: boolean;
}

interface Tried {
  /** The settings that were tried. */
  typed: string;
  report: RouteOutput<"system", "testConnection"> | null;
  error: unknown;
}

/** The fields of one server, and what came of trying it. A report of other settings than those that stand there would mislead: it goes with the next key. */
export function TriedServer({ server, form, test, passwords, readOnly }: TriedServerProps) {
  const { t } = useTranslation("system");
  const words = useErrorWords();
  const [tried, setTried] = useState<Tried | null>(null);
  const [testing, setTesting] = useState(false);
  const typed = JSON.stringify(form.watch(server));
  const shown = tried?.typed === typed ? tried : null;
  const testNow = async () => {
    const input = typedServer(server, form.getValues());
    if (!input) return void (await form.trigger(server, { shouldFocus: true }));
    setTesting(true);
    try {
      setTried({ typed, report: await test(input), error: null });
    } catch (error) {
      const refused = refusedField(error);
      if (refused) form.setError(refused.path, { type: "refused", message: t(`stores.refused.${refused.field}`) }, { shouldFocus: true });
      setTried(refused ? null : { typed, report: null, error });
    }
    setTesting(false);
  };
  return (
    <ServerFields
      server={server}
      control={form.control}
      passwordKept={passwords?.[server] ?? false}
      readOnly={readOnly}
      action={
        <Button icon={<IconPlugConnected size={16} aria-hidden="true" />} busy={testing} onClick={() => void testNow()}>
          {testing ? t("stores.testing") : t(`stores.${server}.test`)}
        </Button>
      }
      report={
        <div role="status">
          {shown?.report && <ConnectionReport report={shown.report} />}
          {shown?.error ? <Notice tone="error">{words(shown.error).message}</Notice> : null}
        </div>
      }
    />
  );
}
