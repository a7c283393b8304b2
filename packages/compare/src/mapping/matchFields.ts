/** Which offered column is which known field, by name; a tie is a question, and an offer that is the best for two fields is a question of both. */

import type { KnownField } from './known.ts';
import type { FieldRule } from './mapping.ts';
import { likeness, meaningOf, normalized } from './names.ts';
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
	for (let level = GROUNDS.length - 1; level > 0; level--) {
		for (const field of open) {
			if (fields.some(({ id }) => id === field.id) || questions.some(({ about }) => about === field.id)) continue;
			const able = offers.filter((offer) => !taken.has(offer) && scoreOf(field, offer) === level);
			const [first, ...more] = able;
			if (first === undefined) continue;
			const name = field.names[0] ?? field.id;
			const rival = open.find(
				(other) => other !== field && !fields.some(({ id }) => id === other.id) && scoreOf(other, first) === level,
			);
			if (more.length > 0 || rival !== undefined) {
				questions.push(questionOf(field.id, name, able, rival?.names[0]));
				continue;
			}
			taken.add(first);
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

/** The best of a field's names; a heading that only says what kind of figure it holds fits the field of that kind. */
function scoreOf(field: KnownField, offer: Offer): number {
	let best = 0;
	for (const name of field.names) best = Math.max(best, likeness(offer.name, name));
	const meaning = meaningOf(offer.name);
	if (field.kind === 'candidate') return meaning === undefined || best === 5 ? best : 0;
	const own = field.names.map((name) => meaningOf(normalized(name))).find((one) => one !== undefined);
	return meaning !== undefined && meaning === own ? Math.max(best, 3) : best === 5 ? 5 : 0;
}
