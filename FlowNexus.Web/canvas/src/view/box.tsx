import { Handle, type NodeProps, Position } from "@xyflow/react";
import { type CSSProperties, memo, useContext } from "react";
import { portY } from "../core/geometry.ts";
import type { Box } from "../core/graph.ts";
import type { Status } from "../core/status.ts";
import { boxWords } from "../core/words.ts";
import { Glyph } from "./glyph.tsx";
import { NameField } from "./name-field.tsx";
import type { BoxNode } from "./projection.ts";
import { FarContext, lookOf, type Session, useSession, useStatus } from "./session.ts";

const badgeGlyphs: Record<string, string> = { retry: "Retry", timeout: "Timer", trigger: "Pulse", warning: "Warning", pinned: "Pin", join: "Join", condition: "Branch", exclusive: "PauseCircle", fallback: "Agent" };

export const BoxView = memo(function BoxView({ id, data }: NodeProps<BoxNode>) {
  const session = useSession();
  const far = useContext(FarContext);
  const status = useStatus(id);
  const { box } = data;
  const look = status && lookOf(session, status.status);
  const classes = ["fc-box", `fc-${box.kind}`, `fc-family-${box.family}`, status && "fc-live", box.change && `fc-${box.change}`, far && "fc-far"].filter(Boolean).join(" ");
  const tone = look ? ({ "--tone": `var(--fn-${look.tone})` } as CSSProperties) : undefined;
  // As few elements as can be: thousands may be in sight.
  if (far) return <div className={classes} style={tone} data-status={status?.status} id={`${session.key}-name-${id}`}>{box.name}</div>;
  return (
    <div className={classes} style={tone} data-status={status?.status}>
      <span className="fc-hidden" id={`${session.key}-name-${id}`}>{boxWords(box, status, word => lookOf(session, word).title)}</span>
      <Near box={box} status={status} session={session} renaming={data.renaming} />
    </div>
  );
});

function Near({ box, status, session, renaming }: { box: Box; status: Status | undefined; session: Session; renaming: boolean }) {
  const look = status && lookOf(session, status.status);
  return (
    <>
      <div className="fc-head">
        <span className="fc-tile" aria-hidden="true"><Glyph name={box.glyph} size={20} /></span>
        <span className="fc-text">
          {renaming
            ? <NameField value={box.name} label={`New name of ${box.name}`} onDone={name => session.acts.renamed(box.id, name)} />
            : <span className="fc-name" aria-hidden="true" title={box.name}>{box.name}</span>}
          <span className="fc-line" aria-hidden="true">{second(box, status)}</span>
        </span>
        <span className="fc-marks" aria-hidden="true">
          {look && <span className={look.tone === "running" ? "fc-state fc-moves" : "fc-state"} title={look.title}><Glyph name={look.glyph} size={16} /></span>}
          {box.badges.length > 0 && (
            <span className="fc-badges">
              {box.badges.slice(0, 4).map((badge, index) => <span key={index} className={`fc-badge fc-badge-${badge.kind}`} title={badge.text}><Glyph name={badgeGlyphs[badge.kind] ?? "Info"} size={12} /></span>)}
            </span>
          )}
        </span>
      </div>
      {box.ports.length > 0 && (
        <ul className="fc-ports" aria-hidden="true">
          {box.ports.map(port => <li key={port.id} className={port.id === "error" ? "fc-port fc-port-error" : "fc-port"} title={port.label}>{port.label}</li>)}
        </ul>
      )}
      {box.problem && <span className={`fc-problem fc-problem-${box.problemLevel ?? "warning"}`} title={box.problem} aria-hidden="true">!</span>}
      {status?.progress != null && status.progress > 0 && look?.tone === "running" && (
        <svg className="fc-progress" aria-hidden="true" viewBox="0 0 100 3" preserveAspectRatio="none"><rect width={Math.min(1, status.progress) * 100} height="3" /></svg>
      )}
      {!session.model.readOnly && <Handles box={box} />}
    </>
  );
}

function second(box: Box, status: Status | undefined): string {
  const tries = status?.attempt && status.attempt > 1 ? `attempt ${status.attempt}` : undefined;
  return [status?.text, tries, box.line ?? box.typeTitle ?? box.type].filter(Boolean).join(" · ");
}

function Handles({ box }: { box: Box }) {
  return (
    <>
      {box.kind === "step" && <Handle id="in" type="target" position={Position.Left} style={{ top: portY() }} aria-hidden="true" />}
      {box.kind === "step" && box.hasPlainOut && <Handle id="out" type="source" position={Position.Right} style={{ top: portY() }} aria-hidden="true" />}
      {box.kind === "step" && box.ports.map((port, index) => (
        <Handle key={port.id} id={port.id} type="source" position={Position.Right} style={{ top: portY(index) }} className={port.id === "error" ? "fc-handle-error" : undefined} aria-hidden="true" />
      ))}
    </>
  );
}
