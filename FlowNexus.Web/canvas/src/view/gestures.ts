import type { Connection, Edge as FlowEdge, EdgeChange, NodeChange, Viewport } from "@xyflow/react";
import type { MouseEvent } from "react";
import type { Point } from "../core/geometry.ts";
import { whyNot } from "../core/guards.ts";
import { wishOf } from "./connecting.ts";
import type { CanvasLine, CanvasNode } from "./projection.ts";
import type { Session } from "./session.ts";
import { keepViewport } from "./viewport.ts";

/** The pointer's half of the canvas. The functions stay the same for good: a new one would draw every box again. */
export class Gestures {
  readonly #session: Session;
  readonly #menu: (id: string | null, event: MouseEvent) => void;
  #dragged = new Map<string, Point>();

  constructor(session: Session, menu: (id: string | null, event: MouseEvent) => void) {
    this.#session = session;
    this.#menu = menu;
  }

  readonly nodesChange = (changes: NodeChange<CanvasNode>[]): void => {
    this.#selected(changes);
    const moving = new Map<string, Point>();
    for (const change of changes) if (change.type === "position" && change.position) moving.set(change.id, change.position);
    if (moving.size === 0) return;
    this.#carryGroups(moving);
    for (const [id, point] of moving) this.#dragged.set(id, point);
    this.#session.model.hold(moving);
  };

  readonly edgesChange = (changes: EdgeChange<CanvasLine>[]): void => this.#selected(changes);

  readonly dragEnd = (): void => {
    const points = this.#dragged;
    this.#dragged = new Map();
    if (points.size > 0) void this.#session.acts.commit(points);
  };

  /** A plain click on one of several chooses that one. */
  readonly nodeClick = (event: MouseEvent, node: CanvasNode): void => {
    if (this.#session.model.selection.size > 1 && !event.ctrlKey && !event.metaKey && !event.shiftKey) this.#session.acts.select([node.id]);
  };

  readonly nodeDoubleClick = (_: MouseEvent, node: CanvasNode): void => {
    if (node.type === "box") this.#session.host.open(node.id);
    else this.#session.acts.startRename(node.id);
  };

  readonly nodeMenu = (event: MouseEvent, node: CanvasNode): void => this.#menu(node.id, event);

  readonly edgeMenu = (event: MouseEvent, edge: FlowEdge): void => this.#menu(edge.id, event);

  readonly paneMenu = (event: MouseEvent | globalThis.MouseEvent): void => this.#menu(null, event as MouseEvent);

  readonly selectionMenu = (event: MouseEvent, nodes: CanvasNode[]): void => this.#menu(nodes[0]?.id ?? null, event);

  readonly isValid = (connection: Connection | FlowEdge): boolean =>
    whyNot(this.#session.model.graph, wishOf({ source: connection.source, target: connection.target, sourceHandle: connection.sourceHandle ?? null, targetHandle: null })) === null;

  readonly reconnect = (edge: FlowEdge, connection: Connection): void => this.#session.acts.connect(wishOf(connection, edge.id));

  readonly moveEnd = (_: unknown, viewport: Viewport): void => keepViewport(this.#session.options.viewportKey, viewport);

  #selected(changes: readonly (NodeChange<CanvasNode> | EdgeChange<CanvasLine>)[]): void {
    const changed = changes.filter(change => change.type === "select");
    if (changed.length === 0) return;
    const selection = new Set(this.#session.model.selection);
    for (const { id, selected } of changed) {
      if (selected) selection.add(id);
      else selection.delete(id);
    }
    this.#session.acts.select(selection);
  }

  // A frame that is dragged takes its boxes along; its own place follows from theirs.
  #carryGroups(moving: Map<string, Point>): void {
    const { model } = this.#session;
    for (const [id, to] of [...moving]) {
      const group = model.graph.groups.get(id);
      const frame = group && model.frameOf(group);
      if (!frame) continue;
      moving.delete(id);
      for (const inside of group.boxes) {
        const place = moving.has(inside) ? null : model.placeOf(inside);
        if (place) moving.set(inside, { x: place.x + to.x - frame.x, y: place.y + to.y - frame.y });
      }
    }
  }
}
