/** A condition of a rule as a phrase in the reader's language (RS2): what somebody has who meets it. */
import { printPercent, printRational } from '@matokeo/core/result/rational.ts';
import type { Condition, TerritoryCondition, Threshold } from '@matokeo/core/result/rule.ts';
import { unreachable } from '@matokeo/core/std/result.ts';
import { html, type Part } from '../html/html.ts';
import type { Words } from '../words/words.ts';
import { denominatorWords, thresholdWords } from './factWords.ts';
import type { Names } from './names.ts';

export function conditionWords(words: Words, condition: Condition, names: Names): Part {
	switch (condition.kind) {
		case 'share':
			return words.say('about.share', {
				threshold: threshold(words, condition.threshold, 'percent'),
				of: denominatorWords(words, condition.of),
			});
		case 'turnout':
			return words.say('about.turnout', {
				threshold: threshold(words, condition.threshold, 'percent'),
				of: denominatorWords(words, condition.of),
			});
		case 'lead':
			if (condition.threshold.op === 'gt' && condition.threshold.value.num === 0n) return words.say('about.leadAny');
			return words.say('about.lead', {
				threshold: threshold(words, condition.threshold, 'points'),
				of: denominatorWords(words, condition.of),
			});
		case 'rank':
			return words.say('about.rank');
		case 'all':
		case 'any': {
			const id = condition.kind === 'all' ? 'about.all' : 'about.any';
			const parts = condition.parts.map((part) => grouped(words, part, names));
			return parts.reduce((first, second) => words.rich(id, { first, second }));
		}
		default:
			return territoryWords(words, condition, names);
	}
}

function grouped(words: Words, condition: Condition, names: Names): Part {
	const inner = conditionWords(words, condition, names);
	return condition.kind === 'all' || condition.kind === 'any' ? words.rich('about.group', { inner }) : inner;
}

function territoryWords(words: Words, condition: TerritoryCondition, names: Names): Part {
	switch (condition.kind) {
		case 'area':
			return words.rich('about.area', {
				what: grouped(words, condition.where, names),
				area: names.area(condition.area),
			});
		case 'electors':
			return words.rich('about.electors', {
				threshold: threshold(words, condition.need, 'percent'),
				level: names.level(condition.level),
			});
		case 'areas':
			return areasWords(words, condition, names);
		default:
			return unreachable(condition);
	}
}

function areasWords(words: Words, condition: Extract<Condition, { readonly kind: 'areas' }>, names: Names): Part {
	const { count, where, level, exclude, universe } = condition;
	const values = { what: grouped(words, where, names), level: names.level(level) };
	const plain =
		count.unit === 'areas'
			? words.rich('about.areas', { ...values, count: words.say('about.count', { op: count.op, n: count.value }) })
			: words.rich('about.areasShare', { ...values, count: threshold(words, count, 'percent') });
	const areas = words.items(exclude.map((id) => names.area(id)));
	const kept = exclude.length === 0 ? plain : words.rich('about.areasExcept', { what: plain, areas });
	return universe === undefined
		? kept
		: words.rich('about.areasUniverse', { what: kept, universe: html`<bdi>${universe}</bdi>` });
}

function threshold(words: Words, { op, value }: Threshold, unit: 'percent' | 'points'): string {
	return thresholdWords(words, { op, exact: printRational(value), percent: printPercent(value) }, unit);
}
