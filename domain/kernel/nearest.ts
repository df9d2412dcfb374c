/** Letters to insert, leave out or replace to turn one word into the other. */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}

/** The name that a misspelt one most likely means; undefined where none is within a third of its letters. */
export function nearest(names: Iterable<string>, misspelt: string): string | undefined {
  let best: { name: string; away: number } | undefined;
  for (const name of names) {
    const away = distance(name, misspelt) / Math.max(name.length, misspelt.length);
    if (away <= 1 / 3 && away < (best?.away ?? 1)) best = { name, away };
  }
  return best?.name;
}
