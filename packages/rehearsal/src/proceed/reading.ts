/** Small readers for the members that several steps of a story have: names that were given before, ids and codes that the package has, moments. */
import type { JsonNode } from '@matokeo/core/election/json.ts';
import { asId, asObject, asText, type Node, type Shape, tell } from '@matokeo/core/election/jsonShape.ts';
import { quote } from '@matokeo/core/election/problem.ts';
import type { Code, Election } from '@matokeo/core/election/types.ts';
import type { Result } from '@matokeo/core/std/result.ts';
import { OPEN_CLASSES } from './story.ts';

export interface Reading extends Shape {
	readonly election: Election;
	/** What earlier steps gave a name to. */
	readonly names: Readonly<Record<'objection' | 'pause' | 'order', Set<string>>>;
	readonly tables: CountTables;
}

/** The bytes of the table of that name beside the story, or why there are none. */
export type CountTables = (name: string) => Result<Uint8Array>;

export type Get = (key: string) => Node;

/** An id that `has` knows; `undefined` when a problem was told. */
export function among(
	reading: Reading,
	node: Node,
	what: string,
	has: (id: string) => boolean,
	all: readonly string[] = [],
): string | undefined {
	const id = asId(reading, node, what);
	if (id === undefined || node === undefined || has(id)) return id;
	const expected = all.length === 0 ? `${what} that the package has` : `${what}: one of ${all.join(', ')}`;
	return tell(reading, node, 'P85', expected, quote(id), 'correct the id');
}

export function codeIn(reading: Reading, node: Node, what: string, codes: readonly Code[]): string | undefined {
	const ids = codes.map(({ id }) => id);
	return among(reading, node, what, (id) => ids.includes(id), ids);
}

/** The contest; where it is left out, the only one of the package. */
export function contestIn(reading: Reading, get: Get): string | undefined {
	const { contests } = reading.election;
	const [only] = contests.keys();
	const node = get('contest');
	if (node === undefined && contests.size === 1) return only;
	return among(reading, node, 'the contest of a step', (id) => contests.has(id), [...contests.keys()]);
}

export function nameFor(reading: Reading, node: Node, kind: 'objection' | 'pause' | 'order'): string | undefined {
	const name = asId(reading, node, `the name of the ${kind}`);
	if (name === undefined || node === undefined) return undefined;
	if (reading.names[kind].has(name))
		return tell(reading, node, 'P85', `each name of an ${kind} once`, quote(name), 'choose another name');
	reading.names[kind].add(name);
	return name;
}

export function named(reading: Reading, node: Node, kind: 'objection' | 'pause' | 'order'): string | undefined {
	const names = reading.names[kind];
	return among(reading, node, `the ${kind}`, (id) => names.has(id), [...names]);
}

const MOMENT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/;

/** UTC seconds. */
export function moment(reading: Reading, node: Node, what: string): number | undefined {
	const text = asText(reading, node, what);
	if (text === undefined || node === undefined) return undefined;
	const seconds = MOMENT.test(text) ? Date.parse(text) / 1000 : Number.NaN;
	if (Number.isSafeInteger(seconds) && new Date(seconds * 1000).toISOString().startsWith(text.slice(0, 19)))
		return seconds;
	return tell(reading, node, 'P84', `${what} in UTC such as 2017-08-11T19:20:00Z`, quote(text), 'write it like that');
}

/** Open class → code of the rule that permits to go on. */
export function proceedIn(reading: Reading, node: Node): Readonly<Record<string, string>> {
	if (node === undefined) return {};
	const get = asObject(reading, node, 'proceed', [], OPEN_CLASSES);
	const codes = reading.election.codes.proceed;
	const entries = OPEN_CLASSES.flatMap((open): readonly (readonly [string, string])[] => {
		const code = get === undefined || get(open) === undefined ? undefined : codeIn(reading, get(open), open, codes);
		return code === undefined ? [] : [[open, code]];
	});
	return Object.fromEntries(entries);
}

export function textIn(reading: Reading, get: Get): { readonly text?: string } {
	const text = asText(reading, get('text'), 'text');
	return text === undefined ? {} : { text };
}

/** The party beside `"by"` who is its agent or the party itself; one that has a key. */
export function partyIn(reading: Reading, get: Get, item: JsonNode, by: string): string | undefined {
	const able = reading.election.parties.filter(({ roots }) => roots.length > 0).map(({ id }) => id);
	if (get('party') === undefined)
		return tell(reading, item, 'P84', `"party" beside "by": "${by}"`, 'no such key', 'say which party');
	return among(reading, get('party'), 'a party with a key', (id) => able.includes(id), able);
}
