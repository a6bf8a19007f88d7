// The picture of the research console on a page of its own: the address says what it shows, and nothing is fetched.
import "../../../src/renderer/app/zod-setup.ts";
import "../../../src/renderer/ui/styles.ts";
import { DirectionContext, MantineProvider } from "@mantine/core";
import { startWords } from "@renderer/app/i18n/index.ts";
import { Picture } from "@renderer/features/research/picture/picture.tsx";
import { useDirection } from "@renderer/lib/direction.ts";
import { usePreferences } from "@renderer/lib/preferences.ts";
import { theme } from "@renderer/ui/theme.ts";
import { Suspense, useState } from "react";
import { createRoot } from "react-dom/client";
import { clinicGraph, largeGraph, neighboursOf } from "./graphs.ts";

const asked = new URLSearchParams(location.search);
const count = Number(asked.get("nodes") ?? 0);
const graph = count > 0 ? largeGraph(count, Number(asked.get("edges") ?? count)) : clinicGraph();
const highlighted = asked.get("highlighted")?.split(",") ?? [];
const ignore = () => undefined;

function Shown() {
  const [selected, select] = useState<string | null>(null);
  const ground = usePreferences((state) => state.theme);
  const direction = useDirection();
  return (
    <DirectionContext value={{ dir: direction, setDirection: ignore, toggleDirection: ignore }}>
      <MantineProvider theme={theme} forceColorScheme={ground} withCssVariables={false} withGlobalClasses={false}>
        <Suspense fallback={null}>
          <main style={{ blockSize: "100vh" }} data-selected={selected ?? ""}>
            <Picture
              graph={graph}
              truncated={count >= 5000}
              masked
              title="Allergy reached by class <b>&"
              selected={selected}
              onSelect={select}
              highlighted={highlighted}
              onExpand={async (nodeId) => neighboursOf(nodeId)}
            />
          </main>
        </Suspense>
      </MantineProvider>
    </DirectionContext>
  );
}

const { theme: ground, contrast } = usePreferences.getState();
document.documentElement.dataset.theme = ground;
document.documentElement.dataset.contrast = contrast;
await startWords(document);
const root = document.getElementById("root");
if (root) createRoot(root).render(<Shown />);
