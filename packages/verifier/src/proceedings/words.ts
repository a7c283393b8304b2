/**
 * What may be said of a contest at its furthest stage (V86). Only the authority declares: the word stands for an official election whose package the reader's own digest has shown, and whose record is sound.
 * A rehearsal and a parallel count have their own words in that place, and without the digest nobody knows whose declaration it is.
 */
import type { Mode } from '@matokeo/core/election/types.ts';
import type { Verdict } from '../report/report.ts';

export interface DeclaredWords {
	/** In the place of “declared”. */
	readonly word: string;
	/** What is to be said with it; empty where the word says all. */
	readonly note: string;
}

export function declaredWords(mode: Mode, verdict: Verdict, anchored: boolean): DeclaredWords {
	if (mode === 'rehearsal') return { word: 'rehearsal', note: 'No authority has decided this.' };
	if (mode === 'parallel')
		return { word: 'parallel count', note: 'Not an official result; only the election authority may announce one.' };
	if (!anchored)
		return { word: 'consistent; authority not established', note: 'Bring the digest of the package: --anchor DIGEST.' };
	if (verdict === 'failed')
		return { word: 'not established', note: 'This record is not sound; what is wrong is named above.' };
	return { word: 'declared', note: '' };
}
