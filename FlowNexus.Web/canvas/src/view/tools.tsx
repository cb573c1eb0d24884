import { useStore } from "@xyflow/react";
import { useState } from "react";
import type { Alignment } from "../core/align.ts";
import { Glyph } from "./glyph.tsx";
import { Minimap } from "./minimap.tsx";
import { useSession } from "./session.ts";

const alignments: readonly [Alignment, string][] = [["left", "Align left"], ["centre", "Align centres"], ["right", "Align right"], ["top", "Align tops"], ["middle", "Align middles"], ["bottom", "Align bottoms"]];

export function ZoomTools() {
  const session = useSession();
  const percent = useStore(state => Math.round(state.transform[2] * 100));
  const [map, setMap] = useState(() => session.root.clientWidth >= 640 && session.root.clientHeight >= 480);
  return (
    <div className="fc-corner-tools">
      {map && <Minimap />}
      <div className="fc-tools" role="toolbar" aria-label="View">
        <Tool glyph="Map" label="Minimap" pressed={map} onClick={() => setMap(!map)} />
        <Tool glyph="Minus" label="Zoom out" onClick={() => void session.flow?.zoomOut({ duration: 120 })} />
        <button type="button" className="fc-percent" title="Zoom to 100 %" aria-label={`Zoom ${percent} %, reset to 100 %`} onClick={() => session.acts.zoom(1)}>{percent} %</button>
        <Tool glyph="Plus" label="Zoom in" onClick={() => void session.flow?.zoomIn({ duration: 120 })} />
        <Tool glyph="Fit" label="Fit to view" onClick={() => session.acts.fit()} />
        {!session.model.readOnly && <Tool glyph="Workflow" label="Lay out" onClick={() => void session.acts.tidy()} />}
      </div>
    </div>
  );
}

export function ArrangeTools() {
  const { acts, model } = useSession();
  const items = [...model.selection].filter(id => !model.graph.edges.has(id));
  if (model.readOnly || items.length < 2) return null;
  return (
    <div className="fc-tools fc-arrange" role="toolbar" aria-label={`${items.length} selected`}>
      <span className="fc-selected">{items.length} selected</span>
      {alignments.map(([how, label]) => <Tool key={how} glyph={`Align${how.charAt(0).toUpperCase()}${how.slice(1)}`} label={label} onClick={() => acts.align(how)} />)}
      {items.length > 2 && <Tool glyph="SpreadAcross" label="Distribute across" onClick={() => acts.distribute("horizontal")} />}
      {items.length > 2 && <Tool glyph="SpreadDown" label="Distribute down" onClick={() => acts.distribute("vertical")} />}
      <span className="fc-rule" />
      <Tool glyph="Group" label="Group" onClick={() => acts.group()} />
      <Tool glyph="Copy" label="Copy" onClick={() => void acts.copy()} />
      <Tool glyph="Trash" label="Delete" onClick={() => acts.remove()} />
    </div>
  );
}

function Tool({ glyph, label, pressed, onClick }: { glyph: string; label: string; pressed?: boolean; onClick: () => void }) {
  return <button type="button" title={label} aria-label={label} aria-pressed={pressed} onClick={onClick}><Glyph name={glyph} /></button>;
}
