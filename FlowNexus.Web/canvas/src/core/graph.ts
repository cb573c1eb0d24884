/** What the page shows, as it comes over the bridge. The canvas never changes it: it asks, and the page answers with a patch. */
export interface Badge {
  kind: string;
  text: string;
}

export interface Port {
  id: string;
  label: string;
}

export interface Box {
  id: string;
  kind: "step" | "trigger";
  name: string;
  type: string;
  typeTitle?: string;
  family: string;
  glyph: string;
  line?: string;
  badges: readonly Badge[];
  ports: readonly Port[];
  hasPlainOut: boolean;
  problem?: string;
  problemLevel?: "error" | "warning";
  change?: "added" | "removed" | "changed";
  x?: number;
  y?: number;
}

export interface Edge {
  id: string;
  from: string;
  port?: string;
  to: string;
  kind: "flow" | "branch" | "error" | "trigger";
  label?: string;
  change?: "added" | "removed" | "changed";
  path?: "taken" | "not_taken";
  pathStatus?: string;
}

export interface Note {
  id: string;
  text: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Group {
  id: string;
  label: string;
  boxes: readonly string[];
  collapsed: boolean;
}

export interface Graph {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly edges: ReadonlyMap<string, Edge>;
  readonly notes: ReadonlyMap<string, Note>;
  readonly groups: ReadonlyMap<string, Group>;
}

export const emptyGraph: Graph = { boxes: new Map(), edges: new Map(), notes: new Map(), groups: new Map() };

export function outgoing(graph: Graph, id: string): Edge[] {
  return [...graph.edges.values()].filter(edge => edge.from === id);
}

export function incoming(graph: Graph, id: string): Edge[] {
  return [...graph.edges.values()].filter(edge => edge.to === id);
}
