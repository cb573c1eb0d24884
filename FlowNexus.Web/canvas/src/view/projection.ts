import { type Edge as FlowEdge, type Node as FlowNode, type NodeHandle, Position } from "@xyflow/react";
import { boxHeight, boxWidth, portY, sizeOf } from "../core/geometry.ts";
import type { Box, Edge, Group, Note } from "../core/graph.ts";
import type { Model } from "../core/model.ts";
import { readingOrder } from "../core/walk.ts";
import { edgeWords } from "../core/words.ts";

export type BoxNode = FlowNode<{ box: Box; renaming: boolean }, "box">;
export type NoteNode = FlowNode<{ note: Note; renaming: boolean }, "note">;
export type GroupNode = FlowNode<{ group: Group; renaming: boolean }, "group">;
export type CanvasNode = BoxNode | NoteNode | GroupNode;
export type CanvasLine = FlowEdge<{ edge: Edge }, "line">;

/** The model as React Flow wants it. What did not change keeps its identity, so that only what changed is drawn. */
export class Projection {
  readonly #model: Model;
  readonly #key: string;
  #nodes = new Map<string, CanvasNode>();
  #lines = new Map<string, CanvasLine>();
  #order: string[] = [];
  #orderOf: unknown = null;

  constructor(model: Model, key: string) {
    this.#model = model;
    this.#key = key;
  }

