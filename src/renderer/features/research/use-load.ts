import { useCallback, useState } from "react";
import { isUnsaved, type Loaded, useConsole } from "./console-store.ts";

/** Puts a query into the editor; asks first where that would lose text that is kept nowhere. */
export type LoadQuery = (query: Loaded, then?: () => unknown) => void;

interface Asked {
  query: Loaded;
  then: () => unknown;
}

/** Loading a query, with the question that stands before losing one. */
export function useLoad(onLoaded: () => void) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const act = useCallback(
    ({ query, then }: Asked) => {
      useConsole.getState().load(query);
      setAsked(null);
      onLoaded();
      then();
    },
    [onLoaded],
  );
  const load = useCallback<LoadQuery>(
    (query, then = () => undefined) => {
      if (isUnsaved(useConsole.getState())) setAsked({ query, then });
      else act({ query, then });
    },
    [act],
  );
  return { load, asked: asked !== null, confirm: () => asked && act(asked), dismiss: () => setAsked(null) };
}
