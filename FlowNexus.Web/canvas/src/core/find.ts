/** The items that match what was typed, best first: beginning of the name, beginning of a word, anywhere, letters in order. */
export function find<T>(items: readonly T[], query: string, nameOf: (item: T) => string): T[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return [...items];
  return items
    .map((item, index) => ({ item, index, rank: rankOf(nameOf(item).toLowerCase(), wanted) }))
    .filter(found => found.rank < Infinity)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(found => found.item);
}

function rankOf(name: string, wanted: string): number {
  const at = name.indexOf(wanted);
  if (at === 0) return 0;
  if (at > 0) return /[\s_.-]/.test(name.charAt(at - 1)) ? 1 : 2;
  let from = 0;
  for (const letter of wanted) {
    from = name.indexOf(letter, from) + 1;
    if (from === 0) return Infinity;
  }
  return 3;
}
