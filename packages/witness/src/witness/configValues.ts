/**
 * The words of a witness's configuration and what may stand behind each (`spec/witness.md`, N10). It does not know lines or files.
 */
import { isIP } from 'node:net';
import { parseSize } from '@matokeo/core/log/decimal.ts';
import { isKeyName } from '@matokeo/core/log/note.ts';
import { LIMITS } from './limits.ts';

export type Keyword = (typeof KEYWORDS)[number];

export interface Wrong {
	readonly expected: string;
	readonly came: string;
	readonly toDo: string;
}

export const KEYWORDS = [
	'name',
	'run-by',
	'contact',
	'key',
	'state',
	'listen',
	'prefix',
	'address',
	'trust-proxy',
	'log',
	'spare',
	'package',
] as const;
/** What no witness can be without. */
export const NEEDED = ['name', 'run-by', 'contact', 'key', 'state'] as const;
export const REPEATED = new Set<Keyword>(['trust-proxy', 'log', 'spare', 'package']);
const LISTEN = /^(\[[0-9a-f:]+\]|[A-Za-z0-9.-]+):([0-9]{1,5})$/;
/** A folder and the digest of what is in it. */
export const PACKAGE = /^(.*[^ \t])[ \t]+([0-9a-f]{64})$/;
const PREFIX = /^(?:\/(?!\.)[A-Za-z0-9._~-]+)*$/;
export const DEFAULT_LISTEN = '127.0.0.1:8710';
const PORT_MAX = 65_535;

/** What is wrong with a value, if anything is. Keys of logs are read by the file's own parser. */
export function wrongValue(keyword: Keyword, value: string): Wrong | undefined {
	const found = JSON.stringify(value.slice(0, 80));
	if (value === '')
		return { expected: `something after "${keyword}"`, came: 'nothing', toDo: 'Say it, or remove the line' };
	switch (keyword) {
		case 'name':
			return isKeyName(value)
				? undefined
				: {
						expected: 'the name of the key, without spaces and plus signs',
						came: found,
						toDo: '`matokeo key show FILE` prints it',
					};
		case 'run-by':
		case 'contact':
			return value.length <= LIMITS.wordsMax
				? undefined
				: { expected: `at most ${LIMITS.wordsMax} characters`, came: `${value.length}`, toDo: 'Say it shorter' };
		case 'listen':
			return LISTEN.test(value) && listenOf(value).port <= PORT_MAX
				? undefined
				: {
						expected: 'an address and a port such as 127.0.0.1:8710 or [::1]:8710',
						came: found,
						toDo: 'Use 0.0.0.0 for every address of this machine, and 0 for any free port',
					};
		case 'prefix':
			return PREFIX.test(value.replace(/\/$/, ''))
				? undefined
				: { expected: 'a path such as /witness', came: found, toDo: 'Leave it out to have none' };
		case 'address':
			return webAddress(value) !== undefined
				? undefined
				: {
						expected: 'the address under which logs reach this witness, such as https://witness.court.example',
						came: found,
						toDo: 'Mend it or leave it out',
					};
		case 'trust-proxy':
			return isNetwork(value)
				? undefined
				: {
						expected: 'the address or network of a proxy, such as 127.0.0.1 or 10.0.0.0/8',
						came: found,
						toDo: 'Leave it out if none is in front',
					};
		case 'package':
			return PACKAGE.test(value)
				? undefined
				: {
						expected: 'a folder and the 64 digits of its digest',
						came: found,
						toDo: '`matokeo election digest FOLDER` prints the digest; compare it with what was printed on paper',
					};
		case 'key':
		case 'state':
		case 'log':
		case 'spare':
			return undefined;
	}
}

export function listenOf(value: string): { readonly host: string; readonly port: number } {
	const [, host = '', digits = ''] = LISTEN.exec(value) ?? [];
	const port = parseSize(digits) ?? PORT_MAX + 1;
	return { host: host.replace(/^\[(.*)\]$/, '$1'), port };
}

/** The address as a browser would spell it, if it is one of the web without anything that does not belong there. */
export function webAddress(text: string): string | undefined {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
	return url.username === '' && url.password === '' && url.search === '' && url.hash === '' ? url.href : undefined;
}

function isNetwork(value: string): boolean {
	const [address = '', bits, ...more] = value.split('/');
	const family = isIP(address);
	if (family === 0 || more.length > 0) return false;
	if (bits === undefined) return true;
	const size = parseSize(bits);
	return size !== undefined && size <= (family === 4 ? 32 : 128);
}
