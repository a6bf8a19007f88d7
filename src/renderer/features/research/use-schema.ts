import { callRoute, queryClient, routeKey, useRouteQuery } from "@renderer/lib/api.ts";
import { useMutation } from "@tanstack/react-query";
import { useMemo } from "react";
import type { EditorSchema } from "./editor/worker-messages.ts";
import type { Schema } from "./types.ts";

/** The schema of the snapshot, and the act that takes a new one. */
export function useSchema() {
  const query = useRouteQuery("research", "getSchema", {}, { staleTime: Number.POSITIVE_INFINITY });
  const refresh = useMutation({
    mutationFn: () => callRoute("research", "getSchema", { refresh: true }),
    onSuccess: (schema) => queryClient.setQueryData(routeKey("research", "getSchema", {}), schema),
  });
  const editor = useMemo(() => (query.data ? editorSchema(query.data) : null), [query.data]);
  return { query, refresh, schema: query.data ?? null, editor, readAt: query.dataUpdatedAt };
}

/** What completion needs of the schema: names; what is hidden is not offered. */
function editorSchema({ labels, relationships, functions, procedures }: Schema): EditorSchema {
  const properties = [...labels, ...relationships].flatMap((owner) => owner.properties);
  const visible = properties.filter(({ visibility }) => visibility !== "hidden").map(({ name }) => name);
  return {
    labels: labels.map(({ name }) => name),
    relationshipTypes: relationships.map(({ type }) => type),
    propertyKeys: [...new Set(visible)].toSorted(),
    functions,
    procedures,
    paths: relationships.flatMap(({ type, from, to }) =>
      from.flatMap((start) => to.map((end) => ({ from: start, relType: type, to: end }))),
    ),
  };
}
