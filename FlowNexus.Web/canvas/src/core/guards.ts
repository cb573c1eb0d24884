import type { Graph } from "./graph.ts";

export interface Wish {
  from: string;
  port?: string;
  to: string;
  /** The edge that the wish replaces: it does not stand in its own way. */
  instead?: string;
}

/** Why this connection cannot be; null when it can. The words are shown and spoken as they are. */
export function whyNot(graph: Graph, wish: Wish): string | null {
  const from = graph.boxes.get(wish.from);
  const to = graph.boxes.get(wish.to);
  if (!from || !to) return "One end of this connection is no longer there.";
  if (to.kind === "trigger") return `${to.name} is a trigger: it starts the workflow and takes no input.`;
  if (from.kind === "trigger") return "A trigger starts every step that waits for no other; it needs no connection.";
  if (from.id === to.id) return `${from.name} cannot wait for itself.`;
  if (!wish.port && !from.hasPlainOut) return `${from.name} goes on by its paths only (${from.ports.map(port => port.label).join(", ")}): connect one of them.`;
  for (const edge of graph.edges.values()) {
    if (edge.id !== wish.instead && edge.from === wish.from && edge.to === wish.to && (edge.port ?? "") === (wish.port ?? ""))
      return `${to.name} already follows ${from.name}.`;
  }
  const way = path(graph, to.id, from.id, wish.instead);
  return way ? `That would close a circle: ${[from.id, ...way].map(id => graph.boxes.get(id)?.name ?? id).join(" → ")}.` : null;
}

/** The boxes that a connection from here may lead to. */
export function targets(graph: Graph, from: string, port?: string): string[] {
  const before = ancestors(graph, from);
  return [...graph.boxes.keys()].filter(to => !before.has(to) && whyNot(graph, { from, port, to }) === null);
}

/** The shortest way from one box to another along the edges, both ends included. */
export function path(graph: Graph, from: string, to: string, without?: string): string[] | null {
  const next = new Map<string, string[]>();
  for (const edge of graph.edges.values()) {
    if (edge.id === without) continue;
    const list = next.get(edge.from);
    if (list) list.push(edge.to);
    else next.set(edge.from, [edge.to]);
  }
  const cameFrom = new Map<string, string | null>([[from, null]]);
  const queue = [from];
  for (let i = 0; i < queue.length; i++) {
    const id = queue[i] as string;
    if (id === to) return trace(cameFrom, to);
    for (const step of next.get(id) ?? []) {
      if (cameFrom.has(step)) continue;
      cameFrom.set(step, id);
      queue.push(step);
    }
  }
  return null;
}

function trace(cameFrom: ReadonlyMap<string, string | null>, to: string): string[] {
  const way: string[] = [];
  for (let id: string | null | undefined = to; id; id = cameFrom.get(id)) way.unshift(id);
  return way;
}

function ancestors(graph: Graph, id: string): Set<string> {
  const before = new Map<string, string[]>();
  for (const edge of graph.edges.values()) {
    const list = before.get(edge.to);
    if (list) list.push(edge.from);
    else before.set(edge.to, [edge.from]);
  }
  const found = new Set<string>();
  const queue = [id];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const parent of before.get(next) ?? []) {
      if (found.has(parent)) continue;
      found.add(parent);
      queue.push(parent);
    }
  }
  return found;
}
