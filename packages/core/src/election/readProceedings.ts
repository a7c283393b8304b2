/**
 * Courts, time limits and grounds of objection (`spec/package.md`, P74–P76): whose orders count, how long the law gives, who may object on what ground and who
 * answers. All of it may be absent; then nobody may.
 *
 * Does not know what an order or an objection does (`spec/statements.md`, S39–S42).
 */
import type { JsonNode } from './json.ts';
import { asCount, asId, asList, asObject, asText, asTexts, asWord, type Node, type Shape, tell } from './jsonShape.ts';
import { LIMITS } from './limits.ts';
import { quote } from './problem.ts';
import { type KeyRing, readHeldKeys, tellTwice } from './readKeys.ts';
import type { Clock, Court, Ground, ObjectionTarget, Proceedings, Standing } from './types.ts';

const STARTS = ['declaration', 'certification', 'objection', 'answer'] as const;
const TARGETS: readonly ObjectionTarget[] = ['return', 'area', 'contest', 'statement'];
const STANDING: readonly Standing[] = [
	'agent',
	'party',
	'observer',
	'presiding-officer',
	'receiving-officer',
	'returning-officer',
	'authority',
	'candidate',
	'voter',
];
const ANSWERERS = ['returning-officer', 'authority', 'court'] as const;
const LATEST = Number.MAX_SAFE_INTEGER;

export function readProceedings(shape: Shape, node: Node, ring: KeyRing): Proceedings {
	const keys = ['courts', 'clocks', 'grounds'];
	const get = node === undefined ? undefined : asObject(shape, node, 'proceedings', keys, ['witness_timeout']);
	const courts = distinct(shape, get?.('courts'), 'court', (item) => readCourt(shape, item, ring));
	const clocks = distinct(shape, get?.('clocks'), 'clock', (item) => readClock(shape, item));
	const known = get?.('clocks')?.kind === 'list' ? new Map(clocks.map((clock) => [clock.id, clock])) : undefined;
	const grounds = distinct(shape, get?.('grounds'), 'ground', (item) => readGround(shape, item, known, courts));
	const witnessTimeout = asCount(shape, get?.('witness_timeout'), 'witness_timeout in seconds', 1, LATEST);
	return { courts, clocks, grounds, witnessTimeout };
}

function distinct<T extends { readonly id: string }>(
	shape: Shape,
	node: Node,
	what: string,
	read: (item: JsonNode) => T | undefined,
): readonly T[] {
	const found = new Map<string, T>();
	for (const item of asList(shape, node, `the ${what}s of proceedings`, LIMITS.proceedingsMax)) {
		const value = read(item);
		if (value === undefined) continue;
		if (found.has(value.id)) tellTwice(shape, item, what, value.id);
		found.set(value.id, value);
	}
	return [...found.values()];
}

function readCourt(shape: Shape, item: JsonNode, ring: KeyRing): Court | undefined {
	const get = asObject(shape, item, 'a court', ['id', 'name', 'keys']);
	const idNode = get?.('id');
	const id = asId(shape, idNode, 'the id of a court');
	const name = asTexts(shape, get?.('name'), 'the name of a court') ?? {};
	const keys = readHeldKeys(shape, get?.('keys'), 'the keys of a court', ring);
	if (id === undefined || idNode === undefined) return undefined;
	if (ANSWERERS.some((office) => office === id)) {
		const expected = 'an id that is none of the offices to which an objection is referred';
		tell(shape, idNode, 'P74', expected, quote(id), 'give the court another id');
	}
	return { id, name, keys };
}

function readClock(shape: Shape, item: JsonNode): Clock | undefined {
	const get = asObject(shape, item, 'a clock', ['id', 'text', 'citation', 'starts', 'seconds']);
	const id = asId(shape, get?.('id'), 'the id of a clock');
	const text = asTexts(shape, get?.('text'), 'the text of a clock') ?? {};
	const citation = asText(shape, get?.('citation'), 'the citation (write “assumption” where there is none)') ?? '';
	const starts = readStart(shape, get?.('starts'));
	const seconds = asCount(shape, get?.('seconds'), 'how many seconds the clock runs', 1, LATEST);
	return id === undefined ? undefined : { id, text, citation, starts: starts ?? { at: 0 }, seconds: seconds ?? 1 };
}

