import dagre from "@dagrejs/dagre";
import { columnGap, type Point, rowGap, sizeOf, snap } from "./geometry.ts";
import type { Graph } from "./graph.ts";
import { layers } from "./layers.ts";

// Dagre draws the finest picture but needs seconds for hundreds of boxes; nobody waits that long for a page to open.
const finest = 150;

/** A place for every box, from left to right, on the grid. */
export function layout(graph: Graph): Map<string, Point> {
  return graph.boxes.size <= finest ? fine(graph) : fromCorner(layers(graph));
}

function fine(graph: Graph): Map<string, Point> {
  const sheet = new dagre.graphlib.Graph({ multigraph: true, compound: true });
  sheet.setGraph({ rankdir: "LR", nodesep: rowGap, ranksep: columnGap, edgesep: 16 });
  sheet.setDefaultEdgeLabel(() => ({}));
  for (const box of graph.boxes.values()) sheet.setNode(box.id, { ...sizeOf(box) });
  for (const group of graph.groups.values()) {
    sheet.setNode(group.id, {});
    for (const id of group.boxes) if (graph.boxes.has(id)) sheet.setParent(id, group.id);
  }
  for (const edge of graph.edges.values()) {
    if (edge.from !== edge.to && graph.boxes.has(edge.from) && graph.boxes.has(edge.to)) sheet.setEdge(edge.from, edge.to, { weight: edge.kind === "error" ? 1 : 2 }, edge.id);
  }
  dagre.layout(sheet);
  const turned = upsideDown(graph, id => (sheet.node(id) as unknown as Point).y);
  return fromCorner(new Map([...graph.boxes.values()].map(box => {
    const { x, y } = sheet.node(box.id) as unknown as Point;
    const size = sizeOf(box);
    return [box.id, { x: snap(x - size.width / 2), y: snap((turned ? -y : y) - size.height / 2) }];
  })));
}

function fromCorner(points: ReadonlyMap<string, Point>): Map<string, Point> {
  const left = Math.min(...[...points.values()].map(point => point.x));
  const top = Math.min(...[...points.values()].map(point => point.y));
  return new Map([...points].map(([id, { x, y }]) => [id, { x: x - left, y: y - top }]));
}

// Dagre knows no ports: what leaves a box further up should arrive further up, and mirroring costs nothing.
function upsideDown(graph: Graph, yOf: (id: string) => number): boolean {
  let crossed = 0;
  for (const box of graph.boxes.values()) {
    if (box.ports.length === 0) continue;
    const ends = [...graph.edges.values()]
      .filter(edge => edge.from === box.id && graph.boxes.has(edge.to))
      .map(edge => ({ port: box.ports.findIndex(port => port.id === edge.port), y: yOf(edge.to) }))
      .sort((a, b) => a.port - b.port);
    for (let i = 1; i < ends.length; i++) crossed += Math.sign((ends[i - 1]!.y - ends[i]!.y));
  }
  return crossed > 0;
}
