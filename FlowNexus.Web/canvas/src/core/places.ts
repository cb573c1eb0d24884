import { boxWidth, columnGap, overlaps, type Point, type Rect, rowGap, sizeOf, snap } from "./geometry.ts";
import type { Box, Graph } from "./graph.ts";
import { layout } from "./layout.ts";

/** Where each box stands: where the document says, else where it stood, else beside what it follows. */
export function places(graph: Graph, known: ReadonlyMap<string, Point>): Map<string, Point> {
  const result = new Map<string, Point>();
  const homeless: Box[] = [];
  for (const box of graph.boxes.values()) {
    if (box.x != null && box.y != null) result.set(box.id, { x: box.x, y: box.y });
    else if (known.has(box.id)) result.set(box.id, known.get(box.id) as Point);
    else homeless.push(box);
  }
  if (homeless.length === 0) return result;
  if (result.size === 0) return layout(graph);
  const drawn = homeless.length > 3 ? layout(graph) : null;
  const taken = [...result].map(([id, point]): Rect => ({ ...point, ...sizeOf(graph.boxes.get(id)!) }));
  for (const box of homeless) {
    const place = freePlace(box, wished(graph, box, result, drawn), taken);
    result.set(box.id, place);
    taken.push({ ...place, ...sizeOf(box) });
  }
  return result;
}

function wished(graph: Graph, box: Box, placed: ReadonlyMap<string, Point>, drawn: ReadonlyMap<string, Point> | null): Point {
  for (const edge of graph.edges.values()) {
    const before = edge.to === box.id ? placed.get(edge.from) : undefined;
    if (before) return { x: before.x + boxWidth + columnGap, y: before.y };
    const after = edge.from === box.id ? placed.get(edge.to) : undefined;
    if (after) return { x: after.x - boxWidth - columnGap, y: after.y };
  }
  const own = drawn?.get(box.id);
  if (own) return own;
  const points = [...placed.values()];
  return box.kind === "trigger"
    ? { x: Math.min(...points.map(p => p.x)), y: Math.max(...points.map(p => p.y)) }
    : { x: Math.max(...points.map(p => p.x)) + boxWidth + columnGap, y: Math.min(...points.map(p => p.y)) };
}

function freePlace(box: Box, wish: Point, taken: readonly Rect[]): Point {
  const size = sizeOf(box);
  const place = { x: snap(wish.x), y: snap(wish.y) };
  for (;;) {
    const wall = taken.find(rect => overlaps({ ...place, ...size }, rect, rowGap / 2));
    if (!wall) return place;
    place.y = snap(wall.y + wall.height + rowGap);
  }
}
