import { createHashHistory, createRootRoute, createRoute, createRouter } from "@tanstack/react-router";
import { BareFrame, FrontFrame, ShellFrame } from "./frames.tsx";
import { Guard, Home, Missing } from "./guard.tsx";
import { Root } from "./root.tsx";
import { SCREENS } from "./screens.tsx";

const root = createRootRoute({ component: Root, notFoundComponent: Missing });

const home = createRoute({ getParentRoute: () => root, path: "/", component: Home });

const FRAMES = { shell: ShellFrame, front: FrontFrame, bare: BareFrame } as const;

const screens = SCREENS.map((screen) =>
  createRoute({
    getParentRoute: () => root,
    path: screen.path,
    component: () => <Guard screen={screen} frame={FRAMES[screen.frame]} />,
  }),
);

/** The screens behind the hash, which works for `app://` and http alike. Values of the address stay plain strings. */
export const router = createRouter({
  routeTree: root.addChildren([home, ...screens]),
  history: createHashHistory(),
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (values) => {
    const text = new URLSearchParams(
      Object.entries(values as Record<string, unknown>).map(([key, value]) => [key, String(value)]),
    ).toString();
    return text ? `?${text}` : "";
  },
});
