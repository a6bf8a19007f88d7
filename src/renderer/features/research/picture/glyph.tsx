import { IconCircleDashed } from "@tabler/icons-react";
import { ICONS, type IconName } from "./icons.ts";
import { fixedOutline } from "./labels.ts";
import { OUTLINES, type OutlineName, outlinePath } from "./outlines.ts";

/** A label's shape beside its name, in the colour of the text; with its icon where it is drawn large. */
export function Glyph({ outline, icon = null, size = 16 }: { outline: OutlineName; icon?: IconName | null; size?: number }) {
  const height = OUTLINES[outline].aspect > 1 ? (size - 2) / OUTLINES[outline].aspect : size - 2;
  return (
    <svg width={size} height={size} viewBox={`0 0 ${size} ${size}`} fill="none" stroke="currentColor" strokeWidth={1.5} aria-hidden="true">
      <path d={outlinePath(outline, size / 2, size / 2, height)} />
      {icon && <path d={ICONS[icon]} transform={`translate(${size / 4} ${size / 4}) scale(${size / 48})`} />}
    </svg>
  );
}

/** The shape that a label has in every picture; a dashed circle for one that takes its shape from the picture it comes in. */
export function LabelGlyph({ label }: { label: string }) {
  const outline = fixedOutline(label);
  return outline ? <Glyph outline={outline} /> : <IconCircleDashed size={16} aria-hidden="true" />;
}
