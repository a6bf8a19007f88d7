import { callRoute, routeKey } from "@renderer/lib/api.ts";
import type { AppError } from "@shared/define.ts";
import { type InfiniteData, useInfiniteQuery } from "@tanstack/react-query";
import type { Chart } from "./types.ts";

const PAGE = 20;

/** The chart with as many pages of its timeline as were asked for; the newest page says who the patient is. */
export function useChart(patientId: string) {
  const query = useInfiniteQuery<Chart, AppError, InfiniteData<Chart, number>, unknown[], number>({
    queryKey: routeKey("patients", "getChart", { patientId, pages: true }),
    queryFn: ({ pageParam, signal }) => callRoute("patients", "getChart", { patientId, page: pageParam, pageSize: PAGE }, signal),
    initialPageParam: 1,
    getNextPageParam: (last, pages) => (last.encounterTotal > pages.length * PAGE ? pages.length + 1 : undefined),
  });
  const pages = query.data?.pages;
  const first = pages?.[0];
  const chart: Chart | undefined = first && {
    ...first,
    encounters: distinct(pages.flatMap(({ encounters }) => encounters)),
    observations: distinct(pages.flatMap(({ observations }) => observations)),
    notes: distinct(pages.flatMap(({ notes }) => notes)),
    appointments: distinct(pages.flatMap(({ appointments }) => appointments)),
  };
  return { query, chart };
}

// A visit that began between the reading of two pages moves the last of one to the first of the next.
function distinct<T extends { id: string }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

export type ChartQuery = ReturnType<typeof useChart>["query"];
