/**
 * `matokeo verify --evidence FILE [--anchor DIGEST]`: what a file of evidence proves, from itself alone (V70–V78). Answers 1 when misbehaviour is proved, 0 when only signatures hold, 2 when it shows nothing.
 */
import { EVIDENCE_BYTES_MAX } from '@matokeo/verifier/check/limits.ts';
import { type EvidenceFile, parseEvidence } from '@matokeo/verifier/evidence/file.ts';
import { type EvidenceVerdict, judgeEvidence } from '@matokeo/verifier/evidence/judge.ts';
import { evidenceText } from '@matokeo/verifier/evidence/text.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { readGiven } from '../given.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';

const CODES: Readonly<Record<EvidenceVerdict['strength'], number>> = { proved: 1, signed: 0, nothing: COULD_NOT_RUN };

export function runVerifyEvidence(
	path: string,
	out: Output,
	{ anchor, json }: { readonly anchor?: string; readonly json?: true },
): number {
	const read = readGiven(path, EVIDENCE_BYTES_MAX);
	if (!read.ok) {
		out.stderr(`${read.error}\n`);
		return COULD_NOT_RUN;
	}
	const suite = nativeSuite();
	const file = parseEvidence(suite, read.value);
	if (!file.ok) {
		out.stderr(`"${path}" is no evidence: ${file.error}. Ask for the original file, byte for byte.\n`);
		return COULD_NOT_RUN;
	}
	const verdict = judgeEvidence(suite, file.value, anchor);
	out.stdout(json === true ? `${asJson(file.value, verdict)}\n` : evidenceText(file.value, verdict));
	return CODES[verdict.strength];
}

function asJson({ kind, origin, reporter, time }: EvidenceFile, verdict: EvidenceVerdict): string {
	return JSON.stringify({ kind, origin, reporter, time, ...verdict }, null, '\t');
}
