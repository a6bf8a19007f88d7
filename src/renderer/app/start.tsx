import { DirectionContext, MantineProvider } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { Notifications } from "@mantine/notifications";
import { queryClient } from "@renderer/lib/api.ts";
import { useDirection } from "@renderer/lib/direction.ts";
import { usePreferences } from "@renderer/lib/preferences.ts";
import { theme } from "@renderer/ui/theme.ts";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startWords } from "./i18n/index.ts";
import { fillParts } from "./parts.ts";
import { router } from "./router.tsx";
import { connect } from "./transport.ts";

function followLook(page: Document): void {
  const show = () => {
    const { theme: ground, contrast } = usePreferences.getState();
    page.documentElement.dataset.theme = ground;
    page.documentElement.dataset.contrast = contrast;
  };
  show();
  usePreferences.subscribe(show);
}

// The language decides the direction; no component turns it on its own.
const ignore = () => undefined;

function App() {
  const ground = usePreferences((state) => state.theme);
  const direction = useDirection();
  // A phone has its ways on at the bottom edge: what is told comes over the greeting there.
  const narrow = useMediaQuery("(max-width: 560px)");
  const corner = direction === "rtl" ? "bottom-left" : "bottom-right";
  return (
    <DirectionContext value={{ dir: direction, setDirection: ignore, toggleDirection: ignore }}>
      <MantineProvider theme={theme} forceColorScheme={ground} withCssVariables={false} withGlobalClasses={false}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          <Notifications position={narrow ? "top-center" : corner} />
        </QueryClientProvider>
      </MantineProvider>
    </DirectionContext>
  );
}

/** Draws the application into the page. */
export async function start(page: Document): Promise<void> {
  followLook(page);
  connect();
  fillParts();
  await startWords(page);
  const host = page.getElementById("root");
  if (!host) throw new Error("the page has no #root");
  createRoot(host).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
