/** The steps of a story in which somebody files, answers or orders (`spec/package.md`, P84, P85). */
import type { JsonNode } from '@matokeo/core/election/json.ts';
import { asBoolean, asText, asWord, tell } from '@matokeo/core/election/jsonShape.ts';
import { quote } from '@matokeo/core/election/problem.ts';
import {
	among,
	codeIn,
	contestIn,
	type Get,
	moment,
	named,
	nameFor,
	partyIn,
	type Reading,
	textIn,
} from './reading.ts';
import type { About, Answering, Filer, Ordering, Step } from './story.ts';

const FILERS = ['agent', 'party', 'registry'] as const;
const OFFICES = ['candidate', 'observer', 'voter'] as const;
const OUTCOMES = ['upheld', 'dismissed', 'referred'] as const;
const ORDERS = ['stay', 'annul', 'lift', 'reinstate'] as const;
/** As S42 has it. */
const CITATION = /^[A-Za-z0-9./_-]{1,64}$/;

export function readObjection(reading: Reading, get: Get, item: JsonNode): Step | undefined {
	const contest = contestIn(reading, get);
	const name = nameFor(reading, get('name'), 'objection');
	const ground = codeIn(reading, get('ground'), 'the ground of an objection', reading.election.proceedings.grounds);
	const by = filerIn(reading, get, item);
	const on = targetIn(reading, get, item);
	if (contest === undefined || name === undefined || ground === undefined || by === undefined || on === undefined)
		return undefined;
	return { kind: 'objection', name, by, ground, contest, on, ...textIn(reading, get) };
}

function filerIn(reading: Reading, get: Get, item: JsonNode): Filer | undefined {
	const kind = asWord(reading, get('by'), 'who files', FILERS);
	if (kind === undefined) return undefined;
	if (kind === 'registry') {
		const office = asWord(reading, get('office'), 'for whom the registry files', OFFICES);
		const received = moment(reading, get('received'), 'when it was received');
		if (get('office') === undefined)
			tell(reading, item, 'P84', '"office" beside "by": "registry"', 'no such key', 'say for whom it files');
		return office === undefined ? undefined : { kind, office, ...(received === undefined ? {} : { received }) };
	}
	const party = partyIn(reading, get, item, kind);
	return party === undefined ? undefined : { kind, party };
}

function targetIn(reading: Reading, get: Get, item: JsonNode): About['on'] | undefined {
	const given = ['station', 'area', 'declaration'].filter((key) => get(key) !== undefined);
	if (given.length > 1)
		return tell(reading, item, 'P84', 'one of station, area and declaration', given.join(' and '), 'leave one');
	const { stations, areas } = reading.election;
	switch (given[0]) {
		case 'station': {
			const station = among(reading, get('station'), 'a polling station', (id) => stations.has(id));
			return station === undefined ? undefined : { kind: 'return', station };
		}
		case 'area': {
			const area = among(reading, get('area'), 'an area', (id) => areas.has(id));
			return area === undefined ? undefined : { kind: 'area', area };
		}
		case 'declaration':
			return asBoolean(reading, get('declaration'), 'declaration') === true
				? { kind: 'declaration' }
				: { kind: 'contest' };
		default:
			return { kind: 'contest' };
	}
}

export function readAnswer(reading: Reading, get: Get): Answering | undefined {
	const { codes, proceedings } = reading.election;
	const courts = proceedings.courts.map(({ id }) => id);
	const offices = ['returning-officer', 'authority', ...courts];
	const objection = named(reading, get('objection'), 'objection');
	const outcome = asWord(reading, get('outcome'), 'the outcome of an answer', OUTCOMES);
	const reason = codeIn(reading, get('reason'), 'the reason of an answer', codes.answer);
	const by = among(reading, get('by'), 'who answers', (id) => offices.includes(id), offices);
	const to =
		get('to') === undefined
			? undefined
			: among(reading, get('to'), 'to whom it is referred', (id) => offices.includes(id), offices);
	if (objection === undefined || outcome === undefined || reason === undefined || by === undefined) return undefined;
	return {
		kind: 'answer',
		objection,
		outcome,
		reason,
		by,
		...(to === undefined ? {} : { to }),
		...textIn(reading, get),
	};
}

export function readOrder(reading: Reading, get: Get, item: JsonNode): Ordering | undefined {
	const { codes, proceedings } = reading.election;
	const courts = proceedings.courts.map(({ id }) => id);
	const court = among(reading, get('court'), 'a court', (id) => courts.includes(id), courts);
	const order = asWord(reading, get('order'), 'what is ordered', ORDERS);
	const ends = order === 'lift' || order === 'reinstate';
	if (ends && get('of') === undefined)
		tell(reading, item, 'P84', '"of" beside what ends an order', 'no such key', 'name the order that ends');
	const of = ends ? named(reading, get('of'), 'order') : contestIn(reading, get);
	const name = nameFor(reading, get('name'), 'order');
	const basis = codeIn(reading, get('basis'), 'the basis of an order', codes.order);
	const citation = citationIn(reading, get);
	const decided = moment(reading, get('decided'), 'when it was decided');
	const { text } = textIn(reading, get);
	if (court === undefined || order === undefined || of === undefined || name === undefined) return undefined;
	if (basis === undefined || citation === undefined || decided === undefined || text === undefined) return undefined;
	return { kind: 'order', name, court, order, of, basis, citation, decided, text };
}

function citationIn(reading: Reading, get: Get): string | undefined {
	const node = get('citation');
	const citation = asText(reading, node, 'the citation of an order');
	if (citation === undefined || node === undefined || CITATION.test(citation)) return citation;
	const expected = 'the number of the case or law: 1 to 64 of A–Z a–z 0–9 . / _ -';
	return tell(reading, node, 'P84', expected, quote(citation), 'write it so; longer words go into "text"');
}
