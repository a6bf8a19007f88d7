import type { GraphEdge, GraphNode, GraphPicture } from "@shared/contract/research.ts";

const node = (id: string, label: string, properties: GraphNode["properties"]): GraphNode => ({
  id,
  labels: label ? [label] : [],
  properties,
});
const edge = (id: string, from: string, type: string, to: string): GraphEdge => ({
  id,
  from,
  to,
  type,
  properties: { since: "2026-11-01" },
});

/** Patients, their allergies and the classes of what they take, with captions that try to break out. */
export function clinicGraph(): GraphPicture {
  return {
    nodes: [
      node("1", "Patient", { id: "P•••82", familyName: "•••", birthDate: "1961" }),
      node("2", "Patient", { id: "P•••17", region: "north" }),
      node("3", "Prescription", { id: "R•••15", status: "active" }),
      node("4", "Drug", { name: "Augmentin 625", code: "J01CR02" }),
      node("5", "Substance", { name: "penicillin G" }),
      node("6", "Substance", { name: "</text><script>alert(1)</script>" }),
      node("7", "DrugClass", { name: "بنسلينات" }),
      node("8", "Ward", { name: "Third floor" }),
      node("9", "Doctor", { name: "\u202edetrevni" }),
      node("10", "Appointment", { id: "A000045", status: "booked" }),
      node("11", "Encounter", { id: "E000012" }),
      node("12", "", { key: "no label" }),
    ],
    edges: [
      edge("1", "1", "ALLERGIC_TO", "5"),
      edge("2", "1", "HAS_PRESCRIPTION", "3"),
      edge("3", "3", "FOR", "4"),
      edge("4", "4", "CONTAINS", "6"),
      edge("5", "5", "IN_CLASS", "7"),
      edge("6", "6", "IN_CLASS", "7"),
      edge("7", "2", "ALLERGIC_TO", "5"),
      edge("8", "9", "TREATS", "2"),
      edge("9", "9", "HAS_APPOINTMENT", "10"),
      edge("10", "2", "HAS_APPOINTMENT", "10"),
      edge("11", "10", "HAS_ENCOUNTER", "11"),
      edge("12", "5", "INTERACTS_WITH", "6"),
      edge("13", "6", "INTERACTS_WITH", "5"),
      edge("14", "8", "NEXT_TO", "8"),
      edge("15", "12", "KNOWS", "8"),
    ],
  };
}

/** What comes in around a node: three more that are not there yet, and one that is. */
export function neighboursOf(id: string): GraphPicture & { truncated: boolean } {
  const fresh = ["a", "b", "c"].map((letter) => node(`${id}${letter}`, "Observation", { kind: `pulse ${letter}` }));
  return {
    nodes: [...fresh, node("1", "Patient", { id: "P•••82" })],
    edges: fresh.map((other) => edge(`${id}-${other.id}`, id, "HAS_OBSERVATION", other.id)),
    truncated: true,
  };
}

const LABELS = ["Patient", "Appointment", "Encounter", "Observation", "Condition", "Substance"];

/** A graph of any size, the same each time: a tree of visits with links across it. */
export function largeGraph(nodes: number, edges: number): GraphPicture {
  const across = (at: number) => String(Math.floor((((at * 2654435761) % 4294967296) / 4294967296) * nodes));
  return {
    nodes: Array.from({ length: nodes }, (_, at) =>
      node(String(at), LABELS[at % LABELS.length] ?? "", { id: `N${String(at).padStart(6, "0")}` }),
    ),
    edges: Array.from({ length: edges }, (_, at) =>
      at < nodes - 1
        ? edge(String(at), String(Math.floor(at / 3)), "HAS_APPOINTMENT", String(at + 1))
        : edge(String(at), across(at), "HAS_CONDITION", across(at + 7)),
    ),
  };
}
