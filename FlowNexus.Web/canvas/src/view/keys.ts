import type { KeyboardEvent } from "react";
import { grid, type Point } from "../core/geometry.ts";
import { type Direction, readingOrder, walk } from "../core/walk.ts";
import type { Session } from "./session.ts";

const arrows: Record<string, Direction> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
const steps: Record<Direction, Point> = { left: { x: -grid, y: 0 }, right: { x: grid, y: 0 }, up: { x: 0, y: -grid }, down: { x: 0, y: grid } };

// Pushes that follow each other closely are one gesture.
const pushEnds = 400;

export interface Surfaces {
  menu(id: string | null): void;
  connectTo(id: string): void;
}

/** The keyboard of the canvas. */
export class Keys {
  readonly #session: Session;
  readonly #surfaces: Surfaces;
  #pushed = new Map<string, Point>();
  #timer = 0;

  constructor(session: Session, surfaces: Surfaces) {
    this.#session = session;
    this.#surfaces = surfaces;
  }

  readonly down = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (event.defaultPrevented || target.closest("input, textarea, select, [role=menu], [role=dialog]")) return;
    const control = event.ctrlKey || event.metaKey;
    const id = target.closest<HTMLElement>(".react-flow__node")?.dataset.id ?? null;
    const done = control ? this.#withControl(event) : this.#plain(event, id, target);
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  };

  readonly up = (event: KeyboardEvent): void => {
    if (event.key === "Shift") this.flush();
  };

  flush(): void {
    clearTimeout(this.#timer);
    if (this.#pushed.size === 0) return;
    const points = this.#pushed;
    this.#pushed = new Map();
    void this.#session.acts.commit(points);
  }

  #withControl(event: KeyboardEvent): boolean {
    const { acts, host, model } = this.#session;
    const key = event.key.toLowerCase();
    switch (key) {
      case "a": acts.selectAll(); return true;
      case "c": if (getSelection()?.type === "Range") return false; void acts.copy(); return true;
      case "enter": host.command("run"); return true;
    }
    if (model.readOnly) return false;
    switch (key) {
      case "x": void acts.cut(); return true;
      case "d": acts.duplicate(); return true;
      case "g": if (event.shiftKey) acts.remove([...model.selection].filter(id => model.graph.groups.has(id))); else acts.group(); return true;
      case "z": host.command(event.shiftKey ? "redo" : "undo"); return true;
      case "y": host.command("redo"); return true;
      case "s": host.command("save"); return true;
      default: return false;
    }
  }

  #plain(event: KeyboardEvent, id: string | null, target: HTMLElement): boolean {
    const { acts, host, model } = this.#session;
    const direction = arrows[event.key];
    if (direction && !target.closest("[role=toolbar]")) return event.shiftKey && !event.altKey ? this.#push(direction, id) : this.#walk(direction, id);
    if (event.key === "Escape" && model.selection.size > 0) {
      acts.select([]);
      return true;
    }
    if (target.closest("button")) return false;
    // Shift with a digit is another sign on each keyboard; with Ctrl it belongs to the browser's tabs.
    if (event.shiftKey && event.code === "Digit1") {
      acts.fit();
      return true;
    }
    if (event.shiftKey && event.code === "Digit0") {
      acts.zoom(1);
      return true;
    }
    switch (event.key) {
      case "Home": return this.#go(readingOrder(model.places)[0] ?? null);
      case "End": return this.#go(readingOrder(model.places).at(-1) ?? null);
      case "+": case "=": void this.#session.flow?.zoomIn(); return true;
      case "-": void this.#session.flow?.zoomOut(); return true;
      case "ContextMenu": this.#surfaces.menu(id); return true;
      case "F10": if (!event.shiftKey) return false; this.#surfaces.menu(id); return true;
      case "Enter": return this.#open(id);
      case " ": if (!id) return false; this.#toggle(id); return true;
    }
    if (model.readOnly || event.altKey) return false;
    switch (event.key) {
      case "Delete": case "Backspace": this.#delete(id); return true;
      case "F2": if (!id) return false; acts.startRename(id); return true;
      case "c": case "C": if (!id || !model.graph.boxes.has(id)) return false; this.#surfaces.connectTo(id); return true;
      case "a": case "A": host.command("add-step"); return true;
      default: return false;
    }
  }

  #open(id: string | null): boolean {
    if (!id) return false;
    const { acts, host, model } = this.#session;
    acts.select([id]);
    if (model.graph.notes.has(id)) acts.startRename(id);
    else if (model.graph.groups.has(id)) acts.fold(id);
    else host.open(id);
    return true;
  }

  #toggle(id: string): void {
    const { acts, model } = this.#session;
    const next = new Set(model.selection);
    if (!next.delete(id)) next.add(id);
    acts.select(next);
  }

  #delete(id: string | null): void {
    const { acts, model } = this.#session;
    const going = model.selection.size > 0 ? [...model.selection] : id ? [id] : [];
    const stay = id && (["left", "up", "right", "down"] as const).map(direction => walk(model.graph, model.places, id, direction)).find(other => other && !going.includes(other));
    acts.remove(going);
    if (stay) acts.focusSoon(stay);
    else this.#session.root.querySelector<HTMLElement>(".react-flow")?.focus();
  }

  #walk(direction: Direction, id: string | null): boolean {
    const { model } = this.#session;
    const rect = id ? model.rectOf(id) : null;
    const places = id && rect && !model.places.has(id) ? new Map([...model.places, [id, rect]]) : model.places;
    return this.#go(id ? walk(model.graph, places, id, direction) : readingOrder(model.places)[0] ?? null);
  }

  #go(id: string | null): boolean {
    if (!id) return true;
    const { acts, flow, model, root } = this.#session;
    const shown = model.folderOf(id)?.id ?? id;
    acts.select([shown]);
    const rect = model.rectOf(shown);
    const area = root.getBoundingClientRect();
    if (rect && flow) {
      const start = flow.flowToScreenPosition(rect);
      const end = flow.flowToScreenPosition({ x: rect.x + rect.width, y: rect.y + rect.height });
      const inside = start.x >= area.left && start.y >= area.top && end.x <= area.right && end.y <= area.bottom;
      if (!inside) void flow.setCenter(rect.x + rect.width / 2, rect.y + rect.height / 2, { zoom: flow.getZoom() });
    }
    acts.focusSoon(shown);
    return true;
  }

  #push(direction: Direction, id: string | null): boolean {
    const { model } = this.#session;
    if (model.readOnly) return false;
    const ids = id && !model.selection.has(id) ? [id] : [...model.selection];
    const by = steps[direction];
    for (const moving of this.#movable(ids)) {
      const place = model.placeOf(moving);
      if (place) this.#pushed.set(moving, { x: place.x + by.x, y: place.y + by.y });
    }
    if (this.#pushed.size === 0) return false;
    model.hold(this.#pushed);
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.flush(), pushEnds);
    return true;
  }

  #movable(ids: readonly string[]): Set<string> {
    const { graph } = this.#session.model;
    return new Set(ids.flatMap(id => graph.groups.get(id)?.boxes ?? (graph.edges.has(id) ? [] : [id])));
  }
}
