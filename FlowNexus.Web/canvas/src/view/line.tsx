import { type EdgeProps, getSmoothStepPath, Position } from "@xyflow/react";
import { type CSSProperties, memo } from "react";
import { Glyph } from "./glyph.tsx";
import type { CanvasLine } from "./projection.ts";
import { lookOf, useSession } from "./session.ts";

const head = 7;

/** A connection. The arrow is part of the drawing: a marker could not take the line's colour in every browser. */
export const LineView = memo(function LineView({ id, data, sourceX, sourceY, targetX, targetY, selected }: EdgeProps<CanvasLine>) {
  const session = useSession();
  const edge = data?.edge;
  if (!edge) return null;
  const [path, labelX, labelY] = getSmoothStepPath({ sourceX, sourceY, targetX: targetX - head + 1, targetY, sourcePosition: Position.Right, targetPosition: Position.Left, borderRadius: 10, offset: 24 });
  const tone = edge.path === "taken" ? ({ "--tone": `var(--fn-${lookOf(session, edge.pathStatus ?? "completed").tone})` } as CSSProperties) : undefined;
  const classes = ["fc-edge", `fc-edge-${edge.kind}`, edge.path && `fc-${edge.path}`, edge.change && `fc-${edge.change}`].filter(Boolean).join(" ");
  const insertable = selected && !session.model.readOnly && edge.kind !== "trigger";
  return (
    <g className={classes} style={tone}>
      <path className="fc-path" d={path} />
      <path className="fc-arrow" d={`M${targetX - head} ${targetY - 4.5}L${targetX} ${targetY}L${targetX - head} ${targetY + 4.5}Z`} />
      <path className="react-flow__edge-interaction fc-reach" d={path} />
      {edge.label && <text className="fc-label" x={labelX} y={labelY - 6} textAnchor="middle">{edge.label}</text>}
      {insertable && (
        <foreignObject x={labelX - 26} y={labelY - 12} width={52} height={24} className="fc-edge-acts">
          <button type="button" aria-label="Insert a step here" title="Insert a step here" onClick={() => session.acts.insert(id, { x: labelX, y: labelY })}><Glyph name="Plus" size={14} /></button>
          <button type="button" aria-label="Remove this connection" title="Remove this connection" onClick={() => session.acts.remove([id])}><Glyph name="Close" size={14} /></button>
        </foreignObject>
      )}
    </g>
  );
});