function readStart(shape: Shape, node: Node): Clock['starts'] | undefined {
	const get = asObject(shape, node, 'the start of a clock', [], ['at', 'on']);
	const at = asCount(shape, get?.('at'), 'at in UTC seconds', 0, LATEST);
	const on = asWord(shape, get?.('on'), 'on what the clock starts', STARTS);
	if (get === undefined || node === undefined) return undefined;
	const given = [get('at'), get('on')].filter((value) => value !== undefined).length;
	if (given !== 1) {
		const came = given === 0 ? 'neither' : 'both';
		return tell(shape, node, 'P75', 'either "at" or "on", one of them', came, 'say once when the clock starts');
	}
	if (at !== undefined) return { at };
	return on === undefined ? undefined : { on };
}

const GROUND = ['id', 'text', 'citation', 'on', 'standing', 'answered_by'];

function readGround(
	shape: Shape,
	item: JsonNode,
	clocks: ReadonlyMap<string, Clock> | undefined,
	courts: readonly Court[],
): Ground | undefined {
	const get = asObject(shape, item, 'a ground', GROUND, ['within', 'answer_within']);
	const id = asId(shape, get?.('id'), 'the id of a ground');
	const text = asTexts(shape, get?.('text'), 'the text of a ground') ?? {};
	const citation = asText(shape, get?.('citation'), 'the citation (write “assumption” where there is none)') ?? '';
	const on = readWords(shape, get?.('on'), 'what may be objected to', TARGETS);
	const standing = readWords(shape, get?.('standing'), 'who has standing', STANDING);
	const answeredBy = readWords(shape, get?.('answered_by'), 'who answers', ANSWERERS);
	const within = readClockId(shape, get?.('within'), clocks);
	const answerWithin = readClockId(shape, get?.('answer_within'), clocks);
	const answerNode = get?.('answered_by');
	if (answeredBy.includes('court') && courts.length === 0 && answerNode !== undefined) {
		tell(shape, answerNode, 'P76', 'somebody who can answer', 'court, and no court', 'add it to proceedings.courts');
	}
	const starts = clocks?.get(within)?.starts;
	const withinNode = get?.('within');
	if (withinNode !== undefined && starts !== undefined && 'on' in starts && starts.on === 'objection') {
		const came = `${quote(within)}, which starts with the objection itself`;
		tell(shape, withinNode, 'P76', 'a clock that runs before an objection', came, 'name another clock');
	}
	return id === undefined ? undefined : { id, text, citation, on, standing, answeredBy, within, answerWithin };
}

/** At least one word, each once. */
function readWords<W extends string>(shape: Shape, node: Node, what: string, words: readonly W[]): readonly W[] {
	const found = new Set<W>();
	for (const item of asList(shape, node, what, words.length)) {
		const word = asWord(shape, item, what, words);
		if (word === undefined) continue;
		if (found.has(word)) tellTwice(shape, item, 'word', word);
		found.add(word);
	}
	if (node?.kind === 'list' && node.items.length === 0)
		tell(shape, node, 'P76', `${what}: at least one of ${words.join(', ')}`, 'none', 'add one, or delete the ground');
	return [...found];
}

function readClockId(shape: Shape, node: Node, clocks: ReadonlyMap<string, Clock> | undefined): string {
	const id = asId(shape, node, 'the id of a clock');
	if (id === undefined || node === undefined) return '';
	if (clocks?.has(id) === false) {
		const expected = `one of the clocks ${[...clocks.keys()].join(', ') || '(there is none)'}`;
		tell(shape, node, 'P76', expected, quote(id), 'correct the id, or add the clock to proceedings.clocks');
	}
	return id;
}
