/** Requests to a witness and what it makes of them (L31–L37), row by row; and what a proof for other hashes gives away. */
import { createPrivateKey, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signCheckpoint } from '../../src/log/checkpoint.ts';
import { type VerifierKey, verifierKey } from '../../src/log/keys.ts';
import { ADD_CHECKPOINT_BYTES_MAX } from '../../src/log/limits.ts';
import { checkConsistency, emptyRoot, proveConsistency, provenPrefixRoot, rootOf } from '../../src/log/merkle.ts';
import type { NoteSigner } from '../../src/log/note.ts';
import {
	type AddCheckpoint,
	codeOf,
	judgeCheckpoint,
	originHash,
	parseAddCheckpoint,
	parseSizeAnswer,
	printAddCheckpoint,
	type Seen,
} from '../../src/log/witness.ts';
import { bytesEqual, concat, utf8Encode } from '../../src/std/bytes.ts';
import { portablePublicKey, portableSuite as suite } from '../../src/std/portable.ts';
import { leafOf, leavesTo, memoryReader, unwrap } from './support.ts';

const ORIGIN = 'example.org/log';
const honest = leavesTo(40);
/** The same log up to entry 5, and then another. */
const other = honest.map((leaf, i) => (i < 5 ? leaf : leafOf(1000 + i)));
const rootAt = (leaves: readonly Uint8Array[], size: number) => rootOf(suite, leaves.slice(0, size));

function keyOf(name: string, fill: number): NoteSigner & { readonly key: VerifierKey } {
	const seed = new Uint8Array(32).fill(fill);
	const publicKey = portablePublicKey(seed);
	const key = verifierKey(suite, name, 1, publicKey);
	const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
	const secret = createPrivateKey({
		key: { kty: 'OKP', crv: 'Ed25519', d: text(seed), x: text(publicKey) },
		format: 'jwk',
	});
	return { name, keyId: key.keyId, key, sign: (message) => sign(null, message, secret) };
}

const log = keyOf(ORIGIN, 1);
const stranger = keyOf(ORIGIN, 2);

function checkpoint(
	size: number,
	root: Uint8Array,
	signers: readonly NoteSigner[] = [log],
	origin = ORIGIN,
): Uint8Array {
	return signCheckpoint({ origin, size, root, extensions: [] }, signers);
}

function proof(from: number, to: number, leaves = honest): readonly Uint8Array[] {
	return unwrap(proveConsistency(suite, memoryReader(leaves), from, to));
}

const SEEN: Seen = { size: 7, root: rootAt(honest, 7), note: checkpoint(7, rootAt(honest, 7)) };

function judge(request: AddCheckpoint | Uint8Array, seen: Seen | undefined = SEEN) {
	const body = request instanceof Uint8Array ? request : printAddCheckpoint(request);
	return judgeCheckpoint(
		suite,
		body,
		(origin) => (origin === ORIGIN ? [log.key] : undefined),
		() => seen,
	);
}

const grown = { oldSize: 7, proof: proof(7, 20), checkpoint: checkpoint(20, rootAt(honest, 20)) };
const damaged = checkpoint(20, rootAt(honest, 20)).map((byte, i, all) => (i === all.length - 6 ? byte ^ 1 : byte));

type Row = readonly [what: string, code: number, request: AddCheckpoint | Uint8Array, seen?: Seen | 'none'];

const rows: readonly Row[] = [
	['growth with its proof', 200, grown],
	['the same checkpoint again', 200, { oldSize: 7, proof: [], checkpoint: SEEN.note }],
	['first contact', 200, { oldSize: 0, proof: [], checkpoint: grown.checkpoint }, 'none'],
	['an empty log', 200, { oldSize: 0, proof: [], checkpoint: checkpoint(0, emptyRoot(suite)) }, 'none'],
	['no request at all', 400, new Uint8Array(0)],
	['another first line', 400, utf8Encode('new 7\n\nx\n')],
	['an old size with a leading zero', 400, concat(utf8Encode('old 07\n\n'), grown.checkpoint)],
	[
		'a hash of 31 bytes',
		400,
		concat(utf8Encode(`old 7\n${Buffer.alloc(31).toString('base64')}\n\n`), grown.checkpoint),
	],
	[
		'64 hashes',
		400,
		concat(utf8Encode(`old 7\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(64)}\n`), grown.checkpoint),
	],
	['no checkpoint', 400, utf8Encode('old 7\n\n')],
	['a note that is no checkpoint', 400, concat(utf8Encode('old 7\n\n'), utf8Encode('a\n\n— b AAAAAAA=\n'))],
	['an old size above the new', 400, { ...grown, oldSize: 21 }],
	[
		'an old size above the new, of an unknown log',
		400,
		{ oldSize: 21, proof: [], checkpoint: checkpoint(20, SEEN.root, [log], 'example.org/x') },
	],
	['an unknown log', 404, { ...grown, checkpoint: checkpoint(20, rootAt(honest, 20), [log], 'example.org/x') }],
	['a stranger’s signature', 403, { ...grown, checkpoint: checkpoint(20, rootAt(honest, 20), [stranger]) }],
	['a damaged signature', 403, { ...grown, checkpoint: damaged }],
	[
		'a stranger’s signature, and a wrong old size',
		403,
		{ ...grown, oldSize: 6, checkpoint: checkpoint(20, SEEN.root, [stranger]) },
	],
	['an old size below', 409, { ...grown, oldSize: 6, proof: proof(6, 20) }],
	['an old size above', 409, { ...grown, oldSize: 8, proof: proof(8, 20) }],
	['an old size where there is none', 409, grown, 'none'],
	['a smaller log', 409, { oldSize: 0, proof: [], checkpoint: checkpoint(6, rootAt(honest, 6)) }],
	['size 0 with a root', 422, { oldSize: 0, proof: [], checkpoint: checkpoint(0, SEEN.root) }, 'none'],
	['hashes from size 0', 422, { oldSize: 0, proof: proof(7, 20), checkpoint: grown.checkpoint }, 'none'],
	['the same size, another root', 422, { oldSize: 7, proof: [], checkpoint: checkpoint(7, rootAt(other, 7)) }],
	['the same size and root with hashes', 422, { oldSize: 7, proof: proof(7, 20), checkpoint: SEEN.note }],
	['no hashes', 422, { ...grown, proof: [] }],
	['one hash too few', 422, { ...grown, proof: grown.proof.slice(1) }],
	['one hash too many', 422, { ...grown, proof: [...grown.proof, SEEN.root] }],
	['another history', 422, { oldSize: 7, proof: proof(7, 20, other), checkpoint: checkpoint(20, rootAt(other, 20)) }],
];

