import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Glyph } from "./glyph.tsx";
import type { MenuItem } from "./menu-items.ts";

export interface MenuAt {
  items: readonly MenuItem[];
  x: number;
  y: number;
  back: HTMLElement | null;
}

export function Menu({ at, onClose }: { at: MenuAt; onClose: () => void }) {
  const list = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ left: at.x, top: at.y });
  useLayoutEffect(() => {
    const own = list.current!;
    const area = own.offsetParent!;
    setPlace({ left: Math.max(4, Math.min(at.x, area.clientWidth - own.offsetWidth - 4)), top: Math.max(4, Math.min(at.y, area.clientHeight - own.offsetHeight - 4)) });
    own.querySelector<HTMLElement>("[role=menuitem]")?.focus();
  }, [at]);
  useEffect(() => {
    const outside = (event: Event) => {
      if (!list.current?.contains(event.target as Node)) onClose();
    };
    document.addEventListener("pointerdown", outside, true);
    return () => document.removeEventListener("pointerdown", outside, true);
  }, [onClose]);
  return (
    <div ref={list} className="fc-menu nowheel nopan" role="menu" aria-label="Actions" style={place} onKeyDown={onKey} onContextMenu={event => event.preventDefault()}>
      {at.items.map((item, index) => (
        <button key={index} type="button" role="menuitem" tabIndex={-1} className={[item.danger && "fc-danger", item.apart && index > 0 && "fc-apart"].filter(Boolean).join(" ")} onClick={() => choose(item)}>
          {item.glyph ? <Glyph name={item.glyph} size={14} /> : <span className="fc-no-glyph" />}
          <span>{item.label}</span>
          {item.keys && <kbd aria-hidden="true">{item.keys}</kbd>}
        </button>
      ))}
    </div>
  );

  function choose(item: MenuItem): void {
    at.back?.focus({ preventScroll: true });
    onClose();
    item.act();
  }

  function onKey(event: KeyboardEvent): void {
    event.stopPropagation();
    const items = [...list.current!.querySelectorAll<HTMLElement>("[role=menuitem]")];
    const own = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: own + 1, ArrowUp: own - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) items[to % items.length]?.focus();
    else if (event.key === "Escape" || event.key === "Tab") {
      at.back?.focus({ preventScroll: true });
      onClose();
    }
    else if (event.key.length === 1 && event.key !== " ") items.find(item => item.textContent?.toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
    else return;
    event.preventDefault();
  }
}
