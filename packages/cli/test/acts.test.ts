/** From counting to declaring over real HTTP: `gate`, `mark`, `certify`, `declare`, and one note passed along by two of the authority. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lawfulElection, WITNESS_TIMEOUT } from '@matokeo/core/testing/lawfulElection.ts';
import { AUTHORITY, testKey } from '@matokeo/core/testing/smallElection.ts';
import { type OpenedServer, openServer } from '@matokeo/server/main/openServer.ts';
import { countThrough, LAWFUL_STATIONS, lawfulBeginning } from '@matokeo/server/testing/lawful.ts';
import { START, signer, suite } from '@matokeo/server/testing/world.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sealKey } from '../src/keys/keyFile.ts';
import type { Fetch } from '../src/say/sending.ts';
import { type ActOptions, runAct } from '../src/verbs/act.ts';
import { runGate } from '../src/verbs/gate.ts';
import { runMark } from '../src/verbs/mark.ts';
import { runSay } from '../src/verbs/say.ts';
import { newFolder, removeFolders, said } from './lib/said.ts';

const { election, files } = lawfulElection();
const PASSPHRASE = 'open sesame, please';
const [FIRST, SECOND] = AUTHORITY;
const UNWITNESSED = 'unwitnessed=deadline';

let server: OpenedServer;
let now = START;
let dir = '';
let packageDir = '';

beforeEach(async () => {
	now = START;
	dir = newFolder();
	packageDir = newFolder(files);
	writeFileSync(join(dir, 'passphrase'), `${PASSPHRASE}\n`);
	for (const name of [...AUTHORITY, 'ro/north', 'ro/south', 'party/sun/root']) {
		const sealed = await sealKey(testKey(name), { kind: 'passphrase', passphrase: PASSPHRASE }, 4);
		if (sealed.ok) writeFileSync(keyFile(name), sealed.value);
	}
	const parts = { dir: newFolder(), suite, election, packageFiles: files, signer, port: 0, pulseMs: 5 };
	server = await openServer({ ...parts, clock: () => now });
	await server.service.submit(lawfulBeginning().map(({ bytes }) => bytes));
});
afterEach(async () => {
	await server.close();
	removeFolders();
});

const keyFile = (name: string): string => join(dir, `${name.replaceAll('/', '-')}.key`);
const at = (name: string): string => join(dir, name);
const where = (fetch?: Fetch) => ({ url: new URL(`${server.url}/`), ...(fetch === undefined ? {} : { fetch }) });
const keysOf = (...names: readonly string[]) => ({
	packageDir,
	keyFiles: names.map(keyFile),
	passphraseFiles: [at('passphrase')],
	rehearsalNames: [],
});

async function ran(run: (out: ReturnType<typeof said>['out']) => Promise<number>) {
	const text = said();
	const code = await run(text.out);
	return { code, stdout: text.stdout(), stderr: text.stderr() };
}

const gate = (area?: string) =>
	ran((out) => runGate(where(), out, { contest: 'president', ...(area === undefined ? {} : { area }) }));
const mark = (key: string, area?: string, fetch?: Fetch) =>
	ran((out) =>
		runMark(where(fetch), out, { ...keysOf(key), contest: 'president', ...(area === undefined ? {} : { area }) }),
	);
const act = (
	kind: 'certificate' | 'declaration',
	keys: readonly string[],
	options: Partial<ActOptions>,
	fetch?: Fetch,
) => ran((out) => runAct(kind, where(fetch), out, { ...keysOf(...keys), contest: 'president', yes: true, ...options }));

/** Time passes for the witnesses, of whom none is asked here. */
async function waitedFor(): Promise<void> {
	now += WITNESS_TIMEOUT;
	await expect.poll(async () => (await gate()).code, { timeout: 5_000 }).toBe(0);
}

