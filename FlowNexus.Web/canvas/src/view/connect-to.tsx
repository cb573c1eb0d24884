import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { find } from "../core/find.ts";
import { targets } from "../core/guards.ts";
import { Glyph } from "./glyph.tsx";
import { useSession } from "./session.ts";

/** A connection without a pointer: what may follow this step, to be searched and chosen. */
export function ConnectTo({ from, onClose }: { from: string; onClose: () => void }) {
  const session = useSession();
  const { graph } = session.model;
  const box = graph.boxes.get(from);
  const ways = useMemo(() => box ? [...(box.hasPlainOut ? [{ id: "", label: "Next" }] : []), ...box.ports] : [], [box]);
  const [way, setWay] = useState(ways[0]?.id ?? "");
  const [query, setQuery] = useState("");
  const [own, setOwn] = useState(0);
  const frame = useRef<HTMLDivElement>(null);
  const found = useMemo(() => find(targets(graph, from, way || undefined), query, id => graph.boxes.get(id)?.name ?? "").slice(0, 50), [graph, from, way, query]);
  const chosen = Math.min(own, found.length - 1);
  useLayoutEffect(() => {
    frame.current?.querySelector("input")?.focus();
  }, []);
  useLayoutEffect(() => {
    frame.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  useEffect(() => {
    const outside = (event: Event) => {
      if (!frame.current?.contains(event.target as Node)) onClose();
    };
    document.addEventListener("pointerdown", outside, true);
    return () => document.removeEventListener("pointerdown", outside, true);
  }, [onClose]);
  if (!box) return null;
  const list = `${session.key}-targets`;
  return (
    <div ref={frame} className="fc-finder nowheel nopan" role="dialog" aria-label={`Connect ${box.name} to`} onKeyDown={onKey}>
      <p className="fc-finder-title">Connect <b>{box.name}</b> to…</p>
      {ways.length > 1 && (
        <select aria-label="Way out" value={way} onChange={event => setWay(event.target.value)}>
          {ways.map(option => <option key={option.id} value={option.id}>{option.label}</option>)}
        </select>
      )}
      <input
        type="text"
        role="combobox"
        aria-label="Step to connect to"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={found.length > 0 ? `${list}-${chosen}` : undefined}
        placeholder="Name of a step"
        spellCheck={false}
        value={query}
        onChange={event => {
          setQuery(event.target.value);
          setOwn(0);
        }}
      />
      <div id={list} role="listbox" aria-label="Steps" className="fc-finder-list" tabIndex={-1}>
        {found.map((id, index) => (
          <div key={id} id={`${list}-${index}`} role="option" aria-selected={index === chosen} onClick={() => choose(id)} onPointerMove={() => setOwn(index)}>
            <Glyph name={graph.boxes.get(id)!.glyph} size={14} />
            <span>{graph.boxes.get(id)!.name}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="fc-finder-none" role="status">{query ? "No step of that name may follow." : "No step may follow here: every other one comes before it or follows already."}</p>}
    </div>
  );

  function onKey(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === "ArrowDown") setOwn(Math.min(chosen + 1, found.length - 1));
    else if (event.key === "ArrowUp") setOwn(Math.max(chosen - 1, 0));
    else if (event.key === "Enter") {
      const id = found[chosen];
      if (id) choose(id);
    }
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  }

  function choose(id: string): void {
    close();
    session.acts.connect({ from, ...(way ? { port: way } : {}), to: id });
  }

  function close(): void {
    onClose();
    session.acts.focusSoon(from);
  }
}
