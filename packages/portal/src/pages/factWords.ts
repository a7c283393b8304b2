/** One measured fact of a condition in the reader's language: what the candidate has, of how much, and what is needed (RS11). Thresholds that are no round decimals stay fractions. */
import type { Fact, ThresholdFact } from '@matokeo/core/result/facts.ts';
import { parseRational } from '@matokeo/core/result/rational.ts';
import type { Part } from '../html/html.ts';
import type { MessageId } from '../words/catalogues.ts';
import type { Words } from '../words/words.ts';
import type { Names } from './names.ts';

export function factWords(words: Words, fact: Fact, names: Names): Part {
	switch (fact.kind) {
		case 'share':
			return words.rich(fact.percent === undefined ? 'sentence.shareNone' : 'sentence.share', {
				...measured(words, fact),
				needed: thresholdWords(words, fact.needed, 'percent'),
			});
		case 'turnout':
			return words.rich('sentence.turnout', {
				...measured(words, fact),
				needed: thresholdWords(words, fact.needed, 'percent'),
			});
		case 'lead':
			return words.rich(fact.part < 0 ? 'sentence.leadBehind' : 'sentence.leadAhead', {
				over: fact.over === undefined ? words.say('sentence.leadNobody') : names.candidate(fact.over),
				percent: words.decimal((fact.percent ?? '0').replace('-', '')),
				votes: Math.abs(fact.part),
				needed: thresholdWords(words, fact.needed, 'points'),
			});
		case 'rank':
			if (fact.ahead > 0) return words.say('sentence.rankBehind', { ahead: fact.ahead });
			return fact.level > 0 ? words.say('sentence.rankLevel', { level: fact.level }) : words.say('sentence.rankFirst');
		default:
			return territoryWords(words, fact, names);
	}
}

function territoryWords(
	words: Words,
	fact: Extract<Fact, { readonly kind: 'areas' | 'area' | 'electors' }>,
	names: Names,
): Part {
	const { kind, name, reached, whole, needed, holds } = fact;
	if (kind === 'area') return words.rich(holds ? 'sentence.areaYes' : 'sentence.areaNo', { area: names.area(name) });
	if (kind === 'electors') return words.say('sentence.electors', { reached, whole, needed });
	return words.rich('sentence.areas', { reached, whole, needed, level: names.level(name) });
}

function measured(words: Words, { of, part, whole, percent = '0' }: Extract<Fact, { readonly of: string }>) {
	return { of: denominatorWords(words, of), part, whole, percent: words.decimal(percent) };
}

const DENOMINATORS: Readonly<Record<string, MessageId>> = {
	candidates: 'sentence.denominatorCandidates',
	cast: 'sentence.denominatorCast',
	registered: 'sentence.denominatorRegistered',
	valid: 'sentence.denominatorValid',
};

/** A denominator has the name that the package gives it; four names are ordinary words. */
export function denominatorWords(words: Words, name: string): string {
	const id = Object.hasOwn(DENOMINATORS, name) ? DENOMINATORS[name] : undefined;
	return id === undefined ? words.say('sentence.denominatorOther', { name }) : words.say(id);
}

/** "more than 50 %", "at least 10 points", "more than 1/3". */
export function thresholdWords(
	words: Words,
	{ op, exact, percent }: ThresholdFact,
	unit: 'percent' | 'points',
): string {
	const fraction = parseRational(exact);
	const isRound = fraction !== undefined && (fraction.num * 1_000_000n) % fraction.den === 0n;
	if (!isRound) return words.say('sentence.neededExact', { op, value: exact });
	const [whole = '', decimals = ''] = percent.split('.');
	const kept = decimals.replace(/0+$/, '');
	const value = words.decimal(kept === '' ? whole : `${whole}.${kept}`);
	return words.say(unit === 'percent' ? 'sentence.neededPercent' : 'sentence.neededPoints', { op, value });
}
