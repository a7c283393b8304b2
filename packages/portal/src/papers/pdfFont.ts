/** The font of papers: one family from a package at one exact version, so that a paper looks the same whoever makes it. Condensed, since sheets are wide. */
import { createRequire } from 'node:module';

const FILES = { regular: 'DejaVuSansCondensed.ttf', bold: 'DejaVuSansCondensed-Bold.ttf' } as const;

export type Weight = keyof typeof FILES;

const { resolve } = createRequire(import.meta.url);

export function fontFile(weight: Weight): string {
	return resolve(`dejavu-fonts-ttf/ttf/${FILES[weight]}`);
}
