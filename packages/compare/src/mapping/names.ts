/**
 * How headings and names of candidates are laid beside each other: accents, case, punctuation and words that every heading has do not count. What a heading means by itself
 * (registered, blank, valid …) is known for the languages in which commissions publish, as far as we have seen their tables.
 */

/** Lower case, accents off, everything but letters and digits a single space. */
export function normalized(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{M}+/gu, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

/** Words that headings add to what they are about. */
const FILLERS = new Set('votos votes voto vote votacion voturi de do da of the for qt v1 v2 candidate'.split(' '));

function wordsOf(text: string): readonly string[] {
	return normalized(text).split(' ');
}

/** A heading or a name, taken apart once: tables of a thousand columns are laid beside as many names. */
export interface Name {
	readonly whole: string;
	/** The words that count, in order; all of them when nothing else is there. */
	readonly words: readonly string[];
	readonly joined: string;
	readonly set: ReadonlySet<string>;
	readonly initials: string;
}

export function nameOf(text: string): Name {
	const all = wordsOf(text);
	const kept = all.filter((word) => !FILLERS.has(word));
	const words = kept.length > 0 ? kept : all;
	return { whole: normalized(text), words, joined: words.join(''), set: new Set(words), initials: initials(words) };
}

export function likeness(heading: string, name: string): number {
	return likenessOf(nameOf(heading), nameOf(name));
}

/** From 0, nothing in common, to 5, the same name. */
export function likenessOf(heading: Name, name: Name): number {
	if (heading.whole === name.whole) return 5;
	if (heading.joined === name.joined) return 4;
	const [few, many] = heading.words.length <= name.words.length ? [heading, name] : [name, heading];
	const inside = few.words.every((word) => many.set.has(word));
	if (inside && heading.set.size === name.set.size) return 3;
	const last = few.words.at(-1) ?? '';
	if (inside && (few.words.length > 1 || last.length >= 4)) return 2;
	const [only = ''] = heading.words;
	return heading.words.length === 1 && only.length >= 2 && name.initials === only ? 1 : 0;
}

function initials(words: readonly string[]): string {
	return words.map((word) => word.charAt(0)).join('');
}

/** `apart`: contested, unused, written in … – ballots of another kind than votes for somebody on the form. */
export type Meaning = 'registered' | 'blank' | 'invalid' | 'apart' | 'valid' | 'cast';

const MEANINGS: readonly (readonly [Meaning, RegExp])[] = [
	[
		'registered',
		/\b(registered|reg voters|reg voter|electors?|electorate|inscritos|habilitados|habilm|electores|lista nominal|padron|aptos|census|dpt|alegatori|eligible)\b/,
	],
	['blank', /\b(blanks?|blancos?|en blanco|brancos?|em branco|blanco|blancs?)\b/],
	['invalid', /\b(invalid|nulos?|null|nuls?|rejected|spoilt|spoiled|ongeldig|tidak sah)\b/],
	[
		'apart',
		/\b(impugnad[oa]s?|disputed|contested|challenged|objected|recurridos?|no registrad[oa]s|write ins?|sobrantes|unused|stray|boletas|resoluciones)\b/,
	],
	['valid', /\b(valid|validos?|valides?|suara sah|sah)\b/],
	[
		'cast',
		/\b(cast|emitidos?|votaron|personas votaron|total votes|total votos|comparecimento|turnout|voted voters|calculado|asentado)\b/,
	],
];

/** What a heading says that its numbers are, where it says it in words that we know. */
export function meaningOf(heading: string): Meaning | undefined {
	const text = normalized(heading);
	return MEANINGS.find(([, pattern]) => pattern.test(text))?.[0];
}

/** An id in the manner of election packages, made of a heading. */
export function idOf(heading: string, taken: ReadonlySet<string>): string {
	const base =
		normalized(heading)
			.replace(/[^a-z0-9]+/g, '-')
			.replace(/^-+|-+$/g, '')
			.slice(0, 48) || 'field';
	const plain = /^[0-9]+$/.test(base) || base === 'constructor' ? `n${base}` : base;
	let id = plain;
	for (let times = 2; taken.has(id); times++) id = `${plain}-${times}`;
	return id;
}
