/** `matokeo witness`: from a configuration and a key file to a witness that answers, and what keeps it from starting; and the keys that only a witness has. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { printVerifierKey } from '@matokeo/core/log/keys.ts';
import { emptyRoot } from '@matokeo/core/log/merkle.ts';
import { printAddCheckpoint } from '@matokeo/core/log/witness.ts';
import { smallElection, testKey } from '@matokeo/core/testing/smallElection.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signingWith } from '../src/keys/signing.ts';
import type { Stopping } from '../src/serve/stopping.ts';
import { runKeyNew } from '../src/verbs/keyNew.ts';
import { runKeyShow } from '../src/verbs/keyShow.ts';
import { runRehearsalWitness, runWitness, runWitnessCheck, runWitnessExample } from '../src/verbs/witness.ts';
import { newFolder, removeFolders, said } from './lib/said.ts';

const suite = nativeSuite();
const QUICK = 4;
const { files, election } = smallElection();
const log = testKey('log.example/a');
let dir = '';
let secret = { passphraseFile: '' };

const at = (name: string): string => join(dir, name);

beforeAll(async () => {
	dir = newFolder(new Map([...files].map(([path, bytes]) => [`election/${path}`, bytes])));
	writeFileSync(at('passphrase'), 'five random words make one\n');
	secret = { passphraseFile: at('passphrase') };
	await runKeyNew('court.example/w', said().out, { out: at('w.key'), witness: true, workFactor: QUICK, ...secret });
	await runKeyNew('officer/1', said().out, { out: at('officer.key'), workFactor: QUICK, ...secret });
});
afterAll(removeFolders);

function config(name: string, change: (text: string) => string = (text) => text): string {
	const text = `name court.example/w\nrun-by The Court\ncontact a@court.example\nkey w.key\nstate ${name}.state\nlisten 127.0.0.1:0\nlog ${printVerifierKey(log)}\n`;
	writeFileSync(at(name), change(text));
	return at(name);
}

async function check(file: string) {
	const text = said();
	const code = await runWitnessCheck(file, text.out);
	return { code, text: text.stdout() };
}

/** Starts it, does something with its address, and stops it. */
async function running(
	start: (out: ReturnType<typeof said>['out'], stopping: Stopping) => Promise<number>,
	visit: (url: string) => Promise<void>,
) {
	const text = said();
	const greeted = Promise.withResolvers<void>();
	const asked = Promise.withResolvers<void>();
	const out = {
		stdout: (words: string) => {
			text.out.stdout(words);
			greeted.resolve();
		},
		stderr: text.out.stderr,
	};
	const never = async (): Promise<void> => undefined;
	const stopping = { asked: asked.promise, isAsked: () => false, orAsked: never, release: () => undefined };
	const ended = start(out, stopping);
	await Promise.race([greeted.promise, ended]);
	const url = /page {6}(http:\/\/127\.0\.0\.1:[0-9]+)\//.exec(text.stdout())?.[1];
	if (url !== undefined) await visit(url);
	asked.resolve();
	return { code: await ended, stdout: text.stdout(), stderr: text.stderr() };
}

const serving = (file: string, visit: (url: string) => Promise<void> = async () => undefined) =>
	running((out, stopping) => runWitness(file, out, { ...secret, stopping }), visit);

function asking(signer: Parameters<typeof signCheckpoint>[1][number], origin: string) {
	const checkpoint = signCheckpoint({ origin, size: 0, root: emptyRoot(suite), extensions: [] }, [signer]);
	const body = Buffer.from(printAddCheckpoint({ oldSize: 0, proof: [], checkpoint }));
	return async (url: string) => (await fetch(`${url}/add-checkpoint`, { method: 'POST', body })).text();
}

describe("a witness's key", () => {
	it('L17 is of algorithm 4, shows itself, and is enrolled nowhere', async () => {
		const text = said();
		expect(await runKeyShow(at('w.key'), text.out, secret)).toBe(0);
		expect(text.stdout()).toMatch(/^public {2}court\.example\/w\+[0-9a-f]{8}\+B/m);
		const enrolling = said();
		const options = { ...secret, enrol: 'clerk', holder: 'holder/1' };
		expect(await runKeyShow(at('w.key'), enrolling.out, options)).toBe(2);
		expect(enrolling.stderr()).toContain("a witness's key");
	});
});

