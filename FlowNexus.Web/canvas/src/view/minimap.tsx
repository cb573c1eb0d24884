import { useStoreApi } from "@xyflow/react";
import { type PointerEvent, useEffect, useRef } from "react";
import { bounds, type Rect } from "../core/geometry.ts";
import { lookOf, type Session, useSession } from "./session.ts";

const width = 168;
const height = 108;
const margin = 6;

// Often enough for the eye, and a tenth of the work of drawing with each frame.
const every = 60;

/** The whole graph, small. One drawing instead of an element a box, because a graph may have thousands. */
export function Minimap() {
  const session = useSession();
  const store = useStoreApi();
  const paper = useRef<HTMLCanvasElement>(null);
  const scale = useRef({ zoom: 1, x: 0, y: 0 });

  useEffect(() => {
    let timer = 0;
    let transform = store.getState().transform;
    const soon = () => {
      timer ||= window.setTimeout(() => {
        timer = 0;
        if (paper.current) scale.current = draw(paper.current, session, view());
      }, every);
    };
    const view = (): Rect => {
      const { transform: [x, y, zoom], width: w, height: h } = store.getState();
      return { x: -x / zoom, y: -y / zoom, width: w / zoom, height: h / zoom };
    };
    const stops = [
      session.model.subscribe(soon),
      session.statuses.watchAll(soon),
      store.subscribe(state => {
        if (state.transform === transform) return;
        transform = state.transform;
        soon();
      }),
    ];
    const theme = new MutationObserver(soon);
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    soon();
    return () => {
      clearTimeout(timer);
      theme.disconnect();
      for (const stop of stops) stop();
    };
  }, [session, store]);

  return <canvas ref={paper} className="fc-minimap nopan nowheel" width={width * 2} height={height * 2} role="img" aria-label="Minimap" onPointerDown={start} />;

  function start(event: PointerEvent<HTMLCanvasElement>): void {
    const target = event.currentTarget;
    const go = (at: { clientX: number; clientY: number }) => {
      const area = target.getBoundingClientRect();
      const { zoom, x, y } = scale.current;
      void session.flow?.setCenter((at.clientX - area.left - x) / zoom, (at.clientY - area.top - y) / zoom, { zoom: session.flow.getZoom() });
    };
    target.setPointerCapture(event.pointerId);
    target.addEventListener("pointermove", go);
    target.addEventListener("lostpointercapture", () => target.removeEventListener("pointermove", go), { once: true });
    go(event);
  }
}

function draw(paper: HTMLCanvasElement, session: Session, view: Rect): { zoom: number; x: number; y: number } {
  const { model, statuses } = session;
  const boxes = [...model.graph.boxes.keys()].flatMap(id => {
    const rect = model.rectOf(id);
    return rect ? [{ id, rect }] : [];
  });
  const all = bounds([...boxes.map(box => box.rect), view]) ?? view;
  const zoom = Math.min((width - 2 * margin) / all.width, (height - 2 * margin) / all.height);
  const x = (width - all.width * zoom) / 2 - all.x * zoom;
  const y = (height - all.height * zoom) / 2 - all.y * zoom;
  const style = getComputedStyle(paper);
  const colours = new Map<string, string>();
  const colour = (name: string) => {
    const known = colours.get(name) ?? style.getPropertyValue(`--fn-${name}`).trim();
    colours.set(name, known);
    return known;
  };
  const pen = paper.getContext("2d")!;
  pen.setTransform(2, 0, 0, 2, 0, 0);
  pen.clearRect(0, 0, width, height);
  for (const { id, rect } of boxes) {
    const status = statuses.get(id);
    const box = model.graph.boxes.get(id)!;
    pen.fillStyle = colour(model.selection.has(id) ? "accent" : status ? lookOf(session, status.status).tone : `family-${box.family}`) || colour("muted");
    pen.globalAlpha = status || model.selection.has(id) ? 1 : 0.65;
    pen.fillRect(x + rect.x * zoom, y + rect.y * zoom, Math.max(2, rect.width * zoom), Math.max(1.5, rect.height * zoom));
  }
  pen.globalAlpha = 1;
  pen.strokeStyle = colour("accent");
  pen.lineWidth = 1.5;
  pen.strokeRect(x + view.x * zoom, y + view.y * zoom, view.width * zoom, view.height * zoom);
  return { zoom, x, y };
}
