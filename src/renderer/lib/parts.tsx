import { type ComponentType, type ReactNode, Suspense } from "react";
import type { RouteInput, RouteOutput } from "./contract-types.ts";

/** What is known of the clinic's servers: all but the passwords. */
export type KnownServers = Pick<RouteOutput<"system", "getConfiguration">, "neo4j" | "mongodb">;

/** Parts that a screen shows of another feature, with what they are told. A feature never imports another: the application fills these. */
export interface PartProps {
  /** A patient's files in the chart: of one visit where it is named, with its findings to link to. */
  "chart.files": { patientId: string; encounterId?: string; onClose(): void };
  /** How many files the patient has, as the button that opens them. */
  "chart.filesButton": { patientId: string; pressed: boolean; onPress(): void };
  /** The patient's own files, in the portal. */
  "portal.files": { patientId: string };
  /** The patient's own conversations, in the portal. */
  "portal.messages": { patientId: string };
  /** What may be uploaded, in the clinic's settings. */
  "clinic.fileLimits": object;
  /** Whether a researcher may see identities, in the person's panel. */
  "staff.identityGrant": { userId: string };
  /** The pictures of one patient that are in their chart, in a conversation's panel. */
  "messaging.chartPhotos": { patientId: string };
  /** How both servers of the clinic are reached, to be tried and kept; `save` answers whether it was done. */
  "system.servers": {
    known?: KnownServers;
    /** Which passwords are kept already. */
    passwords?: { neo4j: boolean; mongodb: boolean };
    readOnly?: boolean;
    /** What the main button says. */
    submit: string;
    test(input: RouteInput<"system", "testConnection">): Promise<RouteOutput<"system", "testConnection">>;
    save(servers: RouteInput<"setup", "joinServers">): Promise<boolean>;
    /** Beside the main button. */
    end?: ReactNode;
  };
  /** The bell with what was told, in the bars of shell and portal. */
  "shell.bell": object;
}
export type PartName = keyof PartProps;
export type Parts = { [N in PartName]: ComponentType<PartProps[N]> };

let parts: Parts | null = null;

/** Given once by the application before the first screen. */
export function setParts(given: Parts): void {
  parts = given;
}

/** Shows a part of another feature; nothing while it is fetched. */
export function Part<N extends PartName>({ name, ...props }: { name: N } & PartProps[N]) {
  if (!parts) throw new Error("no parts yet");
  const Shown = parts[name] as ComponentType<object>;
  return (
    <Suspense fallback={null}>
      <Shown {...props} />
    </Suspense>
  );
}
