import { getSmoothStepPath, Position, ViewportPortal } from "@xyflow/react";
import { type CSSProperties, memo, useRef } from "react";
import { boxHeight, portY } from "../core/geometry.ts";
import type { CanvasLine } from "./projection.ts";
import { lookOf, type Session, useSession } from "./session.ts";

/** All connections at a low zoom: one path a colour instead of some elements each. */
export const FarLines = memo(function FarLines({ edges }: { edges: readonly CanvasLine[] }) {
  const session = useSession();
  const drawn = useRef(new Map<string, { ends: string; path: string }>());
  const tones = new Map<string, string[]>();
  const next = new Map<string, { ends: string; path: string }>();
  for (const line of edges) {
    const ends = endsOf(session, line);
    if (!ends) continue;
    const key = ends.join(" ");
    const last = drawn.current.get(line.id);
    const path = last?.ends === key ? last.path : pathOf(ends);
    next.set(line.id, { ends: key, path });
    const tone = toneOf(session, line);
    const list = tones.get(tone);
    if (list) list.push(path);
    else tones.set(tone, [path]);
  }
  drawn.current = next;
  return (
    <ViewportPortal>
      <svg className="fc-far-lines" aria-hidden="true">
        {[...tones].map(([tone, paths]) => <path key={tone} d={paths.join("")} style={tone ? { "--tone": `var(--fn-${tone})` } as CSSProperties : undefined} />)}
      </svg>
    </ViewportPortal>
  );
});

function endsOf(session: Session, line: CanvasLine): [number, number, number, number] | null {
  const from = session.model.rectOf(line.source);
  const to = session.model.rectOf(line.target);
  if (!from || !to) return null;
  const port = session.model.graph.boxes.get(line.source)?.ports.findIndex(p => p.id === line.sourceHandle) ?? -1;
  return [from.x + from.width, from.y + portY(port < 0 ? undefined : port), to.x, to.y + boxHeight / 2];
}

function pathOf([sourceX, sourceY, targetX, targetY]: [number, number, number, number]): string {
  return getSmoothStepPath({ sourceX, sourceY, targetX, targetY, sourcePosition: Position.Right, targetPosition: Position.Left, borderRadius: 0, offset: 24 })[0];
}

function toneOf(session: Session, line: CanvasLine): string {
  const edge = line.data?.edge;
  if (session.model.selection.has(line.id)) return "accent";
  if (edge?.change) return { added: "completed", changed: "paused", removed: "failed" }[edge.change];
  if (edge?.path === "taken") return lookOf(session, edge.pathStatus ?? "completed").tone;
  return edge?.kind === "error" ? "failed" : "";
}
