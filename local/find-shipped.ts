import { distance } from '../domain/kernel/nearest.ts';

/** Something that ships under `programmes/<country>/<id>`: a programme or a contract. */
export type Shipped = { readonly id: string; readonly country: string };

const folded = (text: string): string => text.trim().toLowerCase().replaceAll('_', '-');

/**
 * What a person means by a name: its id in any case, `country/id` (also below `programmes/`), or the id without
 * its year where that leaves one. Undefined where nothing ships under it: it may be a path.
 */
export function findShipped<S extends Shipped>(list: readonly S[], name: string): S | undefined {
  const wanted = folded(name)
    .replaceAll('\\', '/')
    .replace(/^(\.\/)?programmes\//, '')
    .replace(/\/$/, '');
  const exact = list.find(({ id, country }) => wanted === id || wanted === `${country}/${id}`);
  if (exact) return exact;
  const yearless = list.filter(({ id, country }) => {
    const short = id.replace(/-\d{4}$/, '');
    return wanted === short || wanted === `${country}/${short}`;
  });
  return yearless.length === 1 ? yearless[0] : undefined;
}

/** Up to three ids that a misspelt name most likely means, the nearest first; none where nothing is near. */
export function nearestIds(list: readonly Shipped[], name: string): string[] {
  const wanted = folded(name).split(/[/\\]/).filter(Boolean).at(-1) ?? '';
  if (wanted.length < 2) return [];
  return list
    .map(({ id }) => {
      const part = id.includes(wanted) || wanted.includes(id);
      return { id, away: part ? 0 : distance(wanted, id) / Math.max(wanted.length, id.length) };
    })
    .filter(({ away }) => away <= 0.4)
    .sort((a, b) => a.away - b.away || (a.id < b.id ? -1 : 1))
    .slice(0, 3)
    .map(({ id }) => id);
}

/** What to do about an unknown name: the nearest ids, and all that ship. */
export function whatShips(list: readonly Shipped[], name: string): string {
  const near = nearestIds(list, name);
  const all = list
    .map(({ id }) => id)
    .sort()
    .join(', ');
  return `${near.length > 0 ? `Nearest: ${near.join(', ')}. ` : ''}What ships: ${all}. Or give the path of a file.`;
}
