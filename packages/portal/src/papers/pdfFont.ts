/** The font of papers: one family from a package at one exact version, so that a paper looks the same whoever makes it. Condensed, since sheets are wide. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

const FILES = {
	regular: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
	bold: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
} as const;

export type Weight = keyof typeof FILES;

export function fontFile(weight: Weight): string {
	return FILES[weight];
}
