/**
 * Conditions and figures in English words, for pages and reports that have no text of their own (RS11). Counts carry commas; shares are
 * per cent; a threshold that is not a round decimal stays a fraction.
 */
import { printPercent, type Rational } from './rational.ts';
import type { Condition, Threshold } from './rule.ts';

/** 1234567 as `1,234,567`. */
export function grouped(count: number): string {
	return String(count).replace(/\B(?=(?:[0-9]{3})+$)/g, ',');
}

export function plural(count: number, one: string, many: string): string {
	return `${grouped(count)} ${count === 1 ? one : many}`;
}

const DENOMINATORS: Readonly<Record<string, string>> = {
	candidates: "candidates' votes",
	cast: 'votes cast',
	registered: 'registered voters',
	valid: 'valid votes',
};

export function denominatorWords(name: string): string {
	return DENOMINATORS[name] ?? `"${name}"`;
}

/** 1/2 as `50 %`, 1/3 as `1/3`. */
function part(value: Rational, unit: '%' | 'points'): string {
	const isRound = (value.num * 1_000_000n) % value.den === 0n;
	if (!isRound) return unit === '%' ? `${value.num}/${value.den}` : `${value.num}/${value.den} of the votes`;
	const text = printPercent(value).replace(/\.?0+$/, '');
	return `${text} ${unit}`;
}

function thresholdWords({ op, value }: Threshold, unit: '%' | 'points'): string {
	return `${op === 'gt' ? 'more than' : 'at least'} ${part(value, unit)}`;
}

export function describeCondition(condition: Condition): string {
	switch (condition.kind) {
		case 'share':
			return `${thresholdWords(condition.threshold, '%')} of ${denominatorWords(condition.of)}`;
		case 'lead':
			return `a lead of ${thresholdWords(condition.threshold, 'points')} of ${denominatorWords(condition.of)}`;
		case 'rank':
			return 'the most votes';
		case 'turnout':
			return `a turnout of ${thresholdWords(condition.threshold, '%')} of ${denominatorWords(condition.of)}`;
		case 'area':
			return `${describeCondition(condition.where)} in ${condition.area}`;
		case 'areas': {
			const { count } = condition;
			const least =
				count.unit === 'areas'
					? `${count.op === 'gt' ? 'more than' : 'at least'} ${grouped(count.value)}`
					: `${thresholdWords(count, '%')} of`;
			return `${describeCondition(condition.where)} in ${least} areas of level ${condition.level}`;
		}
		case 'electors':
			return `${thresholdWords(condition.need, '%')} of the electors`;
		case 'all':
		case 'any':
			return condition.parts.map((one) => wrapped(one)).join(condition.kind === 'all' ? ' and ' : ' or ');
	}
}

function wrapped(condition: Condition): string {
	const text = describeCondition(condition);
	return condition.kind === 'all' || condition.kind === 'any' ? `(${text})` : text;
}

/** The condition's own text in the language, else in English, else a description. */
export function nameOf(condition: Condition, language = 'en'): string {
	return condition.text?.[language] ?? condition.text?.['en'] ?? describeCondition(condition);
}
