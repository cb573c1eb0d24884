import { boxWidth, columnGap, type Point, rowGap, sizeOf, snap } from "./geometry.ts";
import type { Graph } from "./graph.ts";

const sweeps = 6;

/**
 * A layered drawing in time near linear: every box one column after the last of those it follows, the order within a
 * column by the middle of its neighbours, then each box as near to them as the others let it.
 */
export function layers(graph: Graph): Map<string, Point> {
  const next = neighbours(graph, "from", "to");
  const before = neighbours(graph, "to", "from");
  const columns = ranked(graph, next, before);
  const row = new Map<string, number>();
  for (const column of columns) column.forEach((id, index) => row.set(id, index));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const forward = sweep % 2 === 0;
    const links = forward ? before : next;
    for (const column of forward ? columns : [...columns].reverse()) {
      const middle = new Map(column.map(id => [id, mean(links.get(id), row) ?? (row.get(id) as number)]));
      column.sort((a, b) => (middle.get(a) as number) - (middle.get(b) as number));
      column.forEach((id, index) => row.set(id, index));
    }
  }
  return placed(graph, columns, before, next);
}

function neighbours(graph: Graph, key: "from" | "to", value: "from" | "to"): Map<string, string[]> {
  const map = new Map<string, string[]>([...graph.boxes.keys()].map(id => [id, []]));
  for (const edge of graph.edges.values()) {
    if (graph.boxes.has(edge[key]) && graph.boxes.has(edge[value])) (map.get(edge[key]) as string[]).push(edge[value]);
  }
  return map;
}

function ranked(graph: Graph, next: ReadonlyMap<string, string[]>, before: ReadonlyMap<string, string[]>): string[][] {
  const rank = new Map<string, number>();
  const open = new Map([...before].map(([id, list]) => [id, list.length]));
  const queue = [...graph.boxes.keys()].filter(id => open.get(id) === 0);
  for (let i = 0; i < queue.length; i++) {
    const id = queue[i] as string;
    const own = rank.get(id) ?? 0;
    rank.set(id, own);
    for (const step of next.get(id) ?? []) {
      rank.set(step, Math.max(rank.get(step) ?? 0, own + 1));
      const left = (open.get(step) as number) - 1;
      open.set(step, left);
      if (left === 0) queue.push(step);
    }
  }
  const columns: string[][] = [];
  // A draft may hold a circle: its boxes are in no order and stand in the first column.
  for (const id of graph.boxes.keys()) (columns[rank.get(id) ?? 0] ??= []).push(id);
  return Array.from(columns, column => column ?? []);
}

function mean(ids: readonly string[] | undefined, at: ReadonlyMap<string, number>): number | null {
  if (!ids?.length) return null;
  return ids.reduce((sum, id) => sum + (at.get(id) as number), 0) / ids.length;
}

function placed(graph: Graph, columns: readonly string[][], before: ReadonlyMap<string, string[]>, next: ReadonlyMap<string, string[]>): Map<string, Point> {
  const height = (id: string) => sizeOf(graph.boxes.get(id)!).height;
  const y = new Map<string, number>();
  for (const column of columns) stack(column, () => null);
  for (const column of columns) stack(column, id => mean(before.get(id), y));
  for (const column of [...columns].reverse()) stack(column, id => mean(next.get(id), y));
  for (const column of columns) stack(column, id => mean(before.get(id), y));
  return new Map(columns.flatMap((column, index) => column.map((id): [string, Point] => [id, { x: index * (boxWidth + columnGap), y: snap(y.get(id) as number) }])));

  // Keeps the order and the gaps; a box goes to where it wants to be when nothing above is in the way, and a column
  // that was pushed down as a whole moves back up by what it was pushed on average.
  function stack(column: readonly string[], wish: (id: string) => number | null): void {
    let free = -Infinity;
    let pushed = 0;
    for (const id of column) {
      const wanted = wish(id) ?? y.get(id) ?? (free === -Infinity ? 0 : free);
      const place = Math.max(wanted, free);
      pushed += place - wanted;
      y.set(id, place);
      free = place + height(id) + rowGap;
    }
    const back = column.length === 0 ? 0 : pushed / column.length;
    for (const id of column) y.set(id, (y.get(id) as number) - back);
  }
}
