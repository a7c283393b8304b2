/** `matokeo key`: what is written is encrypted, for its owner only, and never over something; what does not open says why. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseVerifierKey, printSecretKey } from '@matokeo/core/log/keys.ts';
import { SHAPES } from '@matokeo/core/record/shapes.ts';
import { testKey } from '@matokeo/core/testing/smallElection.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Prompt } from '../src/keys/passphrase.ts';
import { type KeyNewOptions, runKeyNew } from '../src/verbs/keyNew.ts';
import { type KeyShowOptions, runKeyShow } from '../src/verbs/keyShow.ts';
import { newFolder, removeFolders, said } from './lib/said.ts';

const PASSPHRASE = 'five random words make one';
/** Of scrypt: enough to see that it is used, quick enough for a test. */
const QUICK = 4;

let dir = '';
let made = '';
let opens: KeyShowOptions = {};

const at = (name: string): string => join(dir, name);

beforeAll(async () => {
	dir = newFolder();
	writeFileSync(at('passphrase'), `${PASSPHRASE}\nsecond line\n`);
	writeFileSync(at('wrong'), 'another passphrase\n');
	opens = { passphraseFile: at('passphrase') };
	const { code, stdout } = await makeKey('presiding/1001', { out: at('made.key'), ...opens });
	expect(code).toBe(0);
	made = stdout;
});
afterAll(removeFolders);

async function makeKey(name: string, options: KeyNewOptions) {
	const text = said();
	const code = await runKeyNew(name, text.out, { workFactor: QUICK, ...options });
	return { code, stdout: text.stdout(), stderr: text.stderr() };
}

async function show(file: string, options: KeyShowOptions = opens) {
	const text = said();
	const code = await runKeyShow(at(file), text.out, options);
	return { code, stdout: text.stdout(), stderr: text.stderr() };
}

function typing(...lines: readonly (string | undefined)[]): Prompt {
	const left = [...lines];
	const next = async () => left.shift();
	return { secret: next, line: next };
}

describe('matokeo key new', () => {
	it('prints name, key id and public key, and `show` prints the same', async () => {
		expect(await show('made.key')).toEqual({ code: 0, stdout: made, stderr: '' });
		const vkey = /public {2}(.*)/.exec(made)?.[1] ?? '';
		expect(parseVerifierKey(nativeSuite(), vkey)).toMatchObject({ ok: true, value: { name: 'presiding/1001' } });
	});

	it('writes an encrypted file that only its owner can read, and never prints the secret', async () => {
		const text = readFileSync(at('made.key'), 'utf8');
		expect(text).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/);
		expect(statSync(at('made.key')).mode & 0o777).toBe(0o600);
		expect(text + made).not.toContain('PRIVATE+KEY');
	});

	it('never writes over a file', async () => {
		const before = readFileSync(at('made.key'));
		const { code, stdout, stderr } = await makeKey('presiding/1001', { out: at('made.key'), ...opens });
		expect([code, stdout]).toEqual([2, '']);
		expect(stderr).toContain('never written over');
		expect(readFileSync(at('made.key'))).toEqual(before);
	});

	it('asks twice where a person sits, and takes only the same twice', async () => {
		const same = await makeKey('a/1', { out: at('typed.key'), prompt: typing(PASSPHRASE, PASSPHRASE) });
		expect(same.code).toBe(0);
		expect((await show('typed.key')).code).toBe(0);
		for (const [lines, message] of [
			[[PASSPHRASE, 'something else'], /differ: nothing was written/],
			[['short'], /too short/],
			[[undefined], /Stopped/],
		] as const) {
			const refused = await makeKey('a/1', { out: at('refused.key'), prompt: typing(...lines) });
			expect(refused.code).toBe(2);
			expect(refused.stderr).toMatch(message);
		}
		expect(existsSync(at('refused.key'))).toBe(false);
	});

	it.each([
		['Presiding/1', {}, /cannot be a key's name/],
		['a b', {}, /cannot be a key's name/],
		['a', {}, /nobody can be asked here/],
		['a', { passphraseFile: 'nowhere' }, /nothing of that name/],
		['a', { recipient: 'age1nobody' }, /none of age/],
		['a', { recipient: 'age1nobody', passphraseFile: 'passphrase' }, /either/],
	] as const)('%s with %j answers 2 and writes nothing', async (name, options, message) => {
		const { code, stderr } = await makeKey(name, { out: at('refused.key'), ...options });
		expect(code).toBe(2);
		expect(stderr).toMatch(message);
		expect(existsSync(at('refused.key'))).toBe(false);
	});

	it('encrypts to an age recipient, whose identity opens it and whose absence is told', async () => {
		const identity = await generateIdentity();
		const recipient = await identityToRecipient(identity);
		writeFileSync(at('identity'), `# a comment\n${identity}\n`);
		expect((await makeKey('a/2', { out: at('sealed.key'), recipient })).code).toBe(0);
		expect((await show('sealed.key', { identityFile: at('identity') })).stdout).toContain('name    a/2');
		expect((await show('sealed.key')).stderr).toContain('--identity');
		writeFileSync(at('other'), `${await generateIdentity()}\n`);
		expect((await show('sealed.key', { identityFile: at('other') })).stderr).toContain('does not open');
		expect((await show('sealed.key', { identityFile: at('wrong') })).stderr).toContain('no age identity');
	});
});

describe('matokeo key show', () => {
	it('says when the passphrase is wrong, the file is damaged, or is no key file', async () => {
		expect((await show('made.key', { passphraseFile: at('wrong') })).stderr).toContain('does not open');
		const text = readFileSync(at('made.key'), 'utf8');
		writeFileSync(at('damaged.key'), text.replace(/.\n-----END/, 'A\n-----END'));
		expect((await show('damaged.key')).code).toBe(2);
		writeFileSync(at('empty.key'), '');
		expect((await show('empty.key')).stderr).toContain('is no key file');
		expect((await show('nowhere.key')).stderr).toContain('nothing of that name');
	});

	it('does not use a secret key that lies there unencrypted', async () => {
		writeFileSync(at('plain.key'), `${printSecretKey(testKey('a/3'))}\n`);
		const { code, stderr } = await show('plain.key');
		expect([code, stderr.includes('PRIVATE')]).toEqual([2, false]);
		expect(stderr).toContain('not encrypted');
	});

	it('S22 prints an object that an enrolment takes, and refuses what none would', async () => {
		const enrol = { ...opens, enrol: 'presiding-officer', holder: 'holder/7' };
		const { stdout } = await show('made.key', { ...enrol, scope: ['station=1001'] });
		const keys = [JSON.parse(stdout)];
		expect(SHAPES['key/enrol']({ by: ['registrar/1'], keys }, 'key/enrol')).toBeUndefined();
		expect(keys[0]).toMatchObject({ name: 'presiding/1001', scope: { station: '1001' } });
		for (const wrong of [
			{ ...enrol, enrol: 'king' },
			{ ...enrol, scope: ['planet=1'] },
			{ ...enrol, scope: ['station'] },
			{ ...opens, enrol: 'clerk' },
			{ ...opens, holder: 'holder/7' },
		])
			expect(await show('made.key', wrong)).toMatchObject({ code: 2, stdout: '' });
	});
});
