/**
 * Ids of the package as ids of a report. XML allows no `/` in an id and none that begins with a digit, and an id stands once in a whole document: so a word for the kind stands in front, `/` is written `__`, `_` is written `_-`, and `_.` stands between two ids. Two
 * things never get the same id.
 */
export type IdKind = 'area' | 'station' | 'contest' | 'candidate' | 'selection' | 'party';

export function nistId(kind: IdKind, ...ids: readonly string[]): string {
	return `${kind}.${ids.map(escaped).join('_.')}`;
}

function escaped(id: string): string {
	return id.replace(/[_/]/g, (found) => (found === '/' ? '__' : '_-'));
}
