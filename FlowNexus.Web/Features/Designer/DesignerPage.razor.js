// Keys that work anywhere on the page, also while nothing of the canvas has the focus.
function typing(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function keyOf(event) {
  if (event.shiftKey && event.code === "Digit1" && !typing(event.target)) return "fit";
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  const letter = event.key.toLowerCase();
  if (letter === "s") return "save";
  if (event.key === "Enter") return "run";
  if (typing(event.target)) return null;
  if (letter === "z") return event.shiftKey ? "redo" : "undo";
  return letter === "y" ? "redo" : null;
}

export function listen(page, root) {
  function onKey(event) {
    const key = keyOf(event);
    if (!key || event.defaultPrevented || document.querySelector(".mud-dialog")) return;
    event.preventDefault();
    page.invokeMethodAsync("Pressed", key);
  }

  document.addEventListener("keydown", onKey);
  // Opening a step means to change it: its first field has the focus.
  function inspect() {
    root.querySelector(".right :is(input, textarea)")?.focus();
  }

  return { inspect, stop: () => document.removeEventListener("keydown", onKey) };
}
