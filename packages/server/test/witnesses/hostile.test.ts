/** What a hostile witness may answer (`spec/storage.md`, D24), over real HTTP: none of it is believed, waited for without end, or repeated. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { signCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { parseNote, printNote } from '@matokeo/core/log/note.ts';
import { originHash, SIZE_TYPE } from '@matokeo/core/log/witness.ts';
import { ORIGIN } from '@matokeo/core/testing/smallElection.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { type Heard, readAnswer, readShown } from '../../src/witnesses/answers.ts';
import { httpWitness } from '../../src/witnesses/httpWitness.ts';
import type { KnownWitness } from '../../src/witnesses/roster.ts';
import { rosterFor, testWitness, trust } from '../lib/witnesses.ts';
import { START, signer, suite } from '../lib/world.ts';

const servers: Server[] = [];

afterEach(async () => {
	for (const server of servers.splice(0)) {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
});

async function endpoint(listener: RequestListener): Promise<string> {
	const server = createServer(listener);
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('it listens on a port');
	return `http://127.0.0.1:${address.port}`;
}

const checkpoint = signCheckpoint({ origin: ORIGIN, size: 5, root: new Uint8Array(32).fill(7), extensions: [] }, [
	signer,
]);
const parsed = parseNote(checkpoint);
if (!parsed.ok) throw new Error(parsed.error);
const { textBytes, text, signatures } = parsed.value;
const court = courtOf();
const now = { ms: () => 0, seconds: () => START };
const honest = (name: string): string =>
	new TextDecoder().decode(testWitness(name, now).answer(Buffer.concat([Buffer.from('old 0\n\n'), checkpoint])).body);

function courtOf(): KnownWitness {
	const [first] = rosterFor(['witness/court']).witnesses;
	if (first === undefined) throw new Error('the package names the court');
	return first;
}

/** Long enough for any machine; where the end of it is looked at, it is short. */
const LONG_MS = 30_000;
const SHORT_MS = 300;

async function ask(listener: RequestListener, answerMsMax = LONG_MS): Promise<Heard> {
	const url = await endpoint(listener);
	const reply = await httpWitness(originHash(suite, ORIGIN), answerMsMax)({ ...court, url }, checkpoint);
	return readAnswer(suite, court, textBytes, reply);
}

const says =
	(status: number, type: string, body: string | Buffer): RequestListener =>
	(_, response) => {
		response.writeHead(status, { 'content-type': type }).end(body);
	};

