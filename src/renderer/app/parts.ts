import { fetchModule } from "@renderer/lib/fetch-module.ts";
import { type PartName, type PartProps, type Parts, setParts } from "@renderer/lib/parts.tsx";
import { type ComponentType, lazy } from "react";

type Module<N extends PartName> = Promise<{ Part: ComponentType<PartProps[N]> }>;

function part<N extends PartName>(load: () => Module<N>): ComponentType<PartProps[N]> {
  return lazy(async () => ({ default: (await fetchModule(load)).Part as ComponentType<object> })) as unknown as ComponentType<PartProps[N]>;
}

/** Which feature fills which part; each is fetched when it is first shown. */
const PARTS: Parts = {
  "chart.files": part<"chart.files">(() => import("../features/files/chart-files.tsx")),
  "chart.filesButton": part<"chart.filesButton">(() => import("../features/files/chart-files-button.tsx")),
  "portal.files": part<"portal.files">(() => import("../features/files/portal-files.tsx")),
  "portal.messages": part<"portal.messages">(() => import("../features/messaging/portal-messages.tsx")),
  "clinic.fileLimits": part<"clinic.fileLimits">(() => import("../features/files/file-limits.tsx")),
  "staff.identityGrant": part<"staff.identityGrant">(() => import("../features/research/identity-grant.tsx")),
  "messaging.chartPhotos": part<"messaging.chartPhotos">(() => import("../features/files/chart-photos.tsx")),
  "system.servers": part<"system.servers">(() => import("../features/system/servers-form.tsx")),
  "shell.bell": part<"shell.bell">(() => import("../features/notifications/bell.tsx")),
};

export function fillParts(): void {
  setParts(PARTS);
}
