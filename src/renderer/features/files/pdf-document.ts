import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy, type PDFPageProxy } from "pdfjs-dist";
import workerUrl from "pdfjs-dist/build/pdf.worker.min.mjs?url";

export type { PDFDocumentProxy, PDFPageProxy };

GlobalWorkerOptions.workerSrc = workerUrl;

/** Opens a PDF from its address, fetching what is looked at. No scripts, forms or links of it run: pages are drawn, nothing else. */
export function openPdf(path: string): { document: Promise<PDFDocumentProxy>; close(): void } {
  const task = getDocument({
    url: path,
    // The page's policy lets no WebAssembly or evaluated code run; what needs it (JPEG 2000) stays undrawn.
    useWasm: false,
    enableXfa: false,
    useSystemFonts: true,
    maxImageSize: 64_000_000,
  });
  return { document: task.promise, close: () => void task.destroy() };
}

/** Draws a page on a canvas at `scale` device pixels a point; answers a function that stops it. */
export function drawPage(page: PDFPageProxy, canvas: HTMLCanvasElement, scale: number): () => void {
  const viewport = page.getViewport({ scale });
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  const task = page.render({ canvas, viewport });
  task.promise.catch(() => undefined);
  return () => task.cancel();
}

/** What the page says, for screen readers and search. */
export async function textOf(page: PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent();
  return items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join(" ");
}
