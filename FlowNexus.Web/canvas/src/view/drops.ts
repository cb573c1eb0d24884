import type { Session } from "./session.ts";

const kind = "application/x-flownexus-step";

/** Steps from a palette anywhere on the page: what carries data-step-type can be dragged here, onto a connection too. */
export function listenForDrops(session: Session): () => void {
  const { root } = session;
  let lit: Element | null = null;

  const start = (event: DragEvent) => {
    const item = (event.target as Element | null)?.closest?.<HTMLElement>("[data-step-type]");
    if (!item || !event.dataTransfer) return;
    event.dataTransfer.setData(kind, item.dataset.stepType ?? "");
    event.dataTransfer.effectAllowed = "copy";
  };
  const over = (event: DragEvent) => {
    if (session.model.readOnly || !event.dataTransfer?.types.includes(kind)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    light(edgeAt(event));
  };
  const leave = (event: DragEvent) => {
    if (!root.contains(event.relatedTarget as Node | null)) light(null);
  };
  const drop = (event: DragEvent) => {
    const type = event.dataTransfer?.getData(kind);
    const edge = edgeAt(event);
    light(null);
    if (session.model.readOnly || !type || !session.flow) return;
    event.preventDefault();
    const place = session.flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
    const onEdge = edge?.getAttribute("data-id");
    session.acts.add({ x: place.x - 112, y: place.y - 32 }, { type, ...(onEdge ? { onEdge } : {}) });
  };

  document.addEventListener("dragstart", start);
  root.addEventListener("dragover", over);
  root.addEventListener("dragleave", leave);
  root.addEventListener("drop", drop);
  return () => {
    document.removeEventListener("dragstart", start);
    root.removeEventListener("dragover", over);
    root.removeEventListener("dragleave", leave);
    root.removeEventListener("drop", drop);
  };

  function edgeAt(event: DragEvent): Element | null {
    const found = document.elementsFromPoint(event.clientX, event.clientY).map(element => element.closest(".react-flow__edge")).find(element => element && root.contains(element)) ?? null;
    const id = found?.getAttribute("data-id");
    return id && session.model.graph.edges.get(id)?.kind !== "trigger" ? found : null;
  }

  function light(edge: Element | null): void {
    if (lit === edge) return;
    lit?.classList.remove("fc-lit");
    edge?.classList.add("fc-lit");
    lit = edge;
  }
}
