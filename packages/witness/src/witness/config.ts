/**
 * The configuration of a witness (`spec/witness.md`, N10): one definition to a line, a keyword and what belongs to it, as in a policy file (L26), whose `log` lines can be copied here. All problems
 * are told, each with its line, what was expected and what to do. It opens no file and knows no key but the logs'.
 */
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { type ConfigLine, readLogs } from './configLogs.ts';
import {
	DEFAULT_LISTEN,
	KEYWORDS,
	type Keyword,
	listenOf,
	NEEDED,
	PACKAGE,
	REPEATED,
	type Wrong,
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
	/** Election packages whose logs are watched too: folders as they were written, each with its digest. */
	readonly packages: readonly { readonly dir: string; readonly digest: string }[];
}

export interface ConfigProblem extends Wrong {
	/** From 1; 0 for the file as a whole. */
	readonly line: number;
}

/** What stands behind a keyword, and where. */

/** N10. */
export function parseConfig(suite: Suite, bytes: Uint8Array): Result<WitnessConfig, readonly ConfigProblem[]> {
	const problems: ConfigProblem[] = [];
	const lines = linesOf(bytes, problems);
	const values = valuesOf(lines, problems);
	const logs = readLogs(suite, { logs: values.get('log') ?? [], spares: values.get('spare') ?? [] }, problems);
	const logless = values.has('log') || values.has('package') ? [] : ['log'];
	for (const keyword of [...NEEDED.filter((one) => !values.has(one)), ...logless])
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
		packages: (values.get('package') ?? []).map(({ value }) => {
			const [, dir = '', digest = ''] = PACKAGE.exec(value) ?? [];
			return { dir, digest };
		}),
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

function valuesOf(lines: readonly string[], problems: ConfigProblem[]): ReadonlyMap<Keyword, readonly ConfigLine[]> {
	const values = new Map<Keyword, ConfigLine[]>();
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
