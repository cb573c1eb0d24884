import { useEffect, useRef } from "react";

/** A name that is being changed where it stands. Enter and leaving keep it, Escape does not. */
export function NameField({ value, label, onDone }: { value: string; label: string; onDone: (name: string | null) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  return (
    <input
      ref={field}
      className="fc-field nodrag nopan"
      aria-label={label}
      defaultValue={value}
      maxLength={200}
      spellCheck={false}
      onKeyDown={event => {
        event.stopPropagation();
        if (event.key === "Enter") finish(event.currentTarget.value);
        if (event.key === "Escape") finish(null);
      }}
      onBlur={event => finish(event.currentTarget.value)}
    />
  );

  function finish(name: string | null): void {
    if (done.current) return;
    done.current = true;
    onDone(name);
  }
}