describe('matokeo gate and mark', () => {
	it('the gate says what stands open, by name, and that a mark is needed; it ends with 1 while nothing can be signed', async () => {
		await countThrough(server.service, LAWFUL_STATIONS.slice(0, 3));
		const before = await gate('north');
		expect(before.code).toBe(1);
		for (const words of ['No mark was made yet', 'Polling stations without a form: 2', 'There is a mark'])
			expect(before.stdout).toContain(words);
		expect(await gate('n1')).toMatchObject({ code: 2, stderr: expect.stringContaining('certified or declared') });
	});

	it('the officer of the area marks it; asking again says so; another officer is told who asks', async () => {
		await countThrough(server.service);
		const first = await mark('ro/north', 'north');
		expect([first.code, first.stdout]).toEqual([0, expect.stringMatching(/^Marked: .*\nReturns counted: 5 of 5/)]);
		expect((await mark('ro/north', 'north')).stdout).toContain('Marked before');
		const foreign = await mark('ro/south', 'north');
		expect([foreign.code, foreign.stderr]).toEqual([2, expect.stringContaining('returning officer of north')]);
	});

	it('A10 a server that wants something else signed than a sign-in gets no signature', async () => {
		const order = `matokeo/v1 result/declare\n${election.id} ${election.digest}\n{"key":"${FIRST}"}\n`;
		const asked: string[] = [];
		const cheat: Fetch = async (url) => {
			asked.push(url.pathname);
			return new Response(JSON.stringify({ challenge: order }));
		};
		const { code, stderr } = await mark(FIRST, undefined, cheat);
		expect([code, stderr, asked]).toEqual([
			2,
			expect.stringContaining('nothing was signed'),
			['/api/v1/sign-in/challenge'],
		]);
	});
});

describe('matokeo certify', () => {
	it('what stands open must be named; then it is shown, signed, sent, and the receipt kept', async () => {
		await countThrough(server.service, LAWFUL_STATIONS.slice(0, 4));
		await mark('ro/north', 'north');
		const closed = await act('certificate', ['ro/north'], { area: 'north' });
		expect([closed.code, closed.stderr]).toEqual([1, expect.stringContaining('witnesses: the quorum')]);
		now += WITNESS_TIMEOUT;
		const unnamed = await act('certificate', ['ro/north'], { area: 'north', wait: 5 });
		expect(unnamed.code).toBe(2);
		for (const words of [
			'--proceed missing=CODE   Polling stations without a form: 1',
			'--proceed unwitnessed=CODE',
			'deadline',
			'assumption',
		])
			expect(unnamed.stderr).toContain(words);
		const out = at('north.note');
		const proceed = ['missing=deadline', UNWITNESSED];
		const done = await act('certificate', ['ro/north'], { area: 'north', proceed, out });
		expect([done.code, done.stdout]).toEqual([0, expect.stringContaining('It is in the log')]);
		for (const words of [
			'Returns counted: 4 of 5',
			'Polling stations without a form: 1. Rule: The time of the law is over',
		])
			expect(done.stderr).toContain(words);
		expect(existsSync(`${out}.tlog-proof`)).toBe(true);
		expect(server.service.log.rows().get('collation', 'president|north')?.number).toBe(1);
		await mark('ro/north', 'north');
		now += WITNESS_TIMEOUT;
		const again = await act('certificate', ['ro/north'], { area: 'north', proceed, wait: 5 });
		expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('--reason CODE')]);
		const second = { area: 'north', proceed, reason: 'late-return', out: at('north-2.note') };
		expect((await act('certificate', ['ro/north'], second)).code).toBe(0);
	});
});

