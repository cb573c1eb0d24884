import type { Point } from "./geometry.ts";
import { type Graph, incoming, outgoing } from "./graph.ts";

export type Direction = "left" | "right" | "up" | "down";

/** From a box to the next one: sideways along the connections, up and down to the nearest in the drawing. */
export function walk(graph: Graph, places: ReadonlyMap<string, Point>, id: string, direction: Direction): string | null {
  const here = places.get(id);
  if (!here) return null;
  if (direction === "right" || direction === "left") {
    const linked = direction === "right" ? outgoing(graph, id).map(edge => edge.to) : incoming(graph, id).map(edge => edge.from);
    return nearest(linked, other => Math.abs(other.y - here.y)) ?? nearest(places.keys(), other => beside(here, other, direction));
  }
  return nearest(places.keys(), other => {
    const away = direction === "down" ? other.y - here.y : here.y - other.y;
    return away <= 0 ? null : away + 2 * Math.abs(other.x - here.x);
  });

  function nearest(ids: Iterable<string>, distance: (other: Point) => number | null): string | null {
    let best: string | null = null;
    let least = Infinity;
    for (const other of ids) {
      const point = other === id ? undefined : places.get(other);
      const far = point ? distance(point) : null;
      if (far === null || far >= least) continue;
      best = other;
      least = far;
    }
    return best;
  }
}

function beside(here: Point, other: Point, direction: "left" | "right"): number | null {
  const away = direction === "right" ? other.x - here.x : here.x - other.x;
  return away <= 0 ? null : away + 2 * Math.abs(other.y - here.y);
}

/** The order of the Tab key: columns from the left, each from the top. */
export function readingOrder(places: ReadonlyMap<string, Point>): string[] {
  return [...places].sort(([, a], [, b]) => a.x - b.x || a.y - b.y).map(([id]) => id);
}
