/** Which offered column is which known field, by name; a tie is a question, and an offer that is the best for two fields is a question of both. */

import type { KnownField } from './known.ts';
import type { FieldRule } from './mapping.ts';
import { likenessOf, type Meaning, meaningOf, type Name, nameOf } from './names.ts';
import { type Offer, ruleOf } from './offers.ts';
import type { Answers, Question } from './proposal.ts';

export interface MatchedFields {
	readonly fields: readonly FieldRule[];
	readonly questions: readonly Question[];
	readonly reasons: readonly string[];
	/** Offers that no field took. */
	readonly left: readonly Offer[];
}

const GROUNDS = [
	'',
	'its initials',
	'part of its name',
	'the same words in another order',
	'the same name but for common words',
	'the same name',
];

const SAME = 5;

export function matchFields(known: readonly KnownField[], offers: readonly Offer[], answers: Answers): MatchedFields {
	const fields: FieldRule[] = [];
	const questions: Question[] = [];
	const reasons: string[] = [];
	const alike: string[] = [];
	const taken = new Set<Offer>();
	for (const field of known) {
		const said = answers.fields?.[field.id];
		if (said === undefined) continue;
		const offer = offers.find(({ name }) => name === said);
		if (offer === undefined) continue;
		taken.add(offer);
		fields.push(ruleOf(offer, field.id, field.names[0] ?? field.id, field.kind));
	}
	const open = known.filter(({ id }) => answers.fields?.[id] === undefined);
	const score = scores(open, offers);
	const settled = new Set<KnownField>();
	for (let level = GROUNDS.length - 1; level > 0; level--) {
		const has = new Set(fields.map(({ id }) => id));
		for (const [at, field] of open.entries()) {
			if (settled.has(field)) continue;
			const able = offers.filter((offer, place) => score(at, place) === level && !taken.has(offer));
			const [first, ...more] = able;
			if (first === undefined) continue;
			settled.add(field);
			const name = field.names[0] ?? field.id;
			const place = offers.indexOf(first);
			const rival = open.find((other, one) => one !== at && score(one, place) === level && !has.has(other.id));
			if (more.length > 0 || rival !== undefined) {
				questions.push(questionOf(field.id, name, able, rival?.names[0]));
				continue;
			}
			taken.add(first);
			has.add(field.id);
			fields.push(ruleOf(first, field.id, name, field.kind));
			if (level === SAME) alike.push(name);
			else reasons.push(`${name} is ${JSON.stringify(first.name)}: ${GROUNDS[level] ?? ''}`);
		}
	}
	const order = new Map(known.map(({ id }, place) => [id, place]));
	fields.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
	if (alike.length > 0) reasons.unshift(`the same names: ${alike.join(', ')}`);
	return { fields, questions, reasons, left: offers.filter((offer) => !taken.has(offer)) };
}

function questionOf(id: string, name: string, able: readonly Offer[], rival: string | undefined): Question {
	const between = able.map((offer) => offer.name);
	const listed = between.map((one) => JSON.stringify(one)).join(' or ');
	const sentence = rival === undefined ? `${name} could be ${listed}` : `${listed} could be ${name} or ${rival}`;
	return { about: id, sentence, between };
}

/** How well each offer fits each field, worked out once: a table of a thousand columns beside another asks for each of a million pairs many times. */
function scores(open: readonly KnownField[], offers: readonly Offer[]): (field: number, offer: number) => number {
	const headings = offers.map(({ name }) => ({ name: nameOf(name), meaning: meaningOf(name) }));
	const table = open.map((field) => {
		const names = field.names.map(nameOf);
		const own = field.names.map((name) => meaningOf(name)).find((one) => one !== undefined);
		return Uint8Array.from(headings, (heading) => scoreOf(field.kind, names, own, heading));
	});
	return (field, offer) => table[field]?.[offer] ?? 0;
}

/** The best of a field's names; a heading that only says what kind of figure it holds fits the field of that kind. */
function scoreOf(
	kind: KnownField['kind'],
	names: readonly Name[],
	own: Meaning | undefined,
	{ name, meaning }: { readonly name: Name; readonly meaning: Meaning | undefined },
): number {
	let best = 0;
	for (const one of names) best = Math.max(best, likenessOf(name, one));
	if (kind === 'candidate') return meaning === undefined || best === SAME ? best : 0;
	return meaning !== undefined && meaning === own ? Math.max(best, 3) : best === SAME ? SAME : 0;
}