describe('a server that has something else certified than what was asked for', () => {
	const options = { area: 'north', proceed: [UNWITNESSED], wait: 5 };
	const markOf = (area: string): string => server.service.log.rows().get('collation', `president|${area}`)?.mark ?? '';

	beforeEach(async () => {
		await countThrough(server.service);
		await mark('ro/north', 'north');
		await mark('ro/south', 'south');
		now += WITNESS_TIMEOUT;
	});

	it('R18 that answers of another area gets no signature', async () => {
		const cheat: Fetch = (url, init) => fetch(url.href.replace('area=north', 'area=south'), init);
		const { code, stderr } = await act('certificate', ['ro/north'], { ...options, out: at('1.note') }, cheat);
		const words = 'Asked was for president at north, the server has president at south signed';
		expect([code, stderr, existsSync(at('1.note'))]).toEqual([1, expect.stringContaining(words), false]);
	});

	it("R18 that shows another area's numbers and sheet for the mark gets no signature", async () => {
		const [north, south] = [markOf('north'), markOf('south')];
		const cheat: Fetch = async (url, init) => {
			const [, of] = /\/(sheet|certificate)$/.exec(url.pathname) ?? [];
			if (of === undefined) return fetch(url, init);
			const answer = await fetch(url.href.replace(north, south), init);
			if (of === 'sheet') return answer;
			return new Response((await answer.text()).replace(south, north).replace('"area":"south"', '"area":"north"'));
		};
		const { code, stderr } = await act('certificate', ['ro/north'], { ...options, out: at('1.note') }, cheat);
		const words = 'The sheet that the server shows is one of president at south';
		expect([code, stderr, existsSync(at('1.note'))]).toEqual([1, expect.stringContaining(words), false]);
	});
});

