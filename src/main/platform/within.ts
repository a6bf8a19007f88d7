/**
 * The answer, or after so many milliseconds what `late` says (or throws). Whoever was asked goes on: its later answer is nobody's, and its
 * later failure no unhandled one.
 */
export async function within<T>(milliseconds: number, answer: PromiseLike<T>, late: () => T): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, Math.max(0, milliseconds));
  try {
    return await Promise.race([answer, promise.then(late)]);
  } finally {
    clearTimeout(timer);
  }
}
