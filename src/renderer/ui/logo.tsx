import { IconTrees } from "@tabler/icons-react";

/** The mark of the application. */
export function Logo({ size = 24 }: { size?: number }) {
  return <IconTrees size={size} stroke={1.75} color="var(--accent)" aria-hidden="true" />;
}
