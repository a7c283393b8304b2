/** `matokeo say`: what is signed is shown and spelled right, and several sign the same bytes. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import { SHAPES } from '@matokeo/core/record/shapes.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { AUTHORITY, ORIGIN, smallElection } from '@matokeo/core/testing/smallElection.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isStatementType } from '../src/say/catalogue.ts';
import { newFolder, removeFolders } from './lib/said.ts';
import { byOfficer, keyFile, prepareSaying, STATUS, say, small } from './lib/saying.ts';

const suite = nativeSuite();
const SERVER = new URL('http://server.example/');
const OPEN = { settings: [`origin=${ORIGIN}`] };
let dir = '';

const at = (name: string): string => join(dir, name);

beforeAll(prepareSaying);
beforeEach(() => {
	dir = newFolder();
});
afterAll(removeFolders);

describe('matokeo say, writing', () => {
	it('S1 prints a whole note on standard output, which the one parser of leaves takes', async () => {
		const { code, stdout, stderr } = await say('station/status', byOfficer());
		const leaf = parseLeaf(suite, utf8Encode(stdout));
		expect(code).toBe(0);
		expect(leaf).toMatchObject({ ok: true, value: { statement: { type: 'station/status', by: ['po/001'] } } });
		for (const words of ['Market School, North One, North, Land', 'po/001 says: this is how it stands', 'REHEARSAL'])
			expect(stderr).toContain(words);
	});

	it('every example has the shape of its statement', async () => {
		for (const type of Object.keys(SHAPES)) {
			const { code, stdout } = await say(type, { example: true });
			const body = { ...JSON.parse(stdout), by: ['a'] };
			expect([type, code, isStatementType(type) && SHAPES[type](body, type)]).toEqual([type, 0, undefined]);
		}
	});

	it('S27 shows figures in the order of the paper, with the labels of the form', async () => {
		const figures = '{"rejected":3,"alba":12,"benta":"blank","chidi":0,"valid":12,"cast":15}';
		writeFileSync(at('form.png'), 'an image');
		const { code, stderr } = await say('form/capture', {
			keyFiles: [keyFile('po/001')],
			settings: [
				'contest=president',
				'kind=original',
				'poll:=1',
				'route=own-kit',
				'station=001',
				`figures:=${figures}`,
			],
			images: [`original=${at('form.png')}`],
		});
		expect(code).toBe(0);
		const shown = [...stderr.matchAll(/figures\.(\w+)/g)].map(([, id]) => id);
		const printed = small.election.contests.get('president')?.fields.map(({ id }) => id) ?? [];
		expect(shown).toEqual(printed.filter((id) => shown.includes(id)));
		expect(stderr).toContain(suite.sha256Hex(utf8Encode('an image')));
	});

	it.each([
		['figures.alba=5', /"figures.alba=5" sets text: for a number write --set figures.alba:=5/],
		['poll:="1"', /must be an integer, not "1"/],
		['poll:=1.5', /P2\d/],
		['poll:=1e0', /P2\d/],
		['poll:=-0', /P2\d/],
		['poll:=null', /P2\d/],
		['poll:=true', /must be an integer/],
		['poll:={"a":1,"a":1}', /P2\d/],
		['nonsense', /expected path=text/],
		['=5', /expected path=text/],
		['a..b=5', /empty part/],
		['images.7=x', /no place in a list of 1/],
		['kind.deeper=x', /has no members/],
		['__proto__.polluted:=1', /does not belong there/],
		['planet=earth', /does not belong there/],
	])('S4 --set %s is refused in words, and nothing is signed', async (setting, message) => {
		const digest = '0'.repeat(64);
		const images = `images:=[{"kind":"original","sha256":"${digest}","size":1}]`;
		const fine = [
			'contest=president',
			'kind=original',
			'poll:=1',
			'route=own-kit',
			'station=001',
			'figures:={}',
			images,
		];
		const { code, stdout, stderr } = await say('form/capture', {
			keyFiles: [keyFile('po/001')],
			settings: [...fine, setting],
		});
		expect([code, stdout]).toEqual([2, '']);
		expect(stderr).toMatch(message);
		expect({}).not.toHaveProperty('polluted');
	});

	it('signs only when a person types yes, and says what to do where nobody can be asked', async () => {
		for (const typed of ['no', '', 'y', undefined]) {
			const prompt = { line: async () => typed, secret: async () => undefined };
			expect(await say('station/status', { ...byOfficer(), yes: false, prompt })).toMatchObject({
				code: 2,
				stdout: '',
			});
		}
		const prompt = { line: async () => 'yes', secret: async () => undefined };
		expect((await say('station/status', { ...byOfficer(), yes: false, prompt })).code).toBe(0);
		expect((await say('station/status', { ...byOfficer(), yes: false })).stderr).toContain('--yes');
	});

	it('signs with no key under a name that the package gives to another', async () => {
		const { code, stderr } = await say('election/open', { ...OPEN, rehearsalNames: ['authority/1'] });
		expect([code, stderr.includes('names another key for "authority/1"')]).toEqual([2, true]);
	});

	it('uses rehearsal keys in rehearsals only', async () => {
		const official = newFolder(smallElection('official').files);
		const options = { ...STATUS, rehearsalNames: ['po/001'] };
		expect((await say('station/status', options)).code).toBe(0);
		const { code, stderr } = await say('station/status', { ...options, packageDir: official });
		expect([code, stderr.includes('in rehearsals only')]).toEqual([2, true]);
	});
});

describe('matokeo say, with several signers', () => {
	const [first, second, third] = AUTHORITY;
	const begin = () =>
		say('election/open', { ...OPEN, keyFiles: [keyFile(first)], by: [second, first], out: at('1.note') });

	it('each signs the same three lines; the whole note is the same in whatever order they sign', async () => {
		const { code, stderr } = await begin();
		expect([code, stderr.includes(`Still to sign: ${second}`)]).toEqual([0, true]);
		const next = await say(undefined, { in: at('1.note'), keyFiles: [keyFile(second)], out: at('2.note') });
		expect(next.stderr).toContain('{"by":["authority/1","authority/2"],"origin":"small.example/log"}');
		const together = await say('election/open', { ...OPEN, keyFiles: [keyFile(second), keyFile(first)] });
		expect(readFileSync(at('2.note'), 'utf8')).toBe(together.stdout);
	});

	it.each([
		['a third', { keyFiles: [third] }, /not among the signers/],
		['the first again', { keyFiles: [first] }, /has signed it already/],
		['a change', { keyFiles: [second], settings: ['origin=x'] }, /signed as it is/],
		['another type', { keyFiles: [second], type: 'form/ruling' }, /is a election\/open, not a form\/ruling/],
		['nobody', {}, /missing: authority\/2/],
	] as const)('%s is refused', async (_, given, message) => {
		await begin();
		const keyFiles = 'keyFiles' in given ? given.keyFiles.map(keyFile) : [];
		const options = {
			in: at('1.note'),
			out: at('2.note'),
			...('settings' in given ? { settings: given.settings } : {}),
		};
		const { code, stderr } = await say('type' in given ? given.type : undefined, { ...options, keyFiles });
		expect([code, existsSync(at('2.note'))]).toEqual([2, false]);
		expect(stderr).toMatch(message);
	});

	it.each([
		['a changed text', (text: string) => text.replace('small.example/log', 'other.example/log'), /is false/],
		['a changed signature', (text: string) => text.replace(/.{4}\n$/, 'AAA=\n'), /is false/],
		['another package', (text: string) => text.replace(/ [0-9a-f]{64}/, ` ${'a'.repeat(64)}`), /name the package/],
		['other spelling', (text: string) => text.replace('{"by"', '{ "by"'), /canonical/],
		['no end of its text', (text: string) => text.slice(0, text.indexOf('\n\n') + 1), /no note/],
		['half a signature', (text: string) => text.slice(0, text.indexOf('—') + 12), /no note/],
		['a foreign signature', (text: string) => text.replace('— authority/1', '— authority/9'), /not among its signers/],
	] as const)('a note with %s is not signed', async (_, change, message) => {
		await begin();
		writeFileSync(at('changed.note'), change(readFileSync(at('1.note'), 'utf8')));
		const { code, stderr } = await say(undefined, {
			in: at('changed.note'),
			keyFiles: [keyFile(second)],
			out: at('2.note'),
		});
		expect([code, existsSync(at('2.note'))]).toEqual([2, false]);
		expect(stderr).toMatch(message);
	});

	it('a note may be written before anybody signs, and each signer sees it', async () => {
		const { code } = await say('election/open', { ...OPEN, by: [first, second], out: at('0.note') });
		const once = await say(undefined, { in: at('0.note'), keyFiles: [keyFile(second)], out: at('1.note') });
		expect([code, once.code, once.stderr]).toEqual([0, 0, expect.stringContaining(`Still to sign: ${first}`)]);
		const { stdout } = await say(undefined, { in: at('1.note'), keyFiles: [keyFile(first)] });
		expect(parseLeaf(suite, utf8Encode(stdout)).ok).toBe(true);
	});

	it('says before anybody signs that the result would go nowhere', async () => {
		const options = { ...OPEN, keyFiles: [keyFile(first)], by: [first, second] };
		expect((await say('election/open', options)).stderr).toContain('--out FILE');
		const { code, stderr } = await say('election/open', { ...options, out: at('x'), send: SERVER });
		expect([code, stderr.includes('cannot be sent yet'), existsSync(at('x'))]).toEqual([2, true, false]);
	});
});
