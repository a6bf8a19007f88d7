export interface StyleFault {
  line: number;
  fault: string;
  text: string;
}

const PHYSICAL = [
  /(?:^|[;{\s])(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b/,
  /(?:^|[;{\s])border-(?:top|bottom)-(?:left|right)-radius\b/,
  /(?:^|[;{\s])(?:left|right)\s*:/,
  /text-align\s*:\s*(?:left|right)\b/,
  /(?:float|clear)\s*:\s*(?:left|right)\b/,
];
const COLOUR =
  /#[0-9a-f]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|oklch|lab|lch|color)\(|(?::|\s)(?:white|black|red|green|blue|gray|grey|orange|yellow)\s*[;,)]/i;
const PIXEL = /\b\d*\.?\d+(?:px|rem|em|pt)\b/;

/** What the stylesheets of screens may not hold: physical directions, colours and lengths of their own. Media conditions may name pixels. */
export function styleFaults(css: string): StyleFault[] {
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "));
  return bare.split("\n").flatMap((text, index) => {
    const at = { line: index + 1, text: text.trim() };
    const outside = text.replace(/@(?:media|container)[^{]*/, "");
    const faults: StyleFault[] = [];
    if (PHYSICAL.some((rule) => rule.test(outside))) faults.push({ ...at, fault: "physical direction" });
    if (COLOUR.test(outside.replace(/url\([^)]*\)/g, ""))) faults.push({ ...at, fault: "a colour of its own" });
    if (PIXEL.test(outside)) faults.push({ ...at, fault: "a length of its own" });
    return faults;
  });
}
