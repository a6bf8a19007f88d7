interface Chart<V, A> {
  encounters: readonly V[];
  appointments: readonly A[];
}

const COMING: readonly string[] = ["booked", "arrived"];

/** The last visit that began, and the next that is booked, of what the chart's first page tells. */
export function visitsOf<V extends { startedAt: string }, A extends { startsAt: string; status: string; encounterId: string | null }>(
  { encounters, appointments }: Chart<V, A>,
  now: string,
): { last: V | undefined; next: A | undefined } {
  const coming = appointments.filter(
    ({ status, startsAt, encounterId }) => COMING.includes(status) && encounterId === null && startsAt >= now,
  );
  return {
    last: [...encounters].sort((a, b) => b.startedAt.localeCompare(a.startedAt))[0],
    next: coming.sort((a, b) => a.startsAt.localeCompare(b.startsAt))[0],
  };
}
