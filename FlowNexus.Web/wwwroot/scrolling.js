const atEnd = new WeakMap();

/** To the end, unless a person has scrolled away from it; back at the end it goes on. */
export function follow(element, jump) {
  if (!element) return;
  if (!atEnd.has(element)) {
    atEnd.set(element, true);
    element.addEventListener('scroll', () => atEnd.set(element, element.scrollHeight - element.scrollTop - element.clientHeight < 8), { passive: true });
  }

  if (!jump && !atEnd.get(element)) return;
  element.scrollTop = element.scrollHeight;
}

export function heightOf(element) {
  return element ? element.scrollHeight : 0;
}

/** Keeps in view what was there before lines came in above it. */
export function grownFrom(element, height) {
  if (element) element.scrollTop += element.scrollHeight - height;
}