describe('matokeo witness', () => {
	it('prints an example', () => {
		const text = said();
		expect(runWitnessExample(text.out)).toBe(0);
		expect(text.stdout()).toContain('\nlog ');
	});

	it('checks a configuration and opens nothing', async () => {
		const { code, text } = await check(config('good'));
		expect([code, text]).toEqual([0, expect.stringContaining('no problems')]);
		expect(text).toContain('watches log.example/a');
		expect(text).toContain('nothing there yet');
	});

	it.each([
		['a word that nobody knows', (text: string) => `${text}frob 1\n`, 'bad:8: expected one of name'],
		['a key that is not there', (text: string) => text.replace('w.key', 'none.key'), 'nothing of that name'],
		['a package that is not there', (text: string) => `${text}package nowhere ${'0'.repeat(64)}\n`, 'cannot be read'],
		[
			'another package',
			(text: string) => `${text}package election ${'0'.repeat(64)}\n`,
			'one of the two is not the election',
		],
	])('refuses %s', async (_, change, words) => {
		const { code, text } = await check(config('bad', change));
		expect([code, text]).toEqual([1, expect.stringContaining(words)]);
		expect((await serving(at('bad'))).code).toBe(2);
	});

	it('serves until it is stopped, with a cosignature that the next start remembers', async () => {
		const file = config('served');
		const signer = { ...log, sign: signingWith(log).sign };
		const first = await serving(file, async (url) => {
			expect(await asking(signer, log.name)(url)).toMatch(/^\u2014 court\.example\/w /);
		});
		expect([first.code, first.stderr]).toEqual([
			0,
			expect.stringContaining('If this witness has run before, stop it now'),
		]);
		const second = await serving(file);
		expect(second.stdout).toContain('watches   log.example/a (0 entries at ');
		expect(second.stderr).not.toContain('If this witness has run before');
	});

	it('watches the log of an election package under both of its keys', async () => {
		const file = config('packaged', (text) => text.replace(/log .*/, `package election ${election.digest}`));
		const { name } = election.log.spare;
		const spare = testKey(name);
		const signer = { ...spare, sign: signingWith(spare).sign };
		const { code } = await serving(file, async (url) => {
			expect(await asking(signer, election.log.origin)(url)).toMatch(/^\u2014 court\.example\/w /);
		});
		expect(code).toBe(0);
	});

	it.each([
		[
			'an officer\u2019s key',
			(text: string) => text.replace('w.key', 'officer.key').replace('court.example/w', 'officer/1'),
			'signs statements',
		],
		[
			'a key of another name',
			(text: string) => text.replace('court.example/w', 'court.example/v'),
			'the configuration says "court.example/v"',
		],
	])('does not start with %s', async (_, change, words) => {
		const { code, stdout, stderr } = await serving(config('wrong', change));
		expect([code, stdout]).toEqual([2, '']);
		expect(stderr).toContain(words);
	});

	it('does not start where its folder cannot be made', async () => {
		writeFileSync(at('file'), '');
		const { code, stderr } = await serving(config('in-a-file', (text) => text.replace(/state .*/, 'state file/state')));
		expect([code, stderr]).toEqual([2, expect.stringContaining('a part of its path is a file')]);
	});

	it("does not start on another program's state", async () => {
		mkdirSync(at('foreign.state'));
		writeFileSync(
			at('foreign.state/witness.sqlite'),
			'this is no database, but long enough to be read as one. '.repeat(40),
		);
		const { code, stderr } = await serving(config('foreign'));
		expect([code, stderr]).toEqual([2, expect.stringContaining('the file is damaged')]);
	});
});

describe('matokeo witness in a rehearsal', () => {
	/** The small election, whose keys are made from the rehearsal's seeds. */
	const start = (rehearsal: string, folder: string) =>
		running(
			(out, stopping) =>
				runRehearsalWitness(
					{ package: folder, rehearsalKey: rehearsal, state: at('rehearsed'), host: '127.0.0.1', port: 0 },
					out,
					{ stopping },
				),
			async (url) => {
				const id = 'bo-2019-rehearsal';
				const key = rehearsalKey(
					suite,
					JSON.parse(readFileSync(join(folder, 'election.json'), 'utf8')).id,
					`${id}/log`,
				);
				expect(await asking(key, `${id}/log`)(url)).toMatch(/^\u2014 witness\/court /);
				expect(await (await fetch(url)).text()).toContain('secret to nobody');
			},
		);
	const bolivia = new URL('../../../examples/bolivia-2019/package', import.meta.url).pathname;

	it('is a witness that the package names, and says that its key is secret to nobody', async () => {
		const { code, stdout } = await start('witness/court', bolivia);
		expect([code, stdout]).toEqual([0, expect.stringContaining('REHEARSAL')]);
	});

	it('is none that the package does not name, and none with keys that are not the rehearsal\u2019s', async () => {
		expect(await start('witness/nobody', bolivia)).toMatchObject({
			code: 2,
			stderr: expect.stringContaining('it names witness/cc, witness/court'),
		});
		expect((await start('witness/court', at('election'))).stderr).toContain(
			'names no witness "witness/court" with a rehearsal key',
		);
	});
});
