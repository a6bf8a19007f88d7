import styles from "./today.module.css";

const WIDTH = 100;
const HEIGHT = 20;
const EDGE = 3;

/** The course of a value, oldest at the left in every language; the figure beside it is what is read aloud. */
export function Sparkline({ values }: { values: readonly number[] }) {
  const least = Math.min(...values);
  const span = Math.max(...values) - least;
  const points = values.map((value, at) => {
    const x = EDGE + (at / Math.max(1, values.length - 1)) * (WIDTH - 2 * EDGE);
    const y = span === 0 ? HEIGHT / 2 : EDGE + (1 - (value - least) / span) * (HEIGHT - 2 * EDGE);
    return [x, y] as const;
  });
  const [lastX, lastY] = points.at(-1) ?? [0, 0];
  return (
    <svg className={styles.spark} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <polyline points={points.map(([x, y]) => `${x},${y}`).join(" ")} />
      <circle cx={lastX} cy={lastY} r={EDGE} />
    </svg>
  );
}