  read(): { nodes: CanvasNode[]; edges: CanvasLine[] } {
    const { graph, places } = this.#model;
    // Not while something is dragged: moving an element in the page would take the focus from it.
    if (this.#orderOf !== places) {
      this.#orderOf = places;
      this.#order = readingOrder(places);
    }
    const hidden = this.#hidden();
    const nodes: CanvasNode[] = [];
    for (const group of graph.groups.values()) push(this.#group(group));
    for (const note of graph.notes.values()) push(this.#note(note));
    for (const id of this.#order) {
      const box = graph.boxes.get(id);
      if (box && !hidden.has(id)) push(this.#box(box));
    }
    const edges: CanvasLine[] = [];
    const drawn = new Set<string>();
    for (const edge of graph.edges.values()) {
      const line = this.#line(edge, hidden);
      const ends = line && (hidden.has(edge.from) || hidden.has(edge.to)) ? `${line.source} ${line.target}` : edge.id;
      if (!line || drawn.has(ends)) continue;
      drawn.add(ends);
      edges.push(line);
    }
    this.#nodes = new Map(nodes.map(node => [node.id, node]));
    this.#lines = new Map(edges.map(line => [line.id, line]));
    return { nodes, edges };

    function push(node: CanvasNode | null): void {
      if (node) nodes.push(node);
    }
  }

  #hidden(): Map<string, string> {
    const hidden = new Map<string, string>();
    for (const group of this.#model.graph.groups.values()) {
      if (group.collapsed) for (const id of group.boxes) hidden.set(id, group.id);
    }
    return hidden;
  }

  #box(box: Box): CanvasNode {
    const place = this.#model.placeOf(box.id) ?? { x: 0, y: 0 };
    const selected = this.#model.selection.has(box.id);
    const renaming = this.#model.renaming === box.id;
    const last = this.#nodes.get(box.id) as BoxNode | undefined;
    if (last && last.data.box === box && last.data.renaming === renaming && same(last, place, selected) && last.draggable === !this.#model.readOnly) return last;
    const size = sizeOf(box);
    return {
      id: box.id,
      type: "box",
      position: place,
      ...size,
      measured: size,
      handles: last?.data.box.ports === box.ports && last.handles ? last.handles : handlesOf(box),
      data: last && last.data.box === box && last.data.renaming === renaming ? last.data : { box, renaming },
      selected,
      draggable: !this.#model.readOnly,
      domAttributes: this.#words(box.id, box.kind),
    };
  }

  #note(note: Note): CanvasNode {
    const place = this.#model.placeOf(note.id) ?? note;
    const selected = this.#model.selection.has(note.id);
    const renaming = this.#model.renaming === note.id;
    const last = this.#nodes.get(note.id) as NoteNode | undefined;
    if (last && last.data.note === note && last.data.renaming === renaming && same(last, place, selected) && last.draggable === !this.#model.readOnly) return last;
    const size = { width: note.width, height: note.height };
    return {
      id: note.id,
      type: "note",
      position: { x: place.x, y: place.y },
      ...size,
      measured: size,
      handles: [],
      zIndex: -1,
      data: { note, renaming },
      selected,
      draggable: !this.#model.readOnly,
      connectable: false,
      domAttributes: this.#words(note.id, "note"),
    };
  }

  #group(group: Group): CanvasNode | null {
    const frame = this.#model.frameOf(group);
    if (!frame) return null;
    const selected = this.#model.selection.has(group.id);
    const renaming = this.#model.renaming === group.id;
    const last = this.#nodes.get(group.id) as GroupNode | undefined;
    if (last && last.data.group === group && last.data.renaming === renaming && same(last, frame, selected) && last.width === frame.width && last.height === frame.height
      && last.draggable === !this.#model.readOnly) return last;
    const size = { width: frame.width, height: frame.height };
    return {
      id: group.id,
      type: "group",
      position: { x: frame.x, y: frame.y },
      ...size,
      measured: size,
      handles: [handle("in", "target", 0, boxHeight / 2), handle("out", "source", boxWidth, boxHeight / 2)],
      zIndex: group.collapsed ? 0 : -2,
      data: { group, renaming },
      selected,
      draggable: !this.#model.readOnly,
      connectable: false,
      domAttributes: this.#words(group.id, "group"),
    };
  }

  #words(id: string, kind: string): NonNullable<CanvasNode["domAttributes"]> {
    return { "aria-labelledby": `${this.#key}-name-${id}`, "aria-roledescription": kind, "aria-describedby": `${this.#key}-keys` };
  }

  #line(edge: Edge, hidden: ReadonlyMap<string, string>): CanvasLine | null {
    const { graph } = this.#model;
    const from = graph.boxes.get(edge.from);
    if (!from || !graph.boxes.has(edge.to)) return null;
    const source = hidden.get(edge.from) ?? edge.from;
    const target = hidden.get(edge.to) ?? edge.to;
    if (source === target) return null;
    const folded = source !== edge.from || target !== edge.to;
    const fixed = this.#model.readOnly || folded || edge.kind === "trigger";
    const selected = this.#model.selection.has(edge.id);
    const sourceHandle = source === edge.from && from.ports.some(port => port.id === edge.port) ? edge.port : "out";
    const ariaLabel = edgeWords(graph, edge);
    const last = this.#lines.get(edge.id);
    if (last && last.ariaLabel === ariaLabel && last.data?.edge === edge && last.selected === selected && last.source === source && last.target === target && last.sourceHandle === sourceHandle
      && last.reconnectable === (selected && !fixed)) return last;
    return {
      id: edge.id,
      type: "line",
      source,
      target,
      sourceHandle,
      targetHandle: "in",
      data: { edge },
      selected,
      selectable: !folded,
      // Only what is selected: elsewhere an end would lie on the handle that begins a new connection.
      reconnectable: selected && !fixed,
      ariaLabel,
      domAttributes: { "aria-roledescription": "connection" },
    };
  }
}

function same(node: CanvasNode, place: { x: number; y: number }, selected: boolean): boolean {
  return node.position.x === place.x && node.position.y === place.y && node.selected === selected;
}

function handlesOf(box: Box): NodeHandle[] {
  return [
    ...(box.kind === "trigger" ? [] : [handle("in", "target", 0, portY())]),
    handle("out", "source", boxWidth, portY()),
    ...box.ports.map((port, index) => handle(port.id, "source", boxWidth, portY(index))),
  ];
}

function handle(id: string, type: "source" | "target", x: number, y: number): NodeHandle {
  return { id, type, x, y, width: 1, height: 1, position: type === "source" ? Position.Right : Position.Left };
}
