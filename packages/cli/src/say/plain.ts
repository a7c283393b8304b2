/** Text of others on a terminal: in English where there is some, and without characters that could hide or reorder what is read. */
import type { Text } from '@matokeo/core/election/types.ts';

/** English where there is some, else the first language. */
export function inEnglish(text: Text): string {
	return text['en'] ?? Object.values(text)[0] ?? '';
}

/** What a terminal would obey, or what would reorder the line, is shown as its number. */
export function shown(text: string): string {
	return text.replace(
		/(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu,
		(character) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
	);
}
