/**
 * The lines `log` and `spare` of a witness's configuration (`spec/witness.md`, N10): which keys sign for which origin. A log line is that of a policy file; its key's name is the origin (L16). A spare is
 * another key of a log that has a line.
 */
import { parseVerifierKey, type VerifierKey } from '@matokeo/core/log/keys.ts';
import { hexEncode } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { type Wrong, webAddress } from './configValues.ts';
import { LIMITS } from './limits.ts';
import type { WatchedLog } from './watched.ts';

export interface ConfigLine {
	/** From 1. */
	readonly line: number;
	readonly value: string;
}

const COPY = 'Copy the line "log …" from the policy of the election package, or from whoever runs the log';

/** The keys in the order of their lines; what is wrong with a line is added to the problems. */
export function readLogs(
	suite: Suite,
	{ logs, spares }: { readonly logs: readonly ConfigLine[]; readonly spares: readonly ConfigLine[] },
	problems: (Wrong & { readonly line: number })[],
): readonly WatchedLog[] {
	const watched: WatchedLog[] = [];
	const keys = new Map<string, number>();
	const enter = (line: number, origin: string, key: VerifierKey, url?: string): void => {
		const hex = hexEncode(key.publicKey);
		const before = keys.get(hex);
		if (before !== undefined)
			problems.push({
				line,
				expected: 'each key once',
				came: `the key of line ${before}`,
				toDo: 'Remove one of the two',
			});
		keys.set(hex, line);
		watched.push({ origin, key, ...(url === undefined ? {} : { url }) });
	};
	for (const { line, value } of [...logs, ...spares].slice(LIMITS.logsMax, LIMITS.logsMax + 1))
		problems.push({
			line,
			expected: `at most ${LIMITS.logsMax} keys of logs`,
			came: `${logs.length + spares.length}`,
			toDo: `Run a second witness with another key for ${value.split(/[ \t+]/)[0] ?? 'them'} and what follows`,
		});
	for (const { line, value } of logs.slice(0, LIMITS.logsMax)) {
		const [vkey = '', url, ...more] = value.split(/[ \t]+/);
		const key = readKey(suite, vkey);
		if (typeof key === 'string' || more.length > 0) {
			const came = typeof key === 'string' ? key : 'more words';
			problems.push({ line, expected: '"log <vkey> [<url>]"', came, toDo: COPY });
			continue;
		}
		if (url !== undefined && webAddress(url) === undefined)
			problems.push({
				line,
				expected: 'an address that begins with http:// or https://',
				came: JSON.stringify(url.slice(0, 80)),
				toDo: 'Mend it or leave it out',
			});
		enter(line, key.name, key, url);
	}
	const origins = new Set(watched.map(({ origin }) => origin));
	for (const { line, value } of spares.slice(0, LIMITS.logsMax)) {
		const [origin = '', vkey = '', ...more] = value.split(/[ \t]+/);
		const key = readKey(suite, vkey);
		const known = origins.has(origin);
		if (known && typeof key !== 'string' && more.length === 0) enter(line, origin, key);
		else {
			const none = `an origin that has no line "log", ${JSON.stringify(origin.slice(0, 80))}`;
			const came = !known ? none : typeof key === 'string' ? key : 'more words';
			const toDo = 'The election package names the spare key of its log';
			problems.push({ line, expected: '"spare <origin> <vkey>" of a log above', came, toDo });
		}
	}
	return watched;
}

/** The key, or what is wrong with it. */
function readKey(suite: Suite, vkey: string): VerifierKey | string {
	const key = parseVerifierKey(suite, vkey);
	if (!key.ok) return key.error;
	return key.value.algorithm === 1 ? key.value : "a witness's key (algorithm 4), which signs for no log";
}
