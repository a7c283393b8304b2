/**
 * One bundle of the log and the tile of its leaf hashes, checked as far as that can be done without knowing what came before: files against one another, spelling,
 * and every signature under the key that its line names (V10–V13). Whether that key was in force is asked later, in order.
 */

import { isAscii } from 'node:buffer';
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { verifySignature } from '@matokeo/core/log/ed25519.ts';
import { type Leaf, parseLeaf } from '@matokeo/core/record/leaf.ts';
import { base64Decode } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { comparePublished } from './bundleFiles.ts';
import {
	ASCII,
	type BundleAnswer,
	type BundleJob,
	ENTRY_END,
	ENTRY_START,
	FIRST_SIGNATURE,
	JSON_END,
	JSON_START,
	type KeysNews,
	LAYOUT,
	type LeafFault,
	OWN_HEADER,
	PARSED,
} from './job.ts';
import { readBundle } from './readBundle.ts';
import type { Ring } from './ring.ts';
import { typeCode } from './types.ts';

const NEWLINE = 10;
const HASH_BYTES = 32;

export function doBundle(suite: Suite, folder: string, ring: Ring, job: BundleJob): BundleAnswer {
	const read = readBundle(join(folder), job);
	const { bytes, spans } = read;
	const count = spans.length / 2;
	const layout = new Uint32Array(count * LAYOUT);
	const types = new Uint8Array(count);
	const flags = new Uint8Array(count);
	const ids = new Uint8Array(count * HASH_BYTES);
	const own = new Uint8Array(count * HASH_BYTES);
	const faults: LeafFault[] = [];
	const numbers: number[] = [];
	const verdicts: number[] = [];
	const enrolled: Enrolled = { names: [], keyIds: [], keys: [] };
	const idBytes = Buffer.from(ids.buffer);
	const ownBytes = Buffer.from(own.buffer);
	const leafInput = Buffer.from(bytes.buffer);
	for (let i = 0; i < count; i++) {
		const start = spans[2 * i] ?? 0;
		const end = spans[2 * i + 1] ?? 0;
		ownBytes.write(leafHash(leafInput, start, end), i * HASH_BYTES, HASH_BYTES, 'latin1');
		if (i < job.skip) continue;
		const parsed = parseLeaf(suite, bytes.subarray(start, end));
		const at = i * LAYOUT;
		layout[at + ENTRY_START] = start;
		layout[at + ENTRY_END] = end;
		layout[at + FIRST_SIGNATURE] = numbers.length;
		if (!parsed.ok) {
			faults.push({ at: i, ...parsed.error });
			continue;
		}
		const leaf = parsed.value;
		const jsonEnd = start + leaf.text.length - 1;
		const jsonStart = afterSecondLine(bytes, start);
		layout[at + JSON_START] = jsonStart;
		layout[at + JSON_END] = jsonEnd;
		types[i] = typeCode(leaf.statement.type);
		flags[i] = PARSED | (isAscii(bytes.subarray(jsonStart, jsonEnd)) ? ASCII : 0) | headerFlag(leaf, job);
		idBytes.write(leaf.id, i * HASH_BYTES, HASH_BYTES, 'hex');
		for (const { name, keyId, signature } of leaf.signatures) {
			const key = ring.find(name, keyId);
			numbers.push(key?.number ?? 0);
			verdicts.push(key !== undefined && verifySignature(suite, key.publicKey, leaf.text, signature) ? 1 : 0);
		}
		enrol(ring, enrolled, leaf);
	}
	const files = comparePublished(suite, folder, job, read, own);
	return {
		kind: 'bundle',
		index: job.index,
		bytes,
		count,
		skipped: Math.min(job.skip, count),
		layout,
		types,
		flags,
		ids,
		hashes: files.hashes,
		root: files.root,
		keyNumbers: Uint32Array.from(numbers),
		verdicts: Uint8Array.from(verdicts),
		faults,
		enrolled: newsOf(enrolled),
		files: [...read.files, ...files.files],
		differing: files.differing,
		compared: files.compared + 1,
	};
}

/** The byte before an entry belongs to its length and is put back: so the entry need not be copied to be hashed with a zero before it. */
function leafHash(bytes: Buffer, start: number, end: number): string {
	const before = bytes[start - 1] ?? 0;
	bytes[start - 1] = 0;
	const digest = hash('sha256', bytes.subarray(start - 1, end), 'binary');
	bytes[start - 1] = before;
	return digest;
}

function afterSecondLine(bytes: Uint8Array, start: number): number {
	return bytes.indexOf(NEWLINE, bytes.indexOf(NEWLINE, start) + 1) + 1;
}

function headerFlag({ election, digest }: Leaf, { header }: BundleJob): number {
	return header === `${election} ${digest}` ? OWN_HEADER : 0;
}

interface Enrolled {
	readonly names: string[];
	readonly keyIds: string[];
	readonly keys: Uint8Array[];
}

/** Keys that are enrolled here sign further on, perhaps in this very bundle. */
function enrol(ring: Ring, enrolled: Enrolled, { statement }: Leaf): void {
	if (statement.type !== 'key/enrol') return;
	for (const { name, key } of statement.keys) {
		const publicKey = base64Decode(key);
		if (publicKey === undefined) continue;
		enrolled.names.push(name);
		enrolled.keyIds.push(ring.idOf(name, publicKey));
		enrolled.keys.push(publicKey);
	}
}

function newsOf({ names, keyIds, keys }: Enrolled): KeysNews {
	return { kind: 'keys', names, keyIds, keys: Uint8Array.from(Buffer.concat(keys)) };
}
