import { type Box, type Edge, emptyGraph, type Graph, type Group, type Note } from "./graph.ts";

export interface Position {
  id: string;
  x: number;
  y: number;
}

/** The way from one version of the graph to the next; with `full` from nothing. */
export interface Patch {
  base: number;
  version: number;
  full: boolean;
  boxes?: Box[];
  positions?: Position[];
  edges?: Edge[];
  notes?: Note[];
  groups?: Group[];
  removed?: string[];
}

export function applyPatch(graph: Graph, patch: Patch): Graph {
  const from = patch.full ? emptyGraph : graph;
  const removed = patch.removed ?? [];
  const boxes = changed(from.boxes, patch.boxes, removed);
  return {
    boxes: patch.positions?.length ? moved(boxes, patch.positions) : boxes,
    edges: changed(from.edges, patch.edges, removed),
    notes: changed(from.notes, patch.notes, removed),
    groups: changed(from.groups, patch.groups, removed),
  };
}

function changed<T extends { id: string }>(items: ReadonlyMap<string, T>, put: readonly T[] | undefined, removed: readonly string[]): ReadonlyMap<string, T> {
  const gone = removed.filter(id => items.has(id));
  if (!put?.length && gone.length === 0) return items;
  const next = new Map(items);
  for (const id of gone) next.delete(id);
  for (const item of put ?? []) next.set(item.id, item);
  return next;
}

function moved(boxes: ReadonlyMap<string, Box>, positions: readonly Position[]): ReadonlyMap<string, Box> {
  const next = new Map(boxes);
  for (const { id, x, y } of positions) {
    const box = next.get(id);
    if (box) next.set(id, { ...box, x, y });
  }
  return next;
}
