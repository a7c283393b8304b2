/** The configuration of a witness (N10): the example is one, everything that cannot be meant is refused with its line, and all of it at once. */
import { printVerifierKey } from '@matokeo/core/log/keys.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { describe, expect, it } from 'vitest';
import { parseConfig, printProblem } from '../../src/witness/config.ts';
import { EXAMPLE } from '../../src/witness/example.ts';
import { log, ORIGIN, spare, suite, testKey, unwrap, witness } from './lib.ts';

const vkey = printVerifierKey(log.key);
const SMALL = `name witness.example/court\nrun-by The Court\ncontact a@court.example\nkey w.key\nstate state\nlog ${vkey}\n`;

function read(text: string) {
	return parseConfig(suite, utf8Encode(text));
}

describe('the configuration', () => {
	it('N10 the example is one', () => {
		const config = unwrap(read(EXAMPLE));
		expect(config).toMatchObject({
			name: 'court.example/witness',
			host: '127.0.0.1',
			port: 8710,
			prefix: '',
			address: 'https://witness.court.example',
			trustProxy: ['127.0.0.1'],
		});
		expect(config.logs.map(({ key, url }) => [key.name, url])).toEqual([
			['election.example/2027', 'https://results.election.example'],
		]);
	});

	it('N10 what is left out has a meaning, spaces and comments have none, and a log may have several keys', () => {
		const config = unwrap(
			read(
				`  # a comment\n\n${SMALL.replace('run-by The', 'run-by\t\t The')}spare ${ORIGIN} ${printVerifierKey(spare.key)}\nlisten [::1]:0\nprefix /w/\n`,
			),
		);
		expect(config).toMatchObject({ runBy: 'The Court', host: '::1', port: 0, prefix: '/w', trustProxy: [] });
		expect(config.logs.map(({ origin, key }) => [origin, key.keyId])).toEqual([
			[ORIGIN, log.keyId],
			[ORIGIN, spare.keyId],
		]);
	});

	it('N10 a package with its digest stands for a log', () => {
		const digest = '0a'.repeat(32);
		const config = unwrap(read(SMALL.replace(/log .*/, `package my election \t ${digest}`)));
		expect([config.logs, config.packages]).toEqual([[], [{ dir: 'my election', digest }]]);
	});

	it.each([
		['an unknown word', `${SMALL}logs ${vkey}\n`, 7, 'expected one of name, run-by'],
		['a word twice', `${SMALL}name b.example/w\n`, 7, 'found it on line 1 already'],
		['a word without its value', SMALL.replace('w.key', ''), 4, 'expected something after "key"'],
		['a missing word', SMALL.replace(/contact .*\n/, ''), 0, 'expected a line "contact …"'],
		['no log', SMALL.replace(/log .*\n/, ''), 0, 'expected a line "log …"'],
		['a name with a space', SMALL.replace('witness.example/court', 'the court'), 1, 'the name of the key'],
		["a log's key with another id", SMALL.replace(log.keyId, '00000000'), 6, 'has id'],
		['a witness as a log', `${SMALL}log ${printVerifierKey(testKey('b', 8, 4).key)}\n`, 7, 'algorithm 4'],
		['a key twice', `${SMALL}log ${vkey}\n`, 7, 'found the key of line 6'],
		['more words behind a log', `${SMALL}log ${printVerifierKey(spare.key)} https://a.example/ b\n`, 7, 'more words'],
		[
			'a log elsewhere than on the web',
			`${SMALL}log ${printVerifierKey(spare.key)} javascript:alert(1)\n`,
			7,
			'http:// or https://',
		],
		[
			'a spare of no log',
			`${SMALL}spare b.example ${printVerifierKey(spare.key)}\n`,
			7,
			'an origin that has no line "log"',
		],
		['a spare without a key', `${SMALL}spare ${ORIGIN}\n`, 7, 'spare <origin> <vkey>'],
		['an address with a password', `${SMALL}address https://a:b@c.example\n`, 7, 'under which logs reach'],
		['an address with a name', `${SMALL}address https://a@c.example\n`, 7, 'under which logs reach'],
		['a port that is none', `${SMALL}listen 127.0.0.1:65536\n`, 7, 'an address and a port'],
		['no port', `${SMALL}listen 127.0.0.1\n`, 7, 'an address and a port'],
		['a package without its digest', `${SMALL}package dir\n`, 7, 'the 64 digits'],
		['a prefix with dots', `${SMALL}prefix /../a\n`, 7, 'a path such as /witness'],
		['a prefix without a slash', `${SMALL}prefix witness\n`, 7, 'a path such as /witness'],
		['a proxy that is no address', `${SMALL}trust-proxy proxy.example\n`, 7, 'the address or network'],
		['a network that is too long', `${SMALL}trust-proxy 10.0.0.0/33\n`, 7, 'the address or network'],
		['line ends of Windows', SMALL.replaceAll('\n', '\r\n'), 1, 'as in Windows'],
	])('N10 refuses %s', (_, text, line, said) => {
		const config = read(text);
		expect(config.ok).toBe(false);
		if (config.ok) return;
		const told = config.error.map((problem) => printProblem('w.conf', problem));
		expect(told.join('')).toContain(said);
		expect(config.error.map((problem) => problem.line)).toContain(line);
	});

	it('N10 tells all problems at once, in the order of the lines', () => {
		const config = read(`name a b\nport 80\nlisten x\nlog ${printVerifierKey(witness.key)}\n`);
		expect(config.ok ? [] : config.error.map(({ line }) => line)).toEqual([0, 0, 0, 0, 1, 2, 3, 4]);
	});

	it('N10 refuses what is no text, and what is too long', () => {
		expect(parseConfig(suite, Uint8Array.of(0xff)).ok).toBe(false);
		expect(read(`#${' '.repeat(262_144)}\n${SMALL}`).ok).toBe(false);
		const many = Array.from({ length: 260 }, (_, i) => `log ${printVerifierKey(testKey(`l${i}`, 1).key)}\n`);
		const config = read(SMALL + many.join(''));
		expect(config.ok ? '' : config.error.map(({ came }) => came).join()).toContain('261');
	});
});
