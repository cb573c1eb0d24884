import type { NodeProps } from "@xyflow/react";
import { memo, type PointerEvent, useEffect, useRef, useState } from "react";
import { snap } from "../core/geometry.ts";
import type { NoteNode } from "./projection.ts";
import { useSession } from "./session.ts";

const least = { width: 120, height: 64 };

export const NoteView = memo(function NoteView({ id, data, selected }: NodeProps<NoteNode>) {
  const session = useSession();
  const { note, renaming } = data;
  const [size, setSize] = useState({ width: note.width, height: note.height });
  useEffect(() => setSize({ width: note.width, height: note.height }), [note.width, note.height]);
  const text = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (renaming) text.current?.focus();
  }, [renaming]);
  return (
    <div className="fc-note" style={size}>
      <span className="fc-hidden" id={`${session.key}-name-${id}`}>{`Note: ${note.text || "empty"}`}</span>
      {renaming
        ? <textarea
            ref={text}
            className="nodrag nopan nowheel"
            aria-label="Text of the note"
            defaultValue={note.text}
            maxLength={4000}
            onKeyDown={event => {
              event.stopPropagation();
              if (event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey))) event.currentTarget.blur();
            }}
            onBlur={event => session.acts.noted({ ...note, text: event.currentTarget.value })}
          />
        : <p aria-hidden="true">{note.text || "Empty note"}</p>}
      {selected && !session.model.readOnly && <span className="fc-corner nodrag" title="Drag to resize" onPointerDown={resize} />}
    </div>
  );

  function resize(event: PointerEvent<HTMLSpanElement>): void {
    event.stopPropagation();
    const corner = event.currentTarget;
    const zoom = session.flow?.getZoom() ?? 1;
    const from = { x: event.clientX, y: event.clientY, ...size };
    let last = size;
    corner.setPointerCapture(event.pointerId);
    const move = (at: globalThis.PointerEvent) => {
      last = { width: Math.max(least.width, snap(from.width + (at.clientX - from.x) / zoom)), height: Math.max(least.height, snap(from.height + (at.clientY - from.y) / zoom)) };
      setSize(last);
    };
    corner.addEventListener("pointermove", move);
    corner.addEventListener("lostpointercapture", () => {
      corner.removeEventListener("pointermove", move);
      if (last !== size) session.acts.noted({ ...note, ...last });
    }, { once: true });
  }
});
