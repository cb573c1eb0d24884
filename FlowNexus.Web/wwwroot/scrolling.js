export function toEnd(element) {
  if (element) element.scrollTop = element.scrollHeight;
}