describe('D24 an answer is believed only', () => {
	it('as a cosignature by the key of the package, on this very checkpoint', async () => {
		expect(await ask(says(200, 'text/plain', honest('witness/court')))).toMatchObject({
			kind: 'cosigned',
			seconds: START,
		});
		const others = `${honest('witness/news')}${honest('witness/court')}`;
		expect(await ask(says(200, 'text/plain', others))).toMatchObject({ kind: 'cosigned' });
	});

	const flipped = honest('witness/court').replace(/.==\n$/, (end) => (end.startsWith('A') ? 'B==\n' : 'A==\n'));
	const spoiled = honest('witness/court').replace(
		/(.{40})(.)(?=.{20}\n$)/,
		(_, before: string, one: string) => before + (one === 'A' ? 'B' : 'A'),
	);
	it.each([
		['another key', 200, 'text/plain', honest('witness/news'), /without a cosignature by its own key/],
		[
			'another name on its key',
			200,
			'text/plain',
			honest('witness/court').replace('witness/court', 'witness/sun'),
			/own key/,
		],
		['a signature that is not valid', 200, 'text/plain', spoiled, /not valid/],
		['base64 with spare bits', 200, 'text/plain', flipped, /without signature lines|not valid/],
		['nothing', 200, 'text/plain', '', /without signature lines/],
		['a whole note', 200, 'text/plain', Buffer.from(checkpoint), /without signature lines/],
		['no UTF-8', 200, 'text/plain', Buffer.from([0xe2, 0x80, 10]), /without signature lines/],
		['409 of another type', 409, 'text/plain', '12\n', /409 without a size/],
		['409 with a leading zero', 409, SIZE_TYPE, '012\n', /409 without a size/],
		['409 with a sign', 409, SIZE_TYPE, '-1\n', /409 without a size/],
		['409 beyond all sizes', 409, SIZE_TYPE, '99999999999999999999\n', /409 without a size/],
		['409 with words', 409, SIZE_TYPE, 'more than you\n', /409 without a size/],
		['404', 404, 'text/html', '<script>', /does not know this log/],
		['403', 403, 'text/plain', 'no', /does not take this log's key/],
		['500', 500, 'text/plain', 'secret', /answered 500$/],
		['204', 204, 'text/plain', '', /answered 204$/],
	])('and not as %s', async (_, status, type, body, why) => {
		const heard = await ask(says(status, type, body));
		expect(heard).toMatchObject({ kind: 'failed' });
		expect(heard.kind === 'failed' ? heard.why : '').toMatch(why);
		expect(JSON.stringify(heard)).not.toMatch(/script|secret|more than you/);
	});

	it('as a size in its one spelling, with or without a charset', async () => {
		expect(await ask(says(409, SIZE_TYPE, '12\n'))).toEqual({ kind: 'conflict', size: 12 });
		expect(await ask(says(409, `${SIZE_TYPE.toUpperCase()}; charset=utf-8`, '0\n'))).toEqual({
			kind: 'conflict',
			size: 0,
		});
		expect(await ask(says(422, 'text/plain', 'whatever'))).toEqual({ kind: 'inconsistent' });
	});
});

describe('D24 nobody is waited for', () => {
	it('not for an answer that is too long, whatever it says of its length', async () => {
		await expect(ask(says(200, 'text/plain', honest('witness/court').repeat(1_000)))).rejects.toThrow(
			/more than 65536 bytes/,
		);
		const endless: RequestListener = (_, response) => {
			response.writeHead(200, { 'content-type': 'text/plain' });
			const more = (): void => {
				while (response.write('x'.repeat(16_384)));
			};
			response.on('drain', more);
			more();
		};
		await expect(ask(endless)).rejects.toThrow(/more than 65536 bytes/);
	});

	it('not for one that never comes, nor for one that drips', async () => {
		await expect(ask(() => undefined, SHORT_MS)).rejects.toThrow(/no whole answer within 300 ms/);
		const drip: RequestListener = (_, response) => {
			response.writeHead(200, { 'content-type': 'text/plain' });
			const timer = setInterval(() => response.write('x'), 20);
			response.on('close', () => clearInterval(timer));
		};
		await expect(ask(drip, SHORT_MS)).rejects.toThrow(/no whole answer within 300 ms/);
	});

	it('not at another address than its own', async () => {
		let followed = false;
		const elsewhere = await endpoint((_, response) => {
			followed = true;
			response.writeHead(200, { 'content-type': 'text/plain' }).end(honest('witness/court'));
		});
		const heard = await ask((_, response) => {
			response.writeHead(307, { location: elsewhere }).end();
		});
		expect(heard).toEqual({ kind: 'failed', why: 'it answered 307' });
		expect(followed).toBe(false);
	});

	it('and who hangs up is told without a word of theirs', async () => {
		await expect(ask((request) => request.socket.destroy())).rejects.toThrow(/^it cannot be reached \([A-Z_]+\)$/);
	});
});

describe('D27 what a witness shows as its latest checkpoint', () => {
	const shown = (body: Uint8Array, status = 200) => readShown(suite, trust, { status, type: 'text/plain', body });

	it("is taken for the log's when the log's key signed it, whoever else did", () => {
		expect(shown(checkpoint)).toMatchObject({ kind: 'checkpoint', size: 5 });
		const odd = printNote(text, [
			...signatures,
			{ name: 'witness/court', keyId: court.key.keyId, signature: new Uint8Array(72) },
		]);
		expect(shown(odd)).toMatchObject({ kind: 'checkpoint', size: 5 });
	});

	it('is nothing otherwise', () => {
		const [own] = signatures;
		if (own === undefined) throw new Error('the log signed it');
		const unsigned = printNote(text, [{ ...own, signature: new Uint8Array(64) }]);
		const foreign = printNote(text.replace(ORIGIN, 'other.example/log'), signatures);
		for (const body of [unsigned, foreign, Buffer.from('size 900\n')])
			expect(shown(body)).toMatchObject({ kind: 'failed' });
		expect(shown(checkpoint, 404)).toEqual({ kind: 'nothing' });
		expect(shown(checkpoint, 500)).toMatchObject({ kind: 'failed' });
	});
});
