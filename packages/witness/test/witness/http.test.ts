/**
 * The witness specification row by row over real HTTP (L31–L37, N11): every condition and its code, the order of the checks where a request breaks two rules, what may be in a request and is
 * passed over, and what is shown to monitors.
 */
import { signCheckpoint, verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { originHash, printAddCheckpoint } from '@matokeo/core/log/witness.ts';
import { base64Encode, concat, utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { describe, expect, it } from 'vitest';
import {
	checkpoint,
	growth,
	honest,
	log,
	ORIGIN,
	other,
	past,
	proof,
	rootAt,
	spare,
	stranger,
	suite,
	testKey,
	unwrap,
	witness,
} from './lib.ts';
import { serve } from './serving.ts';

type Body = Uint8Array | string;

const text = (bytes: Uint8Array): string => utf8Decode(bytes) ?? '';
const request = (oldSize: number, hashes: readonly Uint8Array[], signed: Uint8Array): Uint8Array =>
	printAddCheckpoint({ oldSize, proof: hashes, checkpoint: signed });
const lines = (oldLine: string, hashes: readonly string[], signed: Uint8Array): string =>
	[oldLine, ...hashes, '', text(signed)].join('\n');
const elsewhere = testKey('elsewhere.example/log', 9);
const at7 = checkpoint(honest, 7);
const at9 = checkpoint(honest, 9);
const hashes = proof(honest, 7, 9).map(base64Encode);
/** A line of a known key that does not verify: the signature of another checkpoint. */
const falseLine = concat(at9.subarray(0, at9.indexOf(0xe2)), at7.subarray(at7.indexOf(0xe2)));
const signedAs = (size: number, root: Uint8Array, origin = ORIGIN): Uint8Array =>
	signCheckpoint({ origin, size, root, extensions: [] }, [log]);

/** What is sent to a witness that has cosigned size 7, and the answer. */
const ROWS: readonly (readonly [string, Body, number])[] = [
	// 400: cannot be read.
	['nothing at all', '', 400],
	['no empty line before the checkpoint', `old 7\n${hashes.join('\n')}\n`, 400],
	['no old size', lines('', hashes, at9), 400],
	['an old size with a leading zero', lines('old 07', hashes, at9), 400],
	['an old size with a sign', lines('old +7', hashes, at9), 400],
	['an old size that is no number', lines('old seven', hashes, at9), 400],
	['an old size beyond what is safe', lines('old 9007199254740993', hashes, at9), 400],
	['"Old" for "old"', lines('Old 7', hashes, at9), 400],
	['two spaces after "old"', lines('old  7', hashes, at9), 400],
	['a space after the old size', lines('old 7 ', hashes, at9), 400],
	['line ends of Windows', lines('old 7', hashes, at9).replaceAll('\n', '\r\n'), 400],
	['a hash that is not base64', lines('old 7', [...hashes.slice(1), '*'.repeat(44)], at9), 400],
	[
		'a hash without its pad',
		lines(
			'old 7',
			hashes.map((hash) => hash.slice(0, -1)),
			at9,
		),
		400,
	],
	['a hash of 31 bytes', lines('old 7', [base64Encode(new Uint8Array(31))], at9), 400],
	['64 hashes', lines('old 7', past(64).map(base64Encode), at9), 400],
	['no checkpoint', 'old 7\n\n', 400],
	[
		'a checkpoint without signature',
		lines('old 7', hashes, utf8Encode(`${ORIGIN}\n9\n${base64Encode(rootAt(honest, 9))}\n\n`)),
		400,
	],
	['a checkpoint whose last line does not end', lines('old 7', hashes, at9).slice(0, -1), 400],
	['trailing bytes after the signatures', `${lines('old 7', hashes, at9)}more\n`, 400],
	['an empty line after the signatures', `${lines('old 7', hashes, at9)}\n`, 400],
	['a size of the checkpoint with a leading zero', lines('old 7', hashes, at9).replace('\n9\n', '\n09\n'), 400],
	['an old size above the new one', request(10, [], at9), 400],
	['bytes that are not UTF-8', concat(utf8Encode('old 7\n\n'), Uint8Array.of(0xff, 0xfe, 10, 10)), 400],
	// 404 and 403: whose checkpoint it is.
	[
		'a log that is not watched',
		request(
			7,
			[],
			signCheckpoint({ origin: elsewhere.name, size: 9, root: rootAt(honest, 9), extensions: [] }, [elsewhere]),
		),
		404,
	],
	[
		'an origin with another letter',
		request(7, proof(honest, 7, 9), signedAs(9, rootAt(honest, 9), 'log.example/Election')),
		404,
	],
	['no known key', request(7, proof(honest, 7, 9), checkpoint(honest, 9, [stranger])), 403],
	['a line of a known key that does not verify', request(7, proof(honest, 7, 9), falseLine), 403],
	[
		'the same beside one that does',
		request(
			7,
			proof(honest, 7, 9),
			concat(checkpoint(honest, 9, [spare]), falseLine.subarray(falseLine.indexOf(0xe2))),
		),
		403,
	],
	// 409: another old size.
	['an old size of 0 where there is one', request(0, [], at9), 409],
	['an old size below', request(6, proof(honest, 6, 9), at9), 409],
	['an old size above', request(8, proof(honest, 8, 9), at9), 409],
	// 422: no continuation.
	['no proof', request(7, [], at9), 422],
	['a proof from another size', request(7, proof(honest, 6, 9), at9), 422],
	['a proof that is too long', request(7, [...proof(honest, 7, 9), ...past(1)], at9), 422],
	['63 hashes that prove nothing', request(7, past(63), at9), 422],
	['another past', request(7, proof(other, 7, 9), checkpoint(other, 9)), 422],
	['the same size and another root', request(7, [], checkpoint(other, 7)), 422],
	['the same size and root with a proof', request(7, past(1), at7), 422],
	// The order of the checks, where two are broken.
	[
		'400 before 404',
		request(
			10,
			[],
			signCheckpoint({ origin: elsewhere.name, size: 9, root: rootAt(honest, 9), extensions: [] }, [elsewhere]),
		),
		400,
	],
	['400 before 403', request(10, [], checkpoint(honest, 9, [stranger])), 400],
	['400 before 409', request(12, [], checkpoint(other, 9)), 400],
	[
		'404 before 403',
		request(
			7,
			[],
			signCheckpoint({ origin: elsewhere.name, size: 9, root: rootAt(honest, 9), extensions: [] }, [stranger]),
		),
		404,
	],
	[
		'404 before 409',
		request(
			0,
			[],
			signCheckpoint({ origin: elsewhere.name, size: 9, root: rootAt(honest, 9), extensions: [] }, [elsewhere]),
		),
		404,
	],
	['403 before 409', request(0, [], checkpoint(honest, 9, [stranger])), 403],
	['403 before 422', request(7, [], checkpoint(other, 7, [stranger])), 403],
	['409 before 422', request(0, past(3), checkpoint(other, 9)), 409],
	['409 before 422 at size 0', request(0, [], signedAs(0, rootAt(honest, 1))), 409],
	// 200.
	['growth with its proof', request(7, proof(honest, 7, 9), at9), 200],
	['the same checkpoint again', request(7, [], at7), 200],
	['signed by the second key of the log', request(7, proof(honest, 7, 9), checkpoint(honest, 9, [spare])), 200],
	[
		'signed by both keys and a stranger',
		request(7, proof(honest, 7, 9), checkpoint(honest, 9, [stranger, log, spare])),
		200,
	],
	[
		'with a line of a kind that nobody here knows',
		concat(
			request(7, proof(honest, 7, 9), at9),
			utf8Encode(`\u2014 ${ORIGIN} ${base64Encode(new Uint8Array(200).fill(5))}\n`),
		),
		200,
	],
	[
		'with an extension line',
		request(
			7,
			proof(honest, 7, 9),
			signCheckpoint({ origin: ORIGIN, size: 9, root: rootAt(honest, 9), extensions: ['more'] }, [log]),
		),
		200,
	],
];

describe('L33 to L36 over HTTP', () => {
	it.each(ROWS)('%s', async (_, body, code) => {
		const { add, state } = await serve();
		expect((await add(growth(honest, 0, 7))).code).toBe(200);
		const answer = await add(body);
		expect([answer.code, answer.text]).toEqual([code, expect.any(String)]);
		expect(answer.type).toBe(code === 409 ? 'text/x.tlog.size' : 'text/plain; charset=utf-8');
		if (code === 409) expect(answer.text).toBe('7\n');
		if (code !== 200) expect(state.latest(ORIGIN)).toMatchObject({ size: 7, count: 1 });
		if (code !== 200) expect(answer.text).not.toMatch(/^\u2014/);
	});

	it.each([
		['growth from nothing', growth(honest, 0, 9), 200],
		['an empty log', growth(honest, 0, 0), 200],
		['an empty log with another root', request(0, [], signedAs(0, rootAt(honest, 1))), 422],
		['hashes from size 0', request(0, past(2), at9), 422],
		['an old size of a witness that forgot', request(7, proof(honest, 7, 9), at9), 409],
	])('L35 L36 at first contact: %s', async (_, body, code) => {
		const { add } = await serve();
		const answer = await add(body);
		expect(answer.code).toBe(code);
		if (code === 409) expect([answer.text, answer.type]).toEqual(['0\n', 'text/x.tlog.size']);
	});

	it('L36 a log may begin with nothing in it, and grow from there', async () => {
		const { add } = await serve();
		expect((await add(growth(honest, 0, 0))).code).toBe(200);
		expect((await add(growth(honest, 0, 0))).code).toBe(200);
		expect((await add(growth(honest, 0, 5))).code).toBe(200);
		expect((await add(growth(honest, 0, 0))).code).toBe(409);
	});

	it('L32 answers with signature lines of its own and nothing else', async () => {
		const { add } = await serve();
		const answer = await add(growth(honest, 0, 7));
		expect(answer.text).toMatch(
			/^\u2014 witness\.example\/court [A-Za-z0-9+/]{102}==\n$|^\u2014 witness\.example\/court [A-Za-z0-9+/=]{104}\n$/,
		);
		const trust = { origin: ORIGIN, logKeys: [log.key], witnessKeys: [witness.key] };
		expect(unwrap(verifyCheckpoint(suite, concat(at7, utf8Encode(answer.text)), trust)).witnesses).toHaveLength(1);
	});

	it.each([
		{},
		{ 'content-type': 'application/octet-stream' },
		{ 'content-type': 'application/json' },
		{ 'content-type': 'text/plain' },
		{ 'content-type': 'application/x-unheard-of; v=2' },
	])('N11 reads the bytes whatever they are called: %j', async (headers) => {
		const { add } = await serve();
		expect((await add(growth(honest, 0, 7), headers)).code).toBe(200);
	});

	it('N3 of two requests at once for one origin one is cosigned, and the other learns the size', async () => {
		const { add, state } = await serve();
		await add(growth(honest, 0, 7));
		const answers = await Promise.all([9, 12].map((size) => add(growth(honest, 7, size))));
		const codes = answers.map(({ code }) => code).sort();
		expect(codes).toEqual([200, 409]);
		const size = state.latest(ORIGIN)?.size;
		expect(answers.find(({ code }) => code === 409)?.text).toBe(`${size}\n`);
	});

	it('N9 shows monitors the checkpoint with both signatures, under the hash of the origin', async () => {
		const { add, get } = await serve();
		const path = `/${originHash(suite, ORIGIN)}/checkpoint`;
		expect((await get(path)).code).toBe(404);
		const { text: line } = await add(growth(honest, 0, 7));
		const shown = await get(path);
		expect([shown.code, shown.type, shown.text]).toEqual([200, 'text/plain; charset=utf-8', `${text(at7)}${line}`]);
		expect(shown.headers.get('access-control-allow-origin')).toBe('*');
		for (const wrong of ['0'.repeat(64), originHash(suite, elsewhere.name), path.toUpperCase().slice(1, 65)])
			expect((await get(`/${wrong}/checkpoint`)).code).toBe(404);
	});

	it('N11 a prefix holds for asking and for monitoring, and the page stays where it is', async () => {
		const { url, submission, add, get } = await serve({ prefix: '/w/1' });
		expect(submission).toBe(`${url}/w/1`);
		expect((await add(growth(honest, 0, 7))).code).toBe(200);
		const path = `/w/1/${originHash(suite, ORIGIN)}/checkpoint`;
		expect((await get(path)).code).toBe(200);
		expect((await get('/')).text).toContain(`href="${path.slice(1)}"`);
		expect((await fetch(`${url}/add-checkpoint`, { method: 'POST', body: 'old 0' })).status).toBe(404);
	});
});
