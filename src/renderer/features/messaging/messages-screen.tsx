/** Being written. */
export function Screen() {
  return null;
}
