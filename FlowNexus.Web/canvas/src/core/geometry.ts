import type { Box } from "./graph.ts";

export interface Point {
  x: number;
  y: number;
}

export interface Rect extends Point {
  width: number;
  height: number;
}

export const boxWidth = 224;
export const boxHeight = 64;
export const portHeight = 24;
export const grid = 8;
export const columnGap = 80;
export const rowGap = 32;
export const portPadding = 8;

/** A box's size follows from its data, so that nothing has to be measured in the page. */
export function sizeOf(box: Pick<Box, "ports">): { width: number; height: number } {
  const ports = box.ports.length;
  return { width: boxWidth, height: boxHeight + (ports === 0 ? 0 : ports * portHeight + portPadding) };
}

/** Height of a port's middle, counted from the box's top. Without `index`: the plain way out and the way in. */
export function portY(index?: number): number {
  return index === undefined ? boxHeight / 2 : boxHeight + index * portHeight + portHeight / 2;
}

export function snap(value: number): number {
  return Math.round(value / grid) * grid;
}

export function bounds(rects: readonly Rect[]): Rect | null {
  if (rects.length === 0) return null;
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const rect of rects) {
    left = Math.min(left, rect.x);
    top = Math.min(top, rect.y);
    right = Math.max(right, rect.x + rect.width);
    bottom = Math.max(bottom, rect.y + rect.height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

export function overlaps(a: Rect, b: Rect, gap = 0): boolean {
  return a.x < b.x + b.width + gap && b.x < a.x + a.width + gap && a.y < b.y + b.height + gap && b.y < a.y + a.height + gap;
}
