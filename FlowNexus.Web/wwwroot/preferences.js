// What a viewer chose: on the document at once, in a cookie for the next load.
const year = 365 * 24 * 60 * 60;

function keep(cookie, value) {
  document.cookie = `${cookie}=${encodeURIComponent(value)}; path=/; max-age=${year}; samesite=lax`;
}

export function remember(attribute, cookie, value) {
  document.documentElement.dataset[attribute] = value;
  keep(cookie, value);
}

export function rememberZone(cookie) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC";
  keep(cookie, zone);
  return zone;
}
