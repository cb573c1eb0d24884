import type { Group, Note } from "./graph.ts";
import type { Position } from "./patch.ts";

/** What somebody asks for. The discriminator comes first: the other side reads it before the rest. */
export type Edit =
  | { op: "move"; positions: Position[] }
  | { op: "connect"; from: string; port?: string; to: string }
  | { op: "reconnect"; edge: string; from: string; port?: string; to: string }
  | { op: "delete"; boxes: string[]; edges: string[]; notes: string[]; groups: string[] }
  | { op: "add"; type?: string; x: number; y: number; from?: string; port?: string; onEdge?: string }
  | { op: "rename"; id: string; name: string }
  | { op: "paste"; text: string; x: number; y: number }
  | { op: "duplicate"; ids: string[] }
  | { op: "layout"; positions: Position[] }
  | { op: "note_add"; x: number; y: number }
  | { op: "note_edit"; note: Note }
  | { op: "group_add"; ids: string[]; label: string }
  | { op: "group_edit"; group: Group };
