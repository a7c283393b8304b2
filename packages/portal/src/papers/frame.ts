/** What every paper of an election has around its matter: the kind of count, where in the log it stands, and what is at the foot of its pages. */
import type { Election } from '@matokeo/core/election/types.ts';
import type { Words } from '../words/words.ts';
import { type Paper, type PaperBlock, type PaperFact, textIn } from './paper.ts';

/** Absent in an official election. */
export function modeOf({ mode }: Election, words: Words): Paper['mode'] {
	switch (mode) {
		case 'official':
			return undefined;
		case 'parallel':
			return { label: words.say('papers.parallel'), text: words.say('common.modeParallelText') };
		case 'rehearsal':
			return { label: words.say('papers.rehearsal'), text: words.say('common.modeRehearsalText') };
	}
}

export function originFacts(
	{ log, digest }: Election,
	words: Words,
	{ size, time }: { readonly size: number; readonly time: number },
): readonly PaperFact[] {
	const stands = words.say('papers.standsAtText', { origin: log.origin, size, time: words.time(time) });
	return [
		{ label: words.say('papers.standsAt'), value: { foreign: stands } },
		{ label: words.say('papers.package'), value: { foreign: digest } },
	];
}

export function footOf({ log }: Election, words: Words, size: number, digest: string): Paper['foot'] {
	return { log: words.say('papers.footer', { origin: log.origin, size }), digest };
}

/** The notice that the package wants on every page; nothing where it has none. */
export function noticeBlocks({ notice }: Election, words: Words): readonly PaperBlock[] {
	const text = textIn(words.language, notice);
	if (text.foreign === '') return [];
	return [
		{ kind: 'heading', text: words.say('common.noticeTitle') },
		{ kind: 'paragraph', text },
	];
}
