import type { Connection, FinalConnectionState } from "@xyflow/react";
import { type Wish, whyNot } from "../core/guards.ts";
import type { Session } from "./session.ts";

/** A connection being dragged: what it would mean here, and what happens when it is let go. */
export class Connecting {
  readonly #session: Session;
  #from: { id: string; port?: string; backwards: boolean } | null = null;
  #lit: HTMLElement | null = null;

  constructor(session: Session) {
    this.#session = session;
  }

  readonly begin = (_: unknown, start: { nodeId: string | null; handleId: string | null; handleType: string | null }): void => {
    this.#from = start.nodeId ? { id: start.nodeId, ...portOf(start.handleId), backwards: start.handleType === "target" } : null;
    document.addEventListener("pointermove", this.#move);
  };

  readonly end = (event: MouseEvent | TouchEvent, state: FinalConnectionState): void => {
    document.removeEventListener("pointermove", this.#move);
    this.#light(null);
    const from = this.#from;
    this.#from = null;
    if (!from || state.isValid) return;
    const at = "changedTouches" in event ? event.changedTouches[0] : event;
    if (!at) return;
    const target = document.elementFromPoint(at.clientX, at.clientY);
    const other = this.#boxAt(target);
    if (other) {
      if (other.dataset.id !== from.id) this.#session.acts.connect(this.#wish(from, other.dataset.id as string));
      return;
    }
    const place = this.#session.flow?.screenToFlowPosition({ x: at.clientX, y: at.clientY });
    if (place && !from.backwards && target?.closest(".react-flow__pane")) this.#session.acts.add({ x: place.x, y: place.y - 32 }, { from: from.id, ...(from.port ? { port: from.port } : {}) });
  };

  readonly made = (connection: Connection): void => this.#session.acts.connect(wishOf(connection));

  readonly #move = (event: PointerEvent): void => {
    const from = this.#from;
    const box = from ? this.#boxAt(document.elementFromPoint(event.clientX, event.clientY)) : null;
    this.#light(box?.dataset.id === from?.id ? null : box);
    if (!box || !from || box.dataset.id === from.id) return;
    box.dataset.target = whyNot(this.#session.model.graph, this.#wish(from, box.dataset.id as string)) ? "no" : "yes";
  };

  #wish(from: { id: string; port?: string; backwards: boolean }, other: string): Wish {
    return from.backwards ? { from: other, to: from.id } : { from: from.id, ...(from.port ? { port: from.port } : {}), to: other };
  }

  #boxAt(element: Element | null): HTMLElement | null {
    return element?.closest<HTMLElement>(".react-flow__node-box") ?? null;
  }

  #light(box: HTMLElement | null): void {
    if (this.#lit === box) return;
    if (this.#lit) delete this.#lit.dataset.target;
    this.#lit = box;
  }
}

export function wishOf(connection: Connection, instead?: string): Wish {
  return { from: connection.source, ...portOf(connection.sourceHandle), to: connection.target, ...(instead ? { instead } : {}) };
}

function portOf(handle: string | null): { port?: string } {
  return handle && handle !== "out" && handle !== "in" ? { port: handle } : {};
}
