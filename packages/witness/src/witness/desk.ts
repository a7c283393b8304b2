/**
 * The witness itself (`spec/witness.md`, N1–N7), without HTTP, disk or clock of its own: one request in, one answer out, nothing else runs meanwhile. It judges by the log's rules (L31–L36), and what
 * it answers with 200 has been persisted before. It never signs an earlier time than it has signed, and never a second tree.
 */
import type { VerifiedCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { cosigner, verifyCosignature } from '@matokeo/core/log/cosignature.ts';
import { isSize } from '@matokeo/core/log/decimal.ts';
import type { VerifierKey } from '@matokeo/core/log/keys.ts';
import type { NoteSignature } from '@matokeo/core/log/note.ts';
import { parseNote, printNote, printSignatureLine } from '@matokeo/core/log/note.ts';
import type { WitnessVerdict } from '@matokeo/core/log/witness.ts';
import { codeOf, judgeCheckpoint, SIZE_TYPE } from '@matokeo/core/log/witness.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { assert, unreachable } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { PackageExcerpt } from '@matokeo/verifier/evidence/file.ts';
import { incidentOf, signaturesOfLog } from './incidents.ts';
import { LIMITS } from './limits.ts';
import type { Cosigned, Incident, WitnessState } from './state.ts';

/** The witness's own key, of algorithm 4 and used for nothing else (L18). */
export interface WitnessSigner {
	readonly key: VerifierKey;
	/** The 64-byte Ed25519 signature of a message. */
	readonly sign: (message: Uint8Array) => Uint8Array;
}

/** Origin → the keys that sign for it. */
export type WatchedLogs = ReadonlyMap<string, readonly VerifierKey[]>;

export interface DeskParts {
	readonly suite: Suite;
	readonly logs: WatchedLogs;
	/** Origin → an excerpt of the election package, for evidence. */
	readonly excerpts?: ReadonlyMap<string, PackageExcerpt>;
	readonly state: WitnessState;
	readonly signer: WitnessSigner;
	/** UTC seconds. */
	readonly clock: () => number;
	/** Told once of each incident that was kept. */
	readonly reporter: (incident: Incident) => void;
	/** Asked before something new is written for an origin: seconds to wait, if it is too much. */
	readonly spend?: (origin: string, what: Spent) => number | undefined;
	/** Called at each of these points; a test hands in something that kills the process there. */
	readonly faults?: (point: CrashPoint) => void;
}

/** A proven incident is written whatever the rate: there are few, and each is what a witness is for. */
export type Spent = 'cosignature' | 'unexplained';

/** `before-persist`: signed, and the signature is lost. `after-persist`: persisted, not answered; the log asks again. */
export type CrashPoint = 'before-persist' | 'after-persist';

export interface WitnessAnswer {
	readonly code: number;
	/** Content type. */
	readonly type: string;
	readonly body: Uint8Array;
	/** Seconds, with the codes 429 and 503. */
	readonly retryAfter?: number;
}

export interface WitnessDesk {
	/** Answers the body of an `add-checkpoint` request. Throws only trouble of the state: nothing was signed then that anybody could see. */
	readonly addCheckpoint: (body: Uint8Array) => WitnessAnswer;
}

type NotCosigned = Extract<WitnessVerdict, { readonly kind: 'conflict' | 'inconsistent' }>;

const PLAIN = 'text/plain; charset=utf-8';

export function witnessDesk(parts: DeskParts): WitnessDesk {
	const { suite, logs, state } = parts;
	const once = (body: Uint8Array): WitnessAnswer | undefined => {
		/** Exactly what the judgement was made on: another process may write at any moment. */
		const read: Cosigned[] = [];
		const verdict = judgeCheckpoint(
			suite,
			body,
			(origin) => logs.get(origin),
			(origin) => {
				const last = state.latest(origin);
				if (last !== undefined) read.push(last);
				return last;
			},
		);
		const code = codeOf(verdict);
		switch (verdict.kind) {
			case 'malformed':
			case 'unknown-log':
			case 'unsigned':
				return said(code, verdict.why);
			case 'conflict':
				keepIncident(parts, verdict, read[0]);
				return { code, type: SIZE_TYPE, body: utf8Encode(`${verdict.size}\n`) };
			case 'inconsistent':
				keepIncident(parts, verdict, read[0]);
				return said(code, verdict.why);
			case 'cosign':
				return cosign(parts, verdict.verified, read[0]);
			default:
				return unreachable(verdict);
		}
	};
	return {
		addCheckpoint: (body) => {
			for (let attempt = 0; attempt < LIMITS.attemptsMax; attempt++) {
				const answer = once(body);
				if (answer !== undefined) return answer;
			}
			return later(503, 'N3: another request for this log came between, again and again; send it once more');
		},
	};
}

/** N3–N6. `undefined`: another came between, nothing was written, and the request is to be judged again. */
function cosign(
	{ state, signer, clock, spend, faults, suite }: DeskParts,
	verified: VerifiedCheckpoint,
	last: Cosigned | undefined,
): WitnessAnswer | undefined {
	const { origin, size, root } = verified.checkpoint;
	const seconds = clock();
	const newest = state.newestSeconds();
	if (!isSize(seconds) || seconds > LIMITS.secondsMax || seconds < newest)
		return later(
			503,
			`N5: the clock of this witness shows ${seconds}, and it has cosigned at ${newest}: it signs nothing until its clock is right`,
		);
	const again = sameSecond(signer, verified, last, seconds);
	if (again !== undefined) return signed(again);
	const wait = spend?.(origin, 'cosignature');
	if (wait !== undefined) return later(429, 'N12: too many checkpoints of this log at once', wait);

	const { name, keyId, publicKey } = signer.key;
	const { text, textBytes } = verified.note;
	const own = { name, keyId, signature: cosigner(signer.key, seconds, signer.sign).sign(textBytes) };
	assert(verifyCosignature(suite, publicKey, textBytes, own.signature), 'what the witness signs verifies');
	const note = printNote(text, [...signaturesOfLog(verified), own]);
	faults?.('before-persist');
	const next = { origin, size, root, note, seconds, since: last?.since ?? seconds, count: (last?.count ?? 0) + 1 };
	if (!state.advance(next, last)) return undefined;
	faults?.('after-persist');
	return signed(own);
}

/** The cosignature that was given for the very same text in this very second: it would be the same bytes again. */
function sameSecond(
	{ key }: WitnessSigner,
	verified: VerifiedCheckpoint,
	last: Cosigned | undefined,
	seconds: number,
): NoteSignature | undefined {
	if (last?.seconds !== seconds || last.size !== verified.checkpoint.size) return undefined;
	const note = parseNote(last.note);
	assert(note.ok, 'what was persisted is a note');
	if (note.value.text !== verified.note.text) return undefined;
	return note.value.signatures.find(({ name, keyId }) => name === key.name && keyId === key.keyId);
}

/** N7, N8: kept before the answer. Told to the reporter once. */
function keepIncident(parts: DeskParts, verdict: NotCosigned, last: Cosigned | undefined): void {
	const { state, spend, reporter } = parts;
	const incident = incidentOf(parts, verdict, last);
	if (incident === undefined || state.incident(incident.id) !== undefined) return;
	if (incident.kind === 'unexplained' && spend?.(incident.origin, 'unexplained') !== undefined) return;
	if (state.keepIncident(incident) === 'kept') reporter(incident);
}

function signed(own: NoteSignature): WitnessAnswer {
	return { code: 200, type: PLAIN, body: utf8Encode(printSignatureLine(own)) };
}

function said(code: number, why: string): WitnessAnswer {
	return { code, type: PLAIN, body: utf8Encode(`${why}\n`) };
}

function later(code: 429 | 503, why: string, retryAfter: number = LIMITS.laterSeconds): WitnessAnswer {
	return { ...said(code, why), retryAfter };
}
