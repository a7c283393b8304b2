/** An evidence file in words (V78): what it proves, how that was checked, what it leaves to be believed, and the signed notes themselves. */
import { utc } from '../report/date.ts';
import type { EvidenceFile } from './file.ts';
import type { EvidenceStrength, EvidenceVerdict } from './judge.ts';

const STRENGTHS: Readonly<Record<EvidenceStrength, string>> = {
	proved: 'PROVED',
	signed: 'SIGNED, NOT PROVED BY THIS FILE ALONE',
	nothing: 'NOTHING SHOWN',
};

export function evidenceText({ reporter, time, origin }: EvidenceFile, verdict: EvidenceVerdict): string {
	const { strength, what, shown, trusted, notes, proof, keys } = verdict;
	const lines = [`${STRENGTHS[strength]}: ${what}`, ''];
	lines.push(`Log        ${origin}`, `Reported   by ${reporter}, ${utc(time)} (their word)`);
	if (keys.kind === 'anchored')
		lines.push(`Package    ${keys.digest}, as you brought it; it names the keys of this log`);
	lines.push('');
	if (shown.length > 0) lines.push('What was checked here', ...shown.map((one) => `  - ${one}`), '');
	for (const [i, note] of notes.entries()) lines.push(`Signed checkpoint ${i + 1}, verbatim`, ...indented(note), '');
	if (proof.length > 0) lines.push('Hashes of the proof', ...proof.map((hash) => `  ${hash}`), '');
	if (trusted.length > 0) lines.push('Not shown by this file', ...trusted.map((one) => `  - ${one}`), '');
	return lines.join('\n');
}

function indented(note: string): readonly string[] {
	return note
		.trimEnd()
		.split('\n')
		.map((line) => `  ${line}`);
}
