/**
 * The languages in which declarations and certificates are generated. Their sentences say the same things of the same numbers, which is tested; a language
 * more is a file more and a line here.
 */

import { WORDS_EN } from './wordsEn.ts';
import { WORDS_ES } from './wordsEs.ts';
import { WORDS_SW } from './wordsSw.ts';
import type { DeclarationWords } from './wordTypes.ts';

export const DECLARATION_LANGUAGES = ['en', 'es', 'sw'] as const;
export type DeclarationLanguage = (typeof DECLARATION_LANGUAGES)[number];

export const DECLARATION_WORDS: Readonly<Record<DeclarationLanguage, DeclarationWords>> = {
	en: WORDS_EN,
	es: WORDS_ES,
	sw: WORDS_SW,
};
