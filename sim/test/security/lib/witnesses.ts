/** The four witnesses of the small election as they run, each with its desk and what it must not forget; and whoever judges the evidence that comes of them. */
import { leafHash, proveConsistency, rootOf } from '@matokeo/core/log/merkle.ts';
import { evaluateQuorum, type Policy } from '@matokeo/core/log/policy.ts';
import { parsePolicy } from '@matokeo/core/log/policyFile.ts';
import { printAddCheckpoint } from '@matokeo/core/log/witness.ts';
import { utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { ok } from '@matokeo/core/std/result.ts';
import { ORIGIN } from '@matokeo/core/testing/smallElection.ts';
import { election, START, suite } from '@matokeo/server/testing/world.ts';
import { type EvidenceFile, type Misbehaviour, parseEvidence, printEvidence } from '@matokeo/verifier/evidence/file.ts';
import { type EvidenceVerdict, judgeEvidence } from '@matokeo/verifier/evidence/judge.ts';
import { keyBehind, signBy, small } from '@matokeo/verifier/testing/smallLog.ts';
import { type WitnessAnswer, type WitnessSigner, witnessDesk } from '@matokeo/witness/witness/desk.ts';
import { memoryState } from '@matokeo/witness/witness/memoryState.ts';
import type { Incident, WitnessState } from '@matokeo/witness/witness/state.ts';

/** What a log shows: its statements, and the checkpoint that it signed over them. */
export interface Shown {
	readonly notes: readonly { readonly bytes: Uint8Array }[];
	readonly checkpoint: Uint8Array;
}

export interface TestWitness {
	readonly state: WitnessState;
	readonly incidents: readonly Incident[];
	/** UTC seconds. */
	readonly now: { seconds: number };
	/** What a log asks that claims to continue what this witness saw last, with the proof out of its own tree. */
	readonly show: (shown: Shown) => WitnessAnswer;
	/** The same for a log that knows nothing of what was seen: from size 0. */
	readonly ask: (oldSize: number, shown: Shown) => WitnessAnswer;
}

export const WITNESSES = ['witness/court', 'witness/moon', 'witness/news', 'witness/sun'] as const;

function policyOf(): Policy {
	const policy = parsePolicy(suite, utf8Encode(election.witnesses.source));
	if (!policy.ok) throw new Error(policy.error);
	return policy.value;
}

export const quorumOf = (names: readonly string[]): boolean => evaluateQuorum(policyOf(), new Set(names)).met;

/** The key of a witness, in its own hands. */
export function witnessSigner(name: string): WitnessSigner {
	const { keyId, algorithm, publicKey } = keyBehind(name, 4);
	return { key: { name, keyId, algorithm, publicKey }, sign: (message) => signBy(name, message) };
}

const { name, keyId, algorithm, publicKey } = keyBehind(ORIGIN);
export const LOG_KEY = { name, keyId, algorithm, publicKey };

export function witnessOf(who: string): TestWitness {
	const state = memoryState();
	const incidents: Incident[] = [];
	const now = { seconds: START + 100 };
	const desk = witnessDesk({
		suite,
		logs: new Map([[ORIGIN, [LOG_KEY]]]),
		state,
		signer: witnessSigner(who),
		clock: () => now.seconds,
		reporter: (incident) => incidents.push(incident),
	});
	const ask = (oldSize: number, shown: Shown): WitnessAnswer =>
		desk.addCheckpoint(printAddCheckpoint({ oldSize, proof: proofOf(shown, oldSize), checkpoint: shown.checkpoint }));
	return { state, incidents, now, ask, show: (shown) => ask(state.latest(ORIGIN)?.size ?? 0, shown) };
}

/** The consistency proof that the tree over these statements has for an earlier size. */
export function proofOf({ notes }: Shown, oldSize: number): readonly Uint8Array[] {
	if (oldSize === 0 || oldSize >= notes.length) return [];
	const hashes = notes.map(({ bytes }) => leafHash(suite, bytes));
	const read = ({ level, index }: { readonly level: number; readonly index: number }) =>
		ok(rootOf(suite, hashes.slice(index * 2 ** level, (index + 1) * 2 ** level)));
	const proof = proveConsistency(suite, read, oldSize, notes.length);
	if (!proof.ok) throw new Error(proof.error);
	return proof.value;
}

export function prefixOf(shown: Shown, oldSize: number) {
	const hashes = shown.notes.slice(0, oldSize).map(({ bytes }) => leafHash(suite, bytes));
	return { root: rootOf(suite, hashes), proof: proofOf(shown, oldSize) };
}

/** Evidence as a newspaper gets it: a file, judged with the anchor that was printed before polling. */
export function judged(bytes: Uint8Array): EvidenceVerdict {
	const file = parseEvidence(suite, bytes);
	if (!file.ok) throw new Error(file.error);
	return judgeEvidence(suite, file.value, election.digest);
}

export function evidenceFile(seen: Misbehaviour, more: Partial<EvidenceFile> = {}): EvidenceFile {
	const text = (path: string): string => utf8Decode(small.files.get(path) ?? new Uint8Array()) ?? '';
	const excerpt = { manifest: text('manifest.sha256'), election: text('election.json') };
	const accused = { origin: ORIGIN, keys: [LOG_KEY], package: excerpt };
	return { ...accused, reporter: 'somebody', time: START, ...more, ...seen };
}

export function judgedOf(seen: Misbehaviour): EvidenceVerdict {
	return judged(printEvidence(evidenceFile(seen)));
}