describe('matokeo declare', () => {
	const proceed = ['uncertified=no-effect', UNWITNESSED];

	beforeEach(async () => {
		await countThrough(server.service);
		await mark(FIRST);
		await waitedFor();
	});

	it('R18 two of the authority pass one note along: each sees the text and the numbers, nobody types one, then it is sent', async () => {
		const first = await act('declaration', [FIRST], { proceed, by: [FIRST, SECOND], out: at('1.note') });
		expect([first.code, first.stderr]).toEqual([0, expect.stringContaining(`Still to sign: ${SECOND}`)]);
		expect(first.stderr).toContain('matokeo declare http://127.0.0.1');
		const size = server.service.log.size();
		const twice = await act('declaration', [FIRST], { in: at('1.note'), out: at('x.note') });
		expect([twice.code, twice.stderr, server.service.log.size()]).toEqual([
			2,
			expect.stringContaining(`"${FIRST}" has signed it already`),
			size,
		]);
		const second = await act('declaration', [SECOND], { in: at('1.note'), out: at('2.note') });
		expect([second.code, second.stdout]).toEqual([0, expect.stringContaining('It is in the log')]);
		for (const { stderr } of [first, second]) {
			for (const words of [
				'REHEARSAL',
				'Alba Ruiz | Sun Party | 400',
				'Outcome: a second round between Alba Ruiz and Benta Oyelaran.',
				'Areas below without a certificate: 2. Rule: It cannot change the outcome',
				'adds up to the totals',
			])
				expect(stderr).toContain(words);
		}
		expect(server.service.log.rows().get('contest', 'president')?.declared).toBe(1);
	});

	it('R18 a note that was changed on its way is not signed, and what was changed is named', async () => {
		await act('declaration', [FIRST], { proceed, by: [FIRST, SECOND], out: at('1.note') });
		const note = readFileSync(at('1.note'), 'utf8');
		writeFileSync(at('2.note'), note.replace('"alba":400', '"alba":399'));
		const { code, stderr } = await act('declaration', [SECOND], { in: at('2.note') });
		expect([code, stderr]).toEqual([2, expect.stringContaining('is false: do not sign this')]);
		expect(readdirSync(dir).filter((file) => file.endsWith('.note'))).toEqual(['1.note', '2.note']);
	});

	it('R18 a note may be written before anybody signs; what was changed in it before that is named, and nobody signs it', async () => {
		const written = await act('declaration', [], { proceed, by: [FIRST, SECOND], out: at('0.note') });
		expect([written.code, written.stderr]).toEqual([0, expect.stringContaining(`Still to sign: ${FIRST}, ${SECOND}`)]);
		const note = readFileSync(at('0.note'), 'utf8');
		writeFileSync(at('x.note'), note.replace('"number":1', '"number":2'));
		const changed = await act('declaration', [FIRST], { in: at('x.note'), out: at('y.note') });
		expect([changed.code, changed.stderr]).toEqual([
			1,
			expect.stringContaining('in: number. Either the log has gone on'),
		]);
		expect(existsSync(at('y.note'))).toBe(false);
		expect((await act('declaration', [FIRST], { in: at('0.note'), out: at('1.note') })).code).toBe(0);
		expect((await act('declaration', [SECOND], { in: at('1.note'), out: at('2.note') })).stdout).toContain(
			'in the log',
		);
	});

	const lies: readonly (readonly [string, RegExp, (text: string) => string, string])[] = [
		['another draft', /declaration$/, (text) => text.replace('"alba":400', '"alba":401'), 'add up to 400'],
		['another sheet', /sheet$/, (text) => text.replace('"due":8', '"due":9'), 'another digest'],
		[
			'another time',
			/marks\/[0-9a-f]+$/,
			(text) => text.replace(/("index":\d+,"time":)\d+/, '$15'),
			'not the one that these',
		],
		['no proof of the mark', /statements\//, (text) => text.replace(/"proof":"[^"]*"/, '"proof":""'), 'no proof'],
	];
	it.each(lies)('R18 a server that shows %s gets no signature', async (_name, path, lie, words) => {
		const cheat: Fetch = async (url, init) => {
			const answer = await fetch(url, init);
			return path.test(url.pathname) ? new Response(lie(await answer.text())) : answer;
		};
		const { code, stderr } = await act('declaration', [FIRST, SECOND], { proceed, out: at('1.note') }, cheat);
		expect([code, stderr, existsSync(at('1.note'))]).toEqual([1, expect.stringContaining(words), false]);
	});

	it('S36 one member alone is refused by the log, with the rule', async () => {
		const { code, stdout } = await act('declaration', [FIRST], { proceed, out: at('1.note') });
		expect([code, stdout]).toEqual([1, expect.stringContaining('Refused by rule S10')]);
	});
});

describe('matokeo say --text', () => {
	it('A25 a text is salted, named, and held by the server after its objection; given again it is not salted twice', async () => {
		writeFileSync(at('why.txt'), 'The form was changed after it was signed.\n');
		writeFileSync(at('scan.pdf'), '%PDF-1.7\n%%EOF\n');
		const options = {
			...keysOf('party/sun/root'),
			settings: ['contest=president', 'ground=petition', 'target.kind=contest'],
			images: [],
			texts: [at('why.txt')],
			documents: [at('scan.pdf')],
			yes: true,
			out: at('o.note'),
			send: where().url,
		};
		const { code, stdout } = await ran((out) => runSay('objection/lodge', out, options));
		expect([code, stdout]).toEqual([0, expect.stringContaining(`The server holds ${at('why.txt.salted')}`)]);
		const salted = readFileSync(at('why.txt.salted'));
		expect(salted.toString()).toMatch(/^[0-9a-f]{64}\nThe form was changed/);
		const digest = suite.sha256Hex(salted);
		await expect.poll(async () => (await fetch(`${server.url}/blob/${digest.slice(0, 2)}/${digest}`)).status).toBe(200);
		const again = { ...keysOf(), settings: [], images: [], documents: [], in: at('o.note'), send: where().url };
		const more = await ran((out) => runSay(undefined, out, { ...again, texts: [at('why.txt.salted')] }));
		expect([more.code, readdirSync(dir).filter((file) => file.includes('.salted'))]).toEqual([0, ['why.txt.salted']]);
		const other = await ran((out) => runSay(undefined, out, { ...again, texts: [at('scan.pdf')] }));
		expect(other.code).toBe(2);
	});
});
