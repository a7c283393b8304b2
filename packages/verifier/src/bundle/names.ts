/**
 * Which names a file of a bundle may have (B21): letters, digits and four signs of ASCII, in folders. So there is no absolute path and no way upwards, no drive, no stream, no sign that a terminal obeys or that reorders a line, and no
 * two spellings of one name. A name that is refused is shown with what it hides made visible.
 */
import { BUNDLE_DEPTH_MAX, BUNDLE_NAME_CHARACTERS_MAX } from './limits.ts';

const NAME = /^[A-Za-z0-9._~/-]+$/;

/** `undefined` if a file may be called so, else what is wrong with it. */
export function wrongName(name: string): string | undefined {
	if (name.length === 0) return 'an empty name';
	if (name.length > BUNDLE_NAME_CHARACTERS_MAX) return `a name of more than ${BUNDLE_NAME_CHARACTERS_MAX} characters`;
	if (!NAME.test(name)) return 'a name with characters other than A–Z a–z 0–9 . _ ~ / -';
	const segments = name.split('/');
	if (segments[0] === '') return 'an absolute path';
	if (segments.includes('')) return 'a path with an empty part';
	if (segments.some((segment) => /^\.+$/.test(segment))) return 'a path with a part of dots only';
	return segments.length > BUNDLE_DEPTH_MAX ? `more than ${BUNDLE_DEPTH_MAX} folders in each other` : undefined;
}

/** A stranger's name for a report: what is not printable ASCII stands as its number. */
export function shownName(name: string): string {
	const short = name.length > 120 ? `${name.slice(0, 120)}…` : name;
	return short.replace(
		/[^\x20-\x7e…]/g,
		(unit) => `[U+${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`,
	);
}

/** A report or a message in which a stranger's words may stand: what a terminal obeys, or what hides or reorders a line, is shown as its number. Line ends and the two joiners of Indic and Persian script stay. */
export function visible(text: string): string {
	return text.replace(/(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\u2028\u2029]/gu, (sign) => {
		return `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
	});
}
