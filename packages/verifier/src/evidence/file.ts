/**
 * The evidence file (V70, V71): what somebody saw a log do, with everything that is needed to judge it, as canonical JSON in one spelling. Whoever gets it needs neither the log nor the one who saw
 * it. Parse and print are inverse. It does not know what is proved by it (`judge.ts`).
 */
import { type KeyAlgorithm, parseVerifierKey, printVerifierKey, type VerifierKey } from '@matokeo/core/log/keys.ts';
import { PROOF_HASHES_MAX } from '@matokeo/core/log/limits.ts';
import { isHash } from '@matokeo/core/log/merkle.ts';
import { base64Decode, base64Encode, utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { type Json, type JsonObject, parseCanonical, printCanonical } from '@matokeo/core/std/canonical.ts';
import { assert, err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { EVIDENCE_BYTES_MAX, EVIDENCE_KEYS_MAX, REPORTER_CHARACTERS_MAX } from '../check/limits.ts';

/** Two files of the election package, so that whoever knows its digest need not take the log's keys from the accuser. */
export interface PackageExcerpt {
	/** `manifest.sha256`, whose digest is the anchor. */
	readonly manifest: string;
	/** `election.json`, which names the log's keys. */
	readonly election: string;
}

export interface Accused {
	readonly origin: string;
	/** The log's keys, at least one: of algorithm 1. */
	readonly keys: readonly VerifierKey[];
	readonly package?: PackageExcerpt;
}

/** Who saw it and when, in UTC seconds: the reporter's word. */
export interface Reported {
	readonly reporter: string;
	readonly time: number;
}

/** A leaf and the C2SP proof that the log has signed for it. */
export interface LoggedEntry {
	readonly leaf: Uint8Array;
	readonly proof: Uint8Array;
}

export type Misbehaviour =
	/** Two checkpoints of one size with two roots. */
	| { readonly kind: 'fork'; readonly first: Uint8Array; readonly second: Uint8Array }
	/** The tree of the newer checkpoint has `prefixRoot` where the older one said something else; the proof is the consistency proof from `prefixRoot`. */
	| {
			readonly kind: 'rewritten';
			readonly older: Uint8Array;
			readonly newer: Uint8Array;
			readonly prefixRoot: Uint8Array;
			readonly proof: readonly Uint8Array[];
	  }
	/** A larger checkpoint was seen, and then a smaller one was served. */
	| { readonly kind: 'rollback'; readonly seen: Uint8Array; readonly served: Uint8Array }
	/** A leaf that the rules refuse: by `rule`, in words. */
	| { readonly kind: 'void'; readonly entry: LoggedEntry; readonly rule: string; readonly why: string }
	/** A `clock/tick`, and a `log/witnessed` whose checkpoint leaves it out although these witnesses cosigned that checkpoint at a later time. */
	| {
			readonly kind: 'backdated';
			readonly tick: LoggedEntry;
			readonly witnessed: LoggedEntry;
			/** At least one, of algorithm 4. */
			readonly witnesses: readonly VerifierKey[];
	  };

export type EvidenceFile = Accused & Reported & Misbehaviour;

export const EVIDENCE_SUFFIX = '.evidence.json';
const FORMAT = 'matokeo/v1 evidence';

/** V71. */
export function printEvidence(file: EvidenceFile): Uint8Array {
	assert(file.keys.length > 0 && file.keys.every(({ algorithm }) => algorithm === 1), 'a log signs with algorithm 1');
	const { origin, keys, reporter, time } = file;
	const excerpt = file.package === undefined ? {} : { package: { ...file.package } };
	const members = { format: FORMAT, kind: file.kind, keys: keys.map(printVerifierKey), origin, reporter, time };
	return utf8Encode(`${printCanonical({ ...members, ...excerpt, ...bodyOf(file) })}\n`);
}

/** V71: accepts what `printEvidence` prints, and says what is wrong with anything else. */
export function parseEvidence(suite: Suite, bytes: Uint8Array): Result<EvidenceFile> {
	if (bytes.length > EVIDENCE_BYTES_MAX)
		return err(`V71: an evidence file has at most ${EVIDENCE_BYTES_MAX} bytes, this has ${bytes.length}`);
	const text = utf8Decode(bytes);
	if (text === undefined || !text.endsWith('\n'))
		return err('V71: an evidence file is one line of text that ends in a newline');
	const json = parseCanonical(text.slice(0, -1));
	if (!json.ok) return err(`V71: this is no evidence file: ${json.error.replace('the third line', 'it')}`);
	const root = objectOf(json.value);
	if (root === undefined || root['format'] !== FORMAT)
		return err(`V71: expected "format": "${FORMAT}"; this is another file, or of another version`);
	const accused = accusedIn(suite, root);
	if (!accused.ok) return accused;
	const seen = misbehaviourIn(suite, root);
	if (seen === undefined)
		return err(`V71: the members of this ${JSON.stringify(root['kind'])} are not those of evidence`);
	const file = { ...accused.value, ...seen };
	return utf8Decode(printEvidence(file)) === text
		? ok(file)
		: err('V71: the file has members that evidence of this kind does not have');
}

function bodyOf(seen: Misbehaviour): object {
	switch (seen.kind) {
		case 'fork':
			return { first: textOf(seen.first), second: textOf(seen.second) };
		case 'rewritten': {
			const { older, newer, prefixRoot, proof } = seen;
			assert(isHash(prefixRoot) && proof.every(isHash), 'a proof has hashes of 32 bytes');
			const hashes = { prefix_root: base64Encode(prefixRoot), proof: proof.map(base64Encode) };
			return { older: textOf(older), newer: textOf(newer), ...hashes };
		}
		case 'rollback':
			return { seen: textOf(seen.seen), served: textOf(seen.served) };
		case 'void':
			return { ...entryText(seen.entry), rule: seen.rule, why: seen.why };
		case 'backdated':
			return {
				tick: entryText(seen.tick),
				witnessed: entryText(seen.witnessed),
				witnesses: seen.witnesses.map(printVerifierKey),
			};
	}
}

function misbehaviourIn(suite: Suite, root: JsonObject): Misbehaviour | undefined {
	const { kind } = root;
	switch (kind) {
		case 'fork': {
			const [first, second] = [bytesIn(root['first']), bytesIn(root['second'])];
			return first === undefined || second === undefined ? undefined : { kind, first, second };
		}
		case 'rewritten': {
			const [older, newer] = [bytesIn(root['older']), bytesIn(root['newer'])];
			const [prefixRoot, proof] = [hashIn(root['prefix_root']), hashesIn(root['proof'])];
			if (older === undefined || newer === undefined || prefixRoot === undefined || proof === undefined)
				return undefined;
			return { kind, older, newer, prefixRoot, proof };
		}
		case 'rollback': {
			const [seen, served] = [bytesIn(root['seen']), bytesIn(root['served'])];
			return seen === undefined || served === undefined ? undefined : { kind, seen, served };
		}
		case 'void': {
			const entry = entryIn(root);
			const { rule, why } = root;
			if (entry === undefined || typeof rule !== 'string' || typeof why !== 'string') return undefined;
			return { kind, entry, rule, why };
		}
		case 'backdated': {
			const [tick, witnessed] = [entryIn(objectOf(root['tick'])), entryIn(objectOf(root['witnessed']))];
			const witnesses = keysIn(suite, root['witnesses'], 4);
			if (tick === undefined || witnessed === undefined || witnesses === undefined) return undefined;
			return { kind, tick, witnessed, witnesses };
		}
		default:
			return undefined;
	}
}

function accusedIn(suite: Suite, root: JsonObject): Result<Accused & Reported> {
	const { origin, keys: lines, reporter, time } = root;
	if (typeof origin !== 'string' || origin === '' || typeof reporter !== 'string' || typeof time !== 'number')
		return err('V71: expected "origin" and "reporter" as text and "time" as UTC seconds');
	if (reporter.length > REPORTER_CHARACTERS_MAX || /\p{Cc}/u.test(reporter))
		return err(`V71: the reporter is at most ${REPORTER_CHARACTERS_MAX} characters on one line`);
	const keys = keysIn(suite, lines, 1);
	if (keys === undefined) return err('V71: expected "keys": verifier keys of the log, of algorithm 1, at least one');
	const excerpt = objectOf(root['package']);
	if (excerpt === undefined) return ok({ origin, keys, reporter, time });
	const { manifest, election } = excerpt;
	if (typeof manifest !== 'string' || typeof election !== 'string')
		return err('V71: expected "manifest" and "election" in "package"');
	return ok({ origin, keys, reporter, time, package: { manifest, election } });
}

function keysIn(suite: Suite, value: Json | undefined, algorithm: KeyAlgorithm): readonly VerifierKey[] | undefined {
	const keys: VerifierKey[] = [];
	for (const line of listOf(value) ?? []) {
		const key = parseVerifierKey(suite, typeof line === 'string' ? line : '');
		if (!key.ok || key.value.algorithm !== algorithm) return undefined;
		keys.push(key.value);
	}
	return keys.length > 0 && keys.length <= EVIDENCE_KEYS_MAX ? keys : undefined;
}

function entryText({ leaf, proof }: LoggedEntry): { readonly leaf: string; readonly proof: string } {
	return { leaf: base64Encode(leaf), proof: textOf(proof) };
}

/** A leaf is in base64: one that the rules refuse may be no text at all. */
function entryIn(root: JsonObject | undefined): LoggedEntry | undefined {
	const leaf = typeof root?.['leaf'] === 'string' ? base64Decode(root['leaf']) : undefined;
	const proof = bytesIn(root?.['proof']);
	return leaf === undefined || proof === undefined ? undefined : { leaf, proof };
}

function textOf(bytes: Uint8Array): string {
	const text = utf8Decode(bytes);
	assert(text !== undefined, 'a signed note is text');
	return text;
}

function bytesIn(value: Json | undefined): Uint8Array | undefined {
	return typeof value === 'string' ? utf8Encode(value) : undefined;
}

function hashIn(value: Json | undefined): Uint8Array | undefined {
	const bytes = typeof value === 'string' ? base64Decode(value) : undefined;
	return bytes !== undefined && isHash(bytes) ? bytes : undefined;
}

function hashesIn(value: Json | undefined): readonly Uint8Array[] | undefined {
	const list = listOf(value);
	if (list === undefined || list.length > PROOF_HASHES_MAX) return undefined;
	const hashes = list.flatMap((one) => hashIn(one) ?? []);
	return hashes.length === list.length ? hashes : undefined;
}

function objectOf(value: Json | undefined): JsonObject | undefined {
	return typeof value === 'object' && !isList(value) ? value : undefined;
}

function listOf(value: Json | undefined): readonly Json[] | undefined {
	return isList(value) ? value : undefined;
}

function isList(value: Json | undefined): value is readonly Json[] {
	return Array.isArray(value);
}
