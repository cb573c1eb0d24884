import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { counted, groupWords } from "../core/words.ts";
import { Glyph } from "./glyph.tsx";
import { NameField } from "./name-field.tsx";
import type { GroupNode } from "./projection.ts";
import { useSession } from "./session.ts";

export const GroupView = memo(function GroupView({ id, data }: NodeProps<GroupNode>) {
  const session = useSession();
  const { group, renaming } = data;
  return (
    <div className={group.collapsed ? "fc-group fc-folded" : "fc-group"}>
      <span className="fc-hidden" id={`${session.key}-name-${id}`}>{groupWords(group)}</span>
      <div className="fc-group-head">
        <button type="button" className="nodrag" aria-expanded={!group.collapsed} aria-label={group.collapsed ? `Expand ${group.label}` : `Collapse ${group.label}`} onClick={() => session.acts.fold(id)}>
          <Glyph name={group.collapsed ? "Right" : "Down"} size={14} />
        </button>
        {renaming
          ? <NameField value={group.label} label="Name of the group" onDone={name => session.acts.renamed(id, name)} />
          : <span className="fc-name" aria-hidden="true">{group.label || "Group"}</span>}
        <span className="fc-count" aria-hidden="true">{counted(group.boxes.length, "step")}</span>
      </div>
    </div>
  );
});
