import { toAppError } from "@renderer/lib/api.ts";
import { filePath } from "@renderer/lib/download.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { ErrorState, Num, Skeleton } from "@renderer/ui/index.ts";
import type { AppError } from "@shared/define.ts";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./files.module.css";
import { drawPage, openPdf, type PDFDocumentProxy, type PDFPageProxy, textOf } from "./pdf-document.ts";

/** The pages of a PDF one below the other, drawn as they come into sight, with their text for screen readers. */
export function PdfPages({ fileId, filename }: { fileId: string; filename: string }) {
  const { t } = useTranslation("files");
  const words = useErrorWords();
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null);
  const [problem, setProblem] = useState<AppError | "damaged" | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    let close = () => {};
    const open = async () => {
      const path = await filePath(fileId, stop.signal);
      if (path === null || stop.signal.aborted) return;
      const task = openPdf(path);
      close = task.close;
      setPdf(await task.document.catch(() => Promise.reject(new Damaged())));
    };
    open().catch((error: unknown) => {
      if (!stop.signal.aborted) setProblem(error instanceof Damaged ? "damaged" : toAppError(error));
    });
    return () => {
      stop.abort();
      close();
    };
  }, [fileId]);
  if (problem === "damaged") return <ErrorState message={t("pdf.damaged")} />;
  if (problem) return <ErrorState {...words(problem)} />;
  if (!pdf) return <Skeleton lines={10} tall />;
  return (
    // Reachable by Tab, so that the keyboard scrolls the pages.
    <section className={styles.pages} tabIndex={0} aria-label={filename} data-testid="pdf-pages">
      {Array.from({ length: pdf.numPages }, (_, index) => (
        <PdfPage
          key={index}
          pdf={pdf}
          number={index + 1}
          label={t("pdf.page", { number: index + 1, total: pdf.numPages, name: filename })}
        />
      ))}
      <p className={styles.small}>
        <Num>{t("pdf.pages", { count: pdf.numPages })}</Num>
      </p>
    </section>
  );
}

class Damaged extends Error {}

/** Points of a page to CSS pixels: a page as wide as a panel and a half on any screen. */
const CSS_SCALE = 1.4;

function PdfPage({ pdf, number, label }: { pdf: PDFDocumentProxy; number: number; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLElement>(null);
  const [page, setPage] = useState<PDFPageProxy | null>(null);
  const [text, setText] = useState("");
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let gone = false;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        void pdf.getPage(number).then((found) => gone || setPage(found));
      },
      { rootMargin: "100%" },
    );
    observer.observe(element);
    return () => {
      gone = true;
      observer.disconnect();
    };
  }, [pdf, number]);
  useEffect(() => {
    if (!page || !canvas.current) return;
    void textOf(page).then(setText);
    return drawPage(page, canvas.current, CSS_SCALE * globalThis.devicePixelRatio);
  }, [page]);
  return (
    <section ref={frame} className={styles.page} aria-label={label}>
      <canvas ref={canvas} className={styles.canvas} role="img" aria-label={label} />
      <p className="visually-hidden" dir="auto">
        {text}
      </p>
    </section>
  );
}
