import { useEffect, useState } from "react";

/** The tokens that a picture is drawn with, as the page has them now. */
export interface Colours {
  canvas: string;
  surface: string;
  selected: string;
  line: string;
  text: string;
  quiet: string;
  accent: string;
  font: string;
  /** Width of a line, in pixels: more in high contrast. */
  thin: number;
  /** How long the view takes to move, in milliseconds; 0 where the system asks for less motion. */
  motion: number;
}

export function readColours(root: Element = document.documentElement): Colours {
  const computed = getComputedStyle(root);
  const token = (name: string) => computed.getPropertyValue(name).trim();
  const figure = (name: string) => Number.parseFloat(token(name)) || 0;
  return {
    canvas: token("--canvas"),
    surface: token("--surface"),
    selected: token("--selected"),
    line: token("--line-2"),
    text: token("--text"),
    quiet: token("--text-2"),
    accent: token("--accent"),
    font: token("--font"),
    thin: figure("--b1"),
    motion: figure("--move"),
  };
}

/** Resolves when the letters of the pictures are there: a canvas keeps what it drew with others before. */
export async function fontsReady(): Promise<void> {
  const { font } = readColours();
  await Promise.all([400, 600].map((weight) => document.fonts.load(`${weight} 12px ${font}`, "aب")));
}

/** The tokens now, and again when theme, contrast or the wish for less motion changes. */
export function useColours(): Colours {
  const [colours, setColours] = useState(readColours);
  useEffect(() => {
    const read = () => setColours(readColours());
    const watch = new MutationObserver(read);
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "data-contrast"] });
    const motion = matchMedia("(prefers-reduced-motion: reduce)");
    motion.addEventListener("change", read);
    return () => {
      watch.disconnect();
      motion.removeEventListener("change", read);
    };
  }, []);
  return colours;
}
