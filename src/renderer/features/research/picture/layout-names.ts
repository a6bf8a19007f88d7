/** Ways to lay out a picture. */
export const LAYOUTS = ["force", "hierarchy", "concentric", "circle", "grid"] as const;
export type LayoutName = (typeof LAYOUTS)[number];
