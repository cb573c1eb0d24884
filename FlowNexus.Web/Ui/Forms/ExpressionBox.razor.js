const longest = 300;

const boxOf = host => host.querySelector('textarea, input');

/** Where the expression around the caret begins; -1 outside of one. */
function beginning(text, caret, whole) {
  const open = text.lastIndexOf('{{', caret - 1);
  const inside = open >= 0 && open + 2 <= caret && !text.slice(open + 2, caret).includes('}}');
  if (inside) return open + 2;
  return whole ? 0 : -1;
}

export function attach(owner, host, whole) {
  const listening = new AbortController();
  const { signal } = listening;
  const ask = asked => {
    const box = boxOf(host);
    const caret = box.selectionStart;
    const start = beginning(box.value, caret, whole);
    if (start < 0 || box.readOnly) return owner.invokeMethodAsync('Close');
    const from = Math.max(start, caret - longest);
    return owner.invokeMethodAsync('Ask', box.value.slice(from, caret), from, asked);
  };

  host.addEventListener('input', event => { if (!event.detail) ask(false); }, { signal });
  host.addEventListener('focusout', event => { if (!host.contains(event.relatedTarget)) owner.invokeMethodAsync('Close'); }, { signal });
  // Before Blazor's own handlers: a key that chooses must not also break the line.
  host.addEventListener('keydown', event => {
    if (event.ctrlKey && event.code === 'Space') {
      event.preventDefault();
      ask(true);
      return;
    }

    const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
    if (host.dataset.open !== 'true' || !plain || !['ArrowDown', 'ArrowUp', 'Enter', 'Tab', 'Escape'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    owner.invokeMethodAsync('Key', event.key);
  }, { capture: true, signal });

  return {
    insert(from, to, text) {
      const box = boxOf(host);
      box.focus();
      box.setRangeText(text, from, to, 'end');
      // Marked, so that what was just chosen does not open the list again unless it leads further.
      box.dispatchEvent(new CustomEvent('input', { bubbles: true, detail: text.endsWith('.') ? 0 : 1 }));
    },
    reveal: index => host.querySelectorAll('[role=option]')[index]?.scrollIntoView({ block: 'nearest' }),
    stop: () => listening.abort(),
  };
}
