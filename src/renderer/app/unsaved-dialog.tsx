import { useUnsavedBlocker } from "@renderer/lib/unsaved.ts";
import { Button, Dialog, FormActions } from "@renderer/ui/index.ts";
import { useTranslation } from "react-i18next";

/** Asks before unsaved work is left behind, and names it. */
export function UnsavedDialog() {
  const { t } = useTranslation();
  const { blocker, names } = useUnsavedBlocker();
  if (blocker.status !== "blocked") return null;
  return (
    <Dialog title={t("unsaved.title")} onClose={blocker.reset}>
      <p>{t("unsaved.words", { names: names.join(", ") })}</p>
      <FormActions>
        <Button variant="primary" onClick={blocker.reset}>
          {t("unsaved.stay")}
        </Button>
        <Button variant="danger" onClick={blocker.proceed}>
          {t("unsaved.leave")}
        </Button>
      </FormActions>
    </Dialog>
  );
}
