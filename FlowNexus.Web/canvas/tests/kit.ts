import type { Box, Edge, Graph, Group, Note } from "../src/core/graph.ts";

export function box(id: string, more: Partial<Box> = {}): Box {
  return { id, kind: "step", name: id, type: "agent", family: "agent", glyph: "Agent", badges: [], ports: [], hasPlainOut: true, ...more };
}

/** A graph from words such as `a > b` and `a.then > c`. */
export function graph(edges: string, more: { boxes?: Box[]; notes?: Note[]; groups?: Group[] } = {}): Graph {
  const boxes = new Map<string, Box>((more.boxes ?? []).map(b => [b.id, b]));
  const links = new Map<string, Edge>();
  for (const word of edges.split(",").map(w => w.trim()).filter(Boolean)) {
    const [left = "", to] = word.split(">").map(w => w.trim());
    const [from = "", port] = left.split(".");
    for (const id of [from, ...(to ? [to] : [])]) if (!boxes.has(id)) boxes.set(id, box(id));
    if (to) links.set(word, { id: word, from, ...(port ? { port } : {}), to, kind: port ? "branch" : "flow" });
  }
  return { boxes, edges: links, notes: new Map((more.notes ?? []).map(n => [n.id, n])), groups: new Map((more.groups ?? []).map(g => [g.id, g])) };
}

export function numbered(count: number): Graph {
  return graph(Array.from({ length: count - 1 }, (_, i) => `s${Math.max(0, i - (i * 7919) % 12)} > s${i + 1}`).join(","));
}
