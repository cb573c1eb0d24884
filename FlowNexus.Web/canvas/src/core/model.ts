import { bounds, boxHeight, boxWidth, type Point, type Rect, sizeOf } from "./geometry.ts";
import { emptyGraph, type Graph, type Group } from "./graph.ts";
import { applyPatch, type Patch } from "./patch.ts";
import { places } from "./places.ts";

export const framePadding = 24;
export const frameHeader = 36;

/**
 * The page's graph, plus what is ahead of it: places somebody has just dragged to, until the page has answered, and the
 * places of boxes that the document gives none.
 */
export class Model {
  graph: Graph = emptyGraph;
  version = 0;
  revision = 0;
  places: ReadonlyMap<string, Point> = new Map();
  readOnly = false;
  selection: ReadonlySet<string> = new Set();
  renaming: string | null = null;
  readonly #chosen = new Map<string, Point>();
  readonly #held = new Map<string, { point: Point; by: number }>();
  readonly #listeners = new Set<() => void>();
  #gesture = 0;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** False when the patch belongs to another version than ours: the page then sends everything. */
  apply(patch: Patch): boolean {
    if (!patch.full && patch.base !== this.version) return false;
    this.graph = applyPatch(this.graph, patch);
    this.version = patch.version;
    if (patch.full) this.#held.clear();
    this.places = places(this.graph, this.#chosen);
    // Remembered also while the document names a place: when an undo takes that away, the box goes back to this one.
    for (const box of this.graph.boxes.values()) if (box.x == null || box.y == null) this.#chosen.set(box.id, this.places.get(box.id) as Point);
    this.selection = new Set([...this.selection].filter(id => this.has(id)));
    if (this.renaming && !this.has(this.renaming)) this.renaming = null;
    this.changed();
    return true;
  }

  has(id: string): boolean {
    const { boxes, edges, notes, groups } = this.graph;
    return boxes.has(id) || edges.has(id) || notes.has(id) || groups.has(id);
  }

  changed(): void {
    this.revision++;
    for (const listener of this.#listeners) listener();
  }

  /** Holds things at a place ahead of the page. */
  hold(points: ReadonlyMap<string, Point>): number {
    const by = ++this.#gesture;
    for (const [id, point] of points) this.#held.set(id, { point, by });
    this.changed();
    return by;
  }

  /** The page has answered: what it says counts again, unless a later gesture holds the same thing. */
  release(ids: Iterable<string>, upTo: number): void {
    for (const id of ids) {
      const held = this.#held.get(id);
      if (held && held.by <= upTo) this.#held.delete(id);
    }
    this.changed();
  }

  placeOf(id: string): Point | undefined {
    return this.#held.get(id)?.point ?? this.places.get(id) ?? this.graph.notes.get(id);
  }

  rectOf(id: string): Rect | null {
    const place = this.placeOf(id);
    const box = this.graph.boxes.get(id);
    if (box && place) return { ...place, ...sizeOf(box) };
    const note = this.graph.notes.get(id);
    if (note && place) return { ...place, width: note.width, height: note.height };
    const group = this.graph.groups.get(id);
    return group ? this.frameOf(group) : null;
  }

  frameOf(group: Group): Rect | null {
    const inside = bounds(group.boxes.map(id => this.rectOf(id)).filter(rect => rect !== null));
    if (!inside) return null;
    const corner = { x: inside.x - framePadding, y: inside.y - frameHeader - framePadding / 2 };
    return group.collapsed
      ? { ...corner, width: boxWidth, height: boxHeight }
      : { ...corner, width: inside.width + 2 * framePadding, height: inside.height + frameHeader + 1.5 * framePadding };
  }

  /** The collapsed group that a box is hidden in. */
  folderOf(id: string): Group | null {
    for (const group of this.graph.groups.values()) {
      if (group.collapsed && group.boxes.includes(id)) return group;
    }
    return null;
  }

  nameOf(id: string): string {
    return this.graph.boxes.get(id)?.name ?? this.graph.groups.get(id)?.label ?? "";
  }

  select(ids: Iterable<string>): boolean {
    const next = new Set(ids);
    if (next.size === this.selection.size && [...next].every(id => this.selection.has(id))) return false;
    this.selection = next;
    this.changed();
    return true;
  }

  selectedBoxes(): string[] {
    return [...this.selection].filter(id => this.graph.boxes.has(id));
  }

  rename(id: string | null): void {
    this.renaming = id;
    this.changed();
  }

  /** Places the document does not know yet. They travel with the first move, so that nothing jumps on the next visit. */
  unsaved(): { id: string; x: number; y: number }[] {
    return [...this.graph.boxes.values()].filter(box => box.x == null || box.y == null).map(box => ({ id: box.id, ...(this.placeOf(box.id) as Point) }));
  }
}
