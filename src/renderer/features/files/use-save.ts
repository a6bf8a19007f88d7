import { saveFile } from "@renderer/lib/download.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { toast } from "@renderer/ui/index.ts";
import { useTranslation } from "react-i18next";

/** Saves a file to disk; says so when that was refused. */
export function useSave(): (fileId: string) => void {
  const { t } = useTranslation("files");
  const words = useErrorWords();
  return (fileId) => {
    saveFile(fileId).then(
      (saved) => saved || toast(t("purged")),
      (error: unknown) => toast(words(error).message),
    );
  };
}
