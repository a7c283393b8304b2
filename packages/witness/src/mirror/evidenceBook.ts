/**
 * Evidence that this mirror has found against its log (M30–M32): one file for each thing the log did, synced to the disk before anything is said of it, read again at a start. The same thing found twice is one
 * file. What a file proves is judged by `verifier/evidence`, by the same functions as everybody else's.
 */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseNote } from '@matokeo/core/log/note.ts';
import { parseProof } from '@matokeo/core/log/proof.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { base64Encode, utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { printCanonical } from '@matokeo/core/std/canonical.ts';
import type { Result } from '@matokeo/core/std/result.ts';
import { err, ok } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { EVIDENCE_BYTES_MAX } from '@matokeo/verifier/check/limits.ts';
import {
	type Accused,
	EVIDENCE_SUFFIX,
	type EvidenceFile,
	type LoggedEntry,
	type Misbehaviour,
	parseEvidence,
	printEvidence,
} from '@matokeo/verifier/evidence/file.ts';
import { type EvidenceVerdict, judgeEvidence } from '@matokeo/verifier/evidence/judge.ts';
import { readWhole } from '@matokeo/verifier/node/files.ts';
import { writeDurably } from './durable.ts';
import type { Limits } from './limits.ts';

export interface KeptEvidence {
	/** 16 hex digits, of what the log did and not of who saw it. */
	readonly id: string;
	/** Name of the file in the folder of evidence. */
	readonly name: string;
	readonly path: string;
	readonly file: EvidenceFile;
	readonly verdict: EvidenceVerdict;
}

export interface EvidenceBook {
	/** Durable when this returns. The one that is known already, if it is. Nothing when there are as many as are kept. */
	readonly keep: (seen: Misbehaviour) => KeptEvidence | undefined;
	readonly list: () => readonly KeptEvidence[];
	/** By the name of its file. */
	readonly bytes: (name: string) => Uint8Array | undefined;
	/** Files in the folder that are no evidence against this log, with why. */
	readonly strays: readonly { readonly name: string; readonly why: string }[];
}

export interface BookParts {
	readonly suite: Suite;
	readonly dir: string;
	readonly accused: Accused;
	readonly reporter: string;
	/** Digest of the package as it was brought from outside. */
	readonly anchor?: string;
	/** UTC seconds. */
	readonly clock: () => number;
	readonly limits: Pick<Limits, 'evidenceMax'>;
}

/** The log that is accused, with the two files of the package that name its keys. */
export function accusedOf(context: Context, packageFiles: ReadonlyMap<string, Uint8Array>): Accused {
	const { origin, logKeys } = trustOf(context);
	const text = (path: string): string | undefined => utf8Decode(packageFiles.get(path) ?? new Uint8Array(0));
	const [manifest, election] = [text('manifest.sha256'), text('election.json')];
	const excerpt = manifest === undefined || election === undefined ? {} : { package: { manifest, election } };
	return { origin, keys: logKeys, ...excerpt };
}

export function openEvidence(parts: BookParts): EvidenceBook {
	const { suite, dir, accused, clock, reporter } = parts;
	mkdirSync(dir, { recursive: true });
	const kept = new Map<string, KeptEvidence>();
	const strays: { name: string; why: string }[] = [];
	for (const name of readdirSync(dir)
		.sort()
		.slice(0, 2 * parts.limits.evidenceMax)) {
		if (!name.endsWith(EVIDENCE_SUFFIX)) continue;
		const read = readEvidence(suite, join(dir, name));
		const own = read.ok && read.value.origin === accused.origin;
		if (own) kept.set(idOf(suite, read.value), opened(parts, name, read.value));
		else strays.push({ name, why: read.ok ? `it is about ${read.value.origin}` : read.error });
	}
	return {
		keep: (seen) => {
			const file: EvidenceFile = { ...accused, reporter, time: clock(), ...seen };
			const id = idOf(suite, file);
			const known = kept.get(id);
			if (known !== undefined) return known;
			if (kept.size >= parts.limits.evidenceMax) return undefined;
			const name = `${id}${EVIDENCE_SUFFIX}`;
			writeDurably(join(dir, name), printEvidence(file));
			const one = opened(parts, name, file);
			kept.set(id, one);
			return one;
		},
		list: () => [...kept.values()],
		bytes: (name) => {
			const one = [...kept.values()].find((other) => other.name === name);
			return one === undefined ? undefined : printEvidence(one.file);
		},
		strays,
	};
}

function opened({ suite, dir, anchor }: BookParts, name: string, file: EvidenceFile): KeptEvidence {
	return { id: idOf(suite, file), name, path: join(dir, name), file, verdict: judgeEvidence(suite, file, anchor) };
}

/** An evidence file that somebody named. */
export function readEvidence(suite: Suite, path: string): Result<EvidenceFile> {
	const read = readWhole(path, EVIDENCE_BYTES_MAX);
	return read.ok ? parseEvidence(suite, read.value) : err(read.error.why);
}

/** The same for everybody who sees the same thing, whenever they see it. */
export function evidenceId(suite: Suite, path: string): Result<string> {
	const read = readEvidence(suite, path);
	return read.ok ? ok(idOf(suite, read.value)) : read;
}

/** What was signed, and not who else signed it: with another line below a checkpoint, or another checkpoint above an entry, it is the same thing. */
function idOf(suite: Suite, file: EvidenceFile): string {
	const { kind, origin } = file;
	return suite.sha256Hex(utf8Encode(printCanonical({ kind, origin, did: didIn(file) }))).slice(0, 16);
}

function didIn(seen: Misbehaviour): readonly string[] {
	switch (seen.kind) {
		case 'void':
			return [entryIn(seen.entry)];
		case 'backdated':
			return [entryIn(seen.tick), entryIn(seen.witnessed)];
		case 'fork':
		case 'rewritten':
		case 'rollback':
			return checkpointsIn(seen).map(signedText).toSorted();
	}
}

function entryIn({ leaf, proof }: LoggedEntry): string {
	const parsed = parseProof(proof);
	return `${parsed.ok ? parsed.value.index : ''} ${base64Encode(leaf)}`;
}

/** The checkpoints that are held against each other. */
export function checkpointsIn(seen: Misbehaviour): readonly Uint8Array[] {
	switch (seen.kind) {
		case 'fork':
			return [seen.first, seen.second];
		case 'rewritten':
			return [seen.older, seen.newer];
		case 'rollback':
			return [seen.seen, seen.served];
		case 'void':
		case 'backdated':
			return [];
	}
}

/** A note without the signatures below it. */
export function signedText(bytes: Uint8Array): string {
	const note = parseNote(bytes);
	return note.ok ? note.value.text : '';
}
