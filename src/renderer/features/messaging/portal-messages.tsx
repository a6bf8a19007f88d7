/** Being written. */
export function Part() {
  return null;
}
