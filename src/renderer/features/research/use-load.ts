import { useCallback, useState } from "react";
import { isUnsaved, type Loaded, useConsole } from "./console-store.ts";

/** Puts a query into the editor; asks first where that would lose text that is kept nowhere. */
export type LoadQuery = (query: Loaded, after?: () => unknown) => void;

interface Asked {
  query: Loaded;
  after: () => unknown;
}

/** Loading a query, with the question that stands before losing one. */
export function useLoad(onLoaded: () => void) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const act = useCallback(
    ({ query, after }: Asked) => {
      useConsole.getState().load(query);
      setAsked(null);
      onLoaded();
      after();
    },
    [onLoaded],
  );
  const load = useCallback<LoadQuery>(
    (query, after = () => undefined) => {
      if (isUnsaved(useConsole.getState())) setAsked({ query, after });
      else act({ query, after });
    },
    [act],
  );
  return { load, asked: asked !== null, confirm: () => asked && act(asked), dismiss: () => setAsked(null) };
}
