// The keys that work everywhere. Letters alone never fire while somebody types.
const sequenceMs = 900;

function typing(target) {
  return target instanceof HTMLElement
    && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function focusFilter() {
  const filter = document.querySelector("main [data-filter]");
  filter?.focus();
  return Boolean(filter);
}

// Blazor takes links over and only scrolls; the link's point is to move the focus.
function skip(event) {
  if (event.target.closest?.(".skip")) document.getElementById("content")?.focus();
}

export function listen(page) {
  let first = null;
  let firstAt = 0;

  function onKey(event) {
    const mod = event.ctrlKey || event.metaKey;
    if (mod && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      page.invokeMethodAsync("Pressed", "mod+k");
      return;
    }
    if (mod || event.altKey || typing(event.target) || document.querySelector("dialog[open], .mud-dialog")) return;

    if (first === "g" && event.timeStamp - firstAt < sequenceMs) {
      first = null;
      page.invokeMethodAsync("Pressed", `g ${event.key}`);
      return;
    }
    first = event.key;
    firstAt = event.timeStamp;
    if (event.key === "?" || event.key === "[") page.invokeMethodAsync("Pressed", event.key);
    if (event.key === "/" && focusFilter()) event.preventDefault();
  }

  document.addEventListener("keydown", onKey);
  document.addEventListener("click", skip);
  return {
    stop() {
      document.removeEventListener("keydown", onKey);
      document.removeEventListener("click", skip);
    },
  };
}
