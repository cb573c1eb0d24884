import { type Alignment, align, type Axis, distribute, type Placed } from "../core/align.ts";
import type { Edit } from "../core/edits.ts";
import { type Point, snap } from "../core/geometry.ts";
import type { Note } from "../core/graph.ts";
import { type Wish, whyNot } from "../core/guards.ts";
import { layout } from "../core/layout.ts";
import type { Position } from "../core/patch.ts";
import { counted } from "../core/words.ts";
import { readClipboard, writeClipboard } from "./clipboard.ts";
import type { Session } from "./session.ts";

// Room around a box that is brought into sight, in pixels of the screen.
const margin = 32;
const many = 150;

/** Everything a person can do here. Each call is one gesture: one message to the page and one step of its undo. */
export class Acts {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  get #model() {
    return this.#session.model;
  }

  async send(edits: readonly Edit[], said?: string): Promise<void> {
    if (this.#model.readOnly || edits.length === 0) return;
    await this.#session.host.edits(edits);
    if (said) this.#session.notices.say(said);
  }

  refuse(why: string): void {
    this.#session.notices.say(why, true);
    this.#session.host.refused(why);
  }

  connect(wish: Wish): void {
    const why = whyNot(this.#model.graph, wish);
    if (why) return this.refuse(why);
    const ends = { from: wish.from, ...(wish.port ? { port: wish.port } : {}), to: wish.to };
    const edit: Edit = wish.instead ? { op: "reconnect", edge: wish.instead, ...ends } : { op: "connect", ...ends };
    void this.send([edit], `Connected ${this.#model.nameOf(wish.from)} to ${this.#model.nameOf(wish.to)}.`);
  }

  /** A new step; without a type the page asks for one. */
  add(place: Point, more: { type?: string; from?: string; port?: string; onEdge?: string } = {}): void {
    void this.send([{ op: "add", ...more, x: snap(place.x), y: snap(place.y) }]);
  }

  insert(edge: string, place: Point): void {
    this.add({ x: place.x - 112, y: place.y - 32 }, { onEdge: edge });
  }

  remove(ids: Iterable<string> = this.#model.selection): void {
    const { boxes, edges, notes, groups } = this.#model.graph;
    const all = [...ids];
    const edit: Edit = {
      op: "delete",
      boxes: all.filter(id => boxes.has(id)),
      edges: all.filter(id => edges.has(id) && edges.get(id)?.kind !== "trigger"),
      notes: all.filter(id => notes.has(id)),
      groups: all.filter(id => groups.has(id)),
    };
    const count = edit.boxes.length + edit.edges.length + edit.notes.length + edit.groups.length;
    if (count > 0) void this.send([edit], count === 1 && edit.boxes[0] ? `Deleted ${this.#model.nameOf(edit.boxes[0])}.` : `Deleted ${counted(count, "item")}.`);
  }

  async copy(ids = this.#copyable()): Promise<void> {
    if (ids.length === 0) return;
    const text = await this.#session.host.copy(ids);
    await writeClipboard(text);
    this.#session.notices.say(`Copied ${counted(ids.length, "item")}.`);
  }

  async cut(): Promise<void> {
    const ids = this.#copyable();
    if (this.#model.readOnly || ids.length === 0) return;
    await this.copy(ids);
    this.remove(ids);
  }

  async paste(text?: string, place = this.middle()): Promise<void> {
    const found = text || await readClipboard();
    if (found) await this.send([{ op: "paste", text: found, x: snap(place.x), y: snap(place.y) }], "Pasted.");
  }

  duplicate(): void {
    const ids = this.#copyable();
    if (ids.length > 0) void this.send([{ op: "duplicate", ids }], `Duplicated ${counted(ids.length, "item")}.`);
  }

  startRename(id: string): void {
    if (!this.#model.readOnly) this.#model.rename(id);
  }

  renamed(id: string, name: string | null): void {
    this.#model.rename(null);
    this.focusSoon(id);
    const wanted = name?.trim();
    const old = this.#model.nameOf(id);
    if (!wanted || wanted === old) return;
    const group = this.#model.graph.groups.get(id);
    if (group) return void this.send([{ op: "group_edit", group: { ...group, label: wanted } }], `Renamed to ${wanted}.`);
    const twin = [...this.#model.graph.boxes.values()].find(box => box.id !== id && box.name === wanted && box.kind === this.#model.graph.boxes.get(id)?.kind);
    if (twin) return this.refuse(`Another step is called ${wanted} already. Names are unique within a workflow.`);
    void this.send([{ op: "rename", id, name: wanted }], `Renamed ${old} to ${wanted}.`);
  }

  noted(note: Note): void {
    const before = this.#model.graph.notes.get(note.id);
    this.#model.rename(null);
    this.focusSoon(note.id);
    if (before && (before.text !== note.text || before.width !== note.width || before.height !== note.height)) void this.send([{ op: "note_edit", note }]);
  }

  addNote(place = this.middle()): void {
    void this.send([{ op: "note_add", x: snap(place.x), y: snap(place.y) }], "Note added.");
  }

  group(): void {
    const ids = this.#model.selectedBoxes();
    if (ids.length > 0) void this.send([{ op: "group_add", ids, label: "Group" }], `Grouped ${counted(ids.length, "step")}.`);
  }

  fold(id: string): void {
    const group = this.#model.graph.groups.get(id);
    if (group) void this.send([{ op: "group_edit", group: { ...group, collapsed: !group.collapsed } }], `${group.label} ${group.collapsed ? "expanded" : "collapsed"}.`);
  }

  align(how: Alignment): void {
    this.#arrange(align(this.#placed(), how), "Aligned.");
  }

  distribute(axis: Axis): void {
    this.#arrange(distribute(this.#placed(), axis), "Distributed.");
  }

  async tidy(): Promise<void> {
    const points = layout(this.#model.graph);
    if (points.size === 0) return;
    const by = this.#model.hold(points);
    this.fit();
    await this.send([{ op: "layout", positions: positions(points) }], "Laid out.");
    this.#model.release(points.keys(), by);
  }

  /** What was dragged or pushed to a new place. */
  async commit(points: ReadonlyMap<string, Point>): Promise<void> {
    const { boxes, notes } = this.#model.graph;
    const moved = new Map([...points].filter(([id, point]) => differs(point, boxes.get(id) ?? notes.get(id))));
    const by = this.#model.hold(points);
    const shifted = positions(moved).filter(({ id }) => boxes.has(id));
    const edits: Edit[] = shifted.length === 0 ? [] : [{ op: "move", positions: [...shifted, ...this.#model.unsaved().filter(({ id }) => !moved.has(id))] }];
    for (const [id, point] of moved) {
      const note = notes.get(id);
      if (note) edits.push({ op: "note_edit", note: { ...note, ...point } });
    }
    await this.send(edits);
    this.#model.release(points.keys(), by);
  }

  select(ids: Iterable<string>): void {
    if (this.#model.select(ids)) this.#session.host.select([...this.#model.selection]);
  }

  selectAll(): void {
    this.select([...this.#model.graph.boxes.keys(), ...this.#model.graph.notes.keys()].filter(id => !this.#model.folderOf(id)));
    this.#session.notices.say(`${counted(this.#model.selection.size, "item")} selected.`);
  }

  fit(ids?: readonly string[]): void {
    // The tools stand in the corner, with the map above them where it is shown.
    const below = this.#session.root.querySelector<HTMLElement>(".fc-corner-tools")?.offsetHeight ?? 0;
    void this.#session.flow?.fitView({ padding: { top: 0.08, left: 0.08, right: 0.08, bottom: `${below + 24}px` }, maxZoom: 1, duration: quick(), ...(ids ? { nodes: ids.map(id => ({ id })) } : {}) });
  }

  zoom(to: number): void {
    void this.#session.flow?.zoomTo(to, { duration: quick() });
  }

  /** Brings a box into the middle and gives it the keyboard. */
  async focus(id: string): Promise<void> {
    const rect = this.#model.rectOf(this.#model.folderOf(id)?.id ?? id);
    const flow = this.#session.flow;
    if (!rect || !flow) return;
    await flow.setCenter(rect.x + rect.width / 2, rect.y + rect.height / 2, { zoom: Math.max(flow.getZoom(), 0.75), duration: quick() });
    this.focusSoon(id);
  }

  /** Moves the drawing no further than it takes to see a box whole. */
  reveal(id: string, frames = 60): void {
    const rect = this.#model.rectOf(this.#model.folderOf(id)?.id ?? id);
    const flow = this.#session.flow;
    if (!rect || !flow) {
      // What the page has just added may still be on its way.
      if (frames > 0) requestAnimationFrame(() => this.reveal(id, frames - 1));
      return;
    }
    const area = this.#session.root.getBoundingClientRect();
    const { x, y, zoom } = flow.getViewport();
    const [left, top] = [rect.x * zoom + x, rect.y * zoom + y];
    const [right, bottom] = [left + rect.width * zoom, top + rect.height * zoom];
    const across = way(left, right, area.width, this.#model.readOnly);
    const down = way(top, bottom, area.height, this.#model.readOnly);
    if (across === 0 && down === 0) return;
    // A way of more than half a screen would draw, for moments, what nobody can read; among many boxes every moment is dear.
    const far = Math.abs(across) > area.width / 2 || Math.abs(down) > area.height / 2 || this.#model.graph.boxes.size > many;
    void flow.setViewport({ x: x + across, y: y + down, zoom }, { duration: far ? 0 : quick() });
  }

  /** Drawn only when in sight, an element may need some frames to be there. */
  focusSoon(id: string, frames = 20): void {
    requestAnimationFrame(() => {
      const element = this.#session.root.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
      // Who has opened a dialog meanwhile types there.
      if (document.querySelector(".mud-dialog")) return;
      if (element) element.focus({ preventScroll: true });
      else if (frames > 0) this.focusSoon(id, frames - 1);
    });
  }

  middle(): Point {
    const area = this.#session.root.getBoundingClientRect();
    return this.#session.flow?.screenToFlowPosition({ x: area.left + area.width / 2, y: area.top + area.height / 2 }) ?? { x: 0, y: 0 };
  }

  #copyable(): string[] {
    return [...this.#model.selection].filter(id => !this.#model.graph.edges.has(id));
  }

  #placed(): Placed[] {
    return [...this.#model.selection].flatMap(id => {
      const rect = this.#model.graph.groups.has(id) ? null : this.#model.rectOf(id);
      return rect ? [{ id, ...rect }] : [];
    });
  }

  #arrange(points: ReadonlyMap<string, Point>, said: string): void {
    if (this.#model.readOnly || points.size < 2) return;
    void this.commit(points).then(() => this.#session.notices.say(said));
  }
}

function positions(points: ReadonlyMap<string, Point>): Position[] {
  return [...points].map(([id, { x, y }]) => ({ id, x, y }));
}

function differs(a: Point, b: Partial<Point> | undefined): boolean {
  return a.x !== b?.x || a.y !== b?.y;
}

export function quick(): number {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 160;
}

/** What brings a stretch into sight: who draws is moved no further than needed, who watches a way that lasts for some steps. */
function way(from: number, to: number, size: number, watches: boolean): number {
  if (from >= margin && to <= size - margin) return 0;
  if (watches) return (size - from - to) / 2;
  return from < margin ? margin - from : size - margin - to;
}
