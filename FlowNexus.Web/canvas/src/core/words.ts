import type { Box, Edge, Graph, Group } from "./graph.ts";
import type { Status } from "./status.ts";

const changes = { added: "added", removed: "removed", changed: "changed" };

/** What a screen reader says of a box: name, type, second line, badges, problem, status. */
export function boxWords(box: Box, status: Status | undefined, statusTitle: (status: string) => string): string {
  return [
    box.name,
    box.typeTitle ?? box.type.replaceAll("_", " "),
    box.line,
    ...box.badges.map(badge => badge.text),
    box.change && changes[box.change],
    box.problem && `${box.problemLevel === "error" ? "error" : "warning"}: ${box.problem}`,
    status && statusTitle(status.status).toLowerCase(),
    status?.attempt && status.attempt > 1 ? `attempt ${status.attempt}` : null,
    status?.text,
  ].filter(Boolean).join(", ");
}

export function edgeWords(graph: Graph, edge: Edge): string {
  const name = (id: string) => graph.boxes.get(id)?.name ?? id;
  const port = graph.boxes.get(edge.from)?.ports.find(p => p.id === edge.port)?.label;
  return `${name(edge.from)} to ${name(edge.to)}${port ? `, ${port}` : ""}${edge.path === "taken" ? ", taken" : edge.path === "not_taken" ? ", not taken" : ""}`;
}

export function groupWords(group: Group): string {
  return `${group.label || "Group"}, ${counted(group.boxes.length, "step")}${group.collapsed ? ", collapsed" : ""}`;
}

export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