describe('L33–L36 what a witness makes of a request', () => {
	for (const [what, code, request, seen] of rows)
		it(`L36 answers ${code} to ${what}`, () => {
			const verdict = judgeWith(request, seen);
			expect({ code: codeOf(verdict), verdict }).toMatchObject({ code });
		});

	it('L35 says the size that was cosigned last', () => {
		expect(judge({ ...grown, oldSize: 6 })).toMatchObject({ kind: 'conflict', size: 7 });
		expect(judgeWith(grown, 'none')).toMatchObject({ kind: 'conflict', size: 0 });
	});

	it('L37 refuses what is too large before looking at it', () => {
		const verdict = judge(new Uint8Array(ADD_CHECKPOINT_BYTES_MAX + 1));
		expect(verdict.kind === 'malformed' && verdict.why).toMatch(/^L37: a request has at most 65536 bytes/);
	});
});

function judgeWith(request: AddCheckpoint | Uint8Array, seen: Seen | 'none' | undefined) {
	if (seen !== 'none') return judge(request, seen);
	const body = request instanceof Uint8Array ? request : printAddCheckpoint(request);
	return judgeCheckpoint(
		suite,
		body,
		(origin) => (origin === ORIGIN ? [log.key] : undefined),
		() => undefined,
	);
}

describe('L31, L32 spelling', () => {
	it('L31 prints what it parses', () => {
		const bytes = printAddCheckpoint(grown);
		expect(printAddCheckpoint(unwrap(parseAddCheckpoint(bytes)))).toEqual(bytes);
	});

	it('L32 reads a size in one spelling', () => {
		expect(parseSizeAnswer(utf8Encode('28975\n'))).toBe(28975);
		for (const text of [
			'28975',
			'028975\n',
			'-1\n',
			'28975\n\n',
			' 1\n',
			'',
			'\n',
			'9007199254740992\n',
			'1'.repeat(20),
		])
			expect(parseSizeAnswer(utf8Encode(text)), JSON.stringify(text)).toBeUndefined();
	});

	it('L32 names an origin by its digest', () => {
		expect(originHash(suite, 'go.sum database tree')).toBe(suite.sha256Hex(utf8Encode('go.sum database tree')));
	});
});

describe('L5 what a proof gives away', () => {
	it('L5 shows the old root that another history has, for every pair of sizes where the proof carries it', () => {
		let shown = 0;
		for (let newSize = 2; newSize <= 40; newSize++) {
			for (let oldSize = 1; oldSize < newSize; oldSize++) {
				const hashes = proof(oldSize, newSize, other);
				const newRoot = rootAt(other, newSize);
				const found = provenPrefixRoot(suite, { oldSize, newSize, newRoot }, hashes);
				const power = Number.isInteger(Math.log2(oldSize));
				expect(found, `${oldSize} in ${newSize}`).toEqual(power ? undefined : rootAt(other, oldSize));
				if (found === undefined) continue;
				shown++;
				expect(bytesEqual(found, rootAt(honest, oldSize))).toBe(oldSize <= 5);
				expect(checkConsistency(suite, { oldSize, oldRoot: found, newSize, newRoot }, hashes)).toBe(true);
				expect(provenPrefixRoot(suite, { oldSize, newSize, newRoot: leafOf(1) }, hashes)).toBeUndefined();
				expect(provenPrefixRoot(suite, { oldSize, newSize, newRoot }, hashes.slice(1))).toBeUndefined();
			}
		}
		expect(shown).toBeGreaterThan(500);
	});
});
