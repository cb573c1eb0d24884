import { type Point, type Rect, snap } from "./geometry.ts";

export type Alignment = "left" | "centre" | "right" | "top" | "middle" | "bottom";
export type Axis = "horizontal" | "vertical";
export type Placed = Rect & { id: string };

export function align(placed: readonly Placed[], how: Alignment): Map<string, Point> {
  const left = Math.min(...placed.map(p => p.x));
  const top = Math.min(...placed.map(p => p.y));
  const right = Math.max(...placed.map(p => p.x + p.width));
  const bottom = Math.max(...placed.map(p => p.y + p.height));
  return new Map(placed.map(p => [p.id, moved(p)]));

  function moved(p: Placed): Point {
    switch (how) {
      case "left": return { x: left, y: p.y };
      case "right": return { x: right - p.width, y: p.y };
      case "centre": return { x: snap((left + right - p.width) / 2), y: p.y };
      case "top": return { x: p.x, y: top };
      case "bottom": return { x: p.x, y: bottom - p.height };
      case "middle": return { x: p.x, y: snap((top + bottom - p.height) / 2) };
    }
  }
}

/** The same gap between neighbours; the outermost stay where they are. */
export function distribute(placed: readonly Placed[], axis: Axis): Map<string, Point> {
  const at = axis === "horizontal" ? "x" : "y";
  const size = axis === "horizontal" ? "width" : "height";
  const sorted = [...placed].sort((a, b) => a[at] - b[at]);
  const first = sorted[0];
  const last = sorted.at(-1);
  if (!first || !last) return new Map();
  const free = last[at] + last[size] - first[at] - sorted.reduce((sum, p) => sum + p[size], 0);
  const gap = free / Math.max(1, sorted.length - 1);
  let next = first[at];
  return new Map(sorted.map(p => {
    const place = p === first || p === last ? p[at] : snap(next);
    next += p[size] + gap;
    return [p.id, { x: p.x, y: p.y, [at]: place }];
  }));
}
