import { useNavigate, useRouter, useRouterState } from "@tanstack/react-router";
import { useCallback } from "react";

/** The values after `?` in the address: the state of a screen that survives a reload and can be linked to. */
export type Search = Record<string, string | undefined>;

/** Go to a screen: `go("/patients", { patient: id })`. Undefined values leave the address. */
export function useGo(): (path: string, search?: Search, options?: { replace?: boolean }) => void {
  const navigate = useNavigate();
  return useCallback(
    (path, search = {}, options = {}) => {
      void navigate({ to: path, search: () => strip(search), replace: options.replace ?? false } as never);
    },
    [navigate],
  );
}

/** One value of the address and its setter; setting replaces the entry, so Back leaves the screen. */
export function useSearchValue(name: string): [string | undefined, (value: string | undefined) => void] {
  const router = useRouter();
  const search = useRouterState({ select: (state) => state.location.search as Search });
  const set = useCallback(
    (value: string | undefined) => {
      const now = router.state.location;
      void router.navigate({ to: now.pathname, search: () => strip({ ...(now.search as Search), [name]: value }), replace: true } as never);
    },
    [router, name],
  );
  const value = search[name];
  return [value === undefined ? undefined : String(value), set];
}

/** The path of the screen now. */
export function usePath(): string {
  return useRouterState({ select: (state) => state.location.pathname });
}

function strip(search: Search): Search {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== ""));
}
