/** An evidence file in words (V78): what it proves, how that was checked, what it leaves to be believed, and the signed notes themselves. */
import { utc } from '../report/date.ts';
import type { EvidenceFile } from './file.ts';
import type { EvidenceStrength, EvidenceVerdict } from './judge.ts';

const STRENGTHS: Readonly<Record<EvidenceStrength, string>> = {
	proved: 'PROVED',
	signed: 'SIGNED, NOT PROVED BY THIS FILE ALONE',
	nothing: 'NOTHING SHOWN',
};

/** For a court: what the notes are, before they come. */
const READING = [
	'How to read what follows',
	'  A checkpoint is the log’s signed word on what it holds: its name, how many statements, and the root, which is a fingerprint (SHA-256)',
	'  of all of them in their order; then signatures. A log only grows: it may never sign two roots for one number of statements, nor a larger',
	'  record that does not begin with the smaller.',
];

export function evidenceText({ reporter, time, origin }: EvidenceFile, verdict: EvidenceVerdict): string {
	const { strength, what, shown, trusted, notes, proof, keys } = verdict;
	const lines = [`${STRENGTHS[strength]}: ${inOneLine(what)}`, ''];
	lines.push(`Log        ${inOneLine(origin)}`, `Reported   by ${inOneLine(reporter)}, ${utc(time)} (their word)`);
	if (keys.kind === 'anchored')
		lines.push(`Package    ${keys.digest}, as you brought it; it names the keys of this log`);
	lines.push('');
	if (shown.length > 0) lines.push('What was checked here', ...shown.map((one) => `  - ${inOneLine(one)}`), '');
	if (notes.length > 0) lines.push(...READING, '');
	for (const [i, note] of notes.entries()) lines.push(`Signed checkpoint ${i + 1}, verbatim`, ...indented(note), '');
	if (proof.length > 0) lines.push('Hashes of the proof', ...proof.map((hash) => `  ${hash}`), '');
	if (trusted.length > 0) lines.push('Not shown by this file', ...trusted.map((one) => `  - ${inOneLine(one)}`), '');
	return lines.join('\n');
}

/** A stranger's words: what a terminal would obey, or what would begin or reorder a line, is shown as its number. */
function inOneLine(text: string): string {
	return text.replace(
		/[\p{Cc}\p{Cf}\u2028\u2029]/gu,
		(character) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
	);
}

function indented(note: string): readonly string[] {
	return note
		.trimEnd()
		.split('\n')
		.map((line) => `  ${line}`);
}
