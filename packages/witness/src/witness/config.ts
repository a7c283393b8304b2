/**
 * The configuration of a witness (`spec/witness.md`, N10): one definition to a line, a keyword and what belongs to it, as in a policy file (L26), whose `log` lines can be copied here. All problems
 * are told, each with its line, what was expected and what to do. It opens no file and knows no key but the logs'.
 */
import { parseVerifierKey } from '@matokeo/core/log/keys.ts';
import { hexEncode, utf8Decode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import {
	DEFAULT_LISTEN,
	KEYWORDS,
	type Keyword,
	listenOf,
	NEEDED,
	REPEATED,
	type Wrong,
	webAddress,
	wrongValue,
} from './configValues.ts';
import { LIMITS } from './limits.ts';
import type { WatchedLog } from './watched.ts';

export interface WitnessConfig {
	/** Of the witness's key. */
	readonly name: string;
	readonly runBy: string;
	readonly contact: string;
	/** Paths as they were written. */
	readonly key: string;
	readonly state: string;
	readonly host: string;
	readonly port: number;
	/** Empty, or a path that begins with a slash and does not end in one. */
	readonly prefix: string;
	/** Where the world reaches it, without a slash at its end. */
	readonly address?: string;
	readonly trustProxy: readonly string[];
	readonly logs: readonly WatchedLog[];
}

export interface ConfigProblem extends Wrong {
	/** From 1; 0 for the file as a whole. */
	readonly line: number;
}

interface Line {
	readonly line: number;
	readonly value: string;
}

/** N10. */
export function parseConfig(suite: Suite, bytes: Uint8Array): Result<WitnessConfig, readonly ConfigProblem[]> {
	const problems: ConfigProblem[] = [];
	const lines = linesOf(bytes, problems);
	const values = valuesOf(lines, problems);
	const logs = logsOf(suite, values.get('log') ?? [], problems);
	for (const keyword of NEEDED)
		if (!values.has(keyword))
			problems.push({
				line: 0,
				expected: `a line "${keyword} …"`,
				came: 'none',
				toDo: '`matokeo witness --example` prints one of each',
			});
	for (const [keyword, found] of values)
		for (const { line, value } of found) {
			const wrong = wrongValue(keyword, value);
			if (wrong !== undefined) problems.push({ line, ...wrong });
		}
	if (problems.length > 0) return err(problems.sort((a, b) => a.line - b.line));
	const one = (keyword: Keyword): string => values.get(keyword)?.[0]?.value ?? '';
	const { host, port } = listenOf(one('listen') || DEFAULT_LISTEN);
	const address = one('address').replace(/\/$/, '');
	return ok({
		name: one('name'),
		runBy: one('run-by'),
		contact: one('contact'),
		key: one('key'),
		state: one('state'),
		host,
		port,
		prefix: one('prefix').replace(/\/$/, ''),
		...(address === '' ? {} : { address }),
		trustProxy: (values.get('trust-proxy') ?? []).map(({ value }) => value),
		logs,
	});
}

export function printProblem(file: string, { line, expected, came, toDo }: ConfigProblem): string {
	return `${file}${line === 0 ? '' : `:${line}`}: expected ${expected}; found ${came}. ${toDo}.\n`;
}

function linesOf(bytes: Uint8Array, problems: ConfigProblem[]): readonly string[] {
	const wrong = (expected: string, came: string, toDo: string): readonly string[] => {
		problems.push({ line: 0, expected, came, toDo });
		return [];
	};
	if (bytes.length > LIMITS.configBytesMax)
		return wrong(
			`at most ${LIMITS.configBytesMax} bytes`,
			`${bytes.length}`,
			'Name the configuration of a witness, not another file',
		);
	const text = utf8Decode(bytes);
	if (text === undefined) return wrong('text in UTF-8', 'other bytes', 'Save the file as UTF-8');
	const lines = text.split('\n');
	for (const [place, line] of lines.entries())
		if (/[\p{Cc}--\t]/v.test(line))
			problems.push({
				line: place + 1,
				expected: 'text without control characters',
				came: line.endsWith('\r') ? 'a line that ends as in Windows' : 'one',
				toDo: 'Save the file with line ends of Unix',
			});
	return problems.length > 0 ? [] : lines;
}

function valuesOf(lines: readonly string[], problems: ConfigProblem[]): ReadonlyMap<Keyword, readonly Line[]> {
	const values = new Map<Keyword, Line[]>();
	for (const [place, text] of lines.entries()) {
		const [, word = '', value = ''] = /^[ \t]*([^ \t]*)[ \t]*(.*?)[ \t]*$/.exec(text) ?? [];
		if (word === '' || word.startsWith('#')) continue;
		const line = place + 1;
		const keyword = KEYWORDS.find((one) => one === word);
		if (keyword === undefined) {
			problems.push({
				line,
				expected: `one of ${KEYWORDS.join(', ')}`,
				came: JSON.stringify(word.slice(0, 40)),
				toDo: 'Mend the word, or put # before the line',
			});
			continue;
		}
		const before = values.get(keyword) ?? [];
		if (before[0] !== undefined && !REPEATED.has(keyword))
			problems.push({
				line,
				expected: `"${keyword}" once`,
				came: `it on line ${before[0].line} already`,
				toDo: 'Remove one of the two',
			});
		values.set(keyword, [...before, { line, value }]);
	}
	return values;
}

function logsOf(suite: Suite, lines: readonly Line[], problems: ConfigProblem[]): readonly WatchedLog[] {
	const logs: WatchedLog[] = [];
	const keys = new Map<string, number>();
	const toDo = 'Copy the line "log …" from the policy of the election package, or from whoever runs the log';
	for (const { line, value } of lines.slice(0, LIMITS.logsMax)) {
		const [vkey = '', url, ...more] = value.split(/[ \t]+/);
		const key = parseVerifierKey(suite, vkey);
		if (!key.ok || more.length > 0) {
			problems.push({ line, expected: '"log <vkey> [<url>]"', came: key.ok ? 'more words' : key.error, toDo });
			continue;
		}
		if (key.value.algorithm !== 1)
			problems.push({ line, expected: "a log's key (algorithm 1)", came: "a witness's key (algorithm 4)", toDo });
		if (url !== undefined && webAddress(url) === undefined)
			problems.push({
				line,
				expected: 'an address that begins with http:// or https://',
				came: JSON.stringify(url.slice(0, 80)),
				toDo: 'Mend it or leave it out',
			});
		const hex = hexEncode(key.value.publicKey);
		const before = keys.get(hex);
		if (before !== undefined)
			problems.push({
				line,
				expected: 'each key once',
				came: `the key of line ${before}`,
				toDo: 'Remove one of the two',
			});
		keys.set(hex, line);
		logs.push(url === undefined ? { key: key.value } : { key: key.value, url });
	}
	const extra = lines[LIMITS.logsMax];
	if (extra !== undefined)
		problems.push({
			line: extra.line,
			expected: `at most ${LIMITS.logsMax} logs`,
			came: `${lines.length}`,
			toDo: 'Run a second witness with another key',
		});
	return logs;
}
