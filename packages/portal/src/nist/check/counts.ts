/** Numbers (X5, X8, X9, X13): none is negative, none is said twice, and the units at the bottom of the tree sum up to those above them as far as the report says that all of them have reported. */
import { type Findings, inside, type Place } from './findings.ts';
import { type Item, items, number, text } from './objects.ts';
import { type Inside, unitsBelow } from './units.ts';

const BALLOTS = ['BallotsCast', 'BallotsOutstanding', 'BallotsRejected'] as const;
const OTHERS = ['Overvotes', 'Undervotes', 'WriteIns'] as const;
const WHOLE = [
	...BALLOTS,
	'WriteIns',
	'VotersRegistered',
	'VotersParticipated',
	'SubUnitsReported',
	'TotalSubUnits',
	'NumberElected',
	'NumberRunoff',
	'VotesAllowed',
] as const;
const FRACTIONS = ['Count', 'Overvotes', 'Undervotes'] as const;

export function checkNumbers(item: Item, { found }: Findings): void {
	const wrong = (name: string, value: number, expected: string): void =>
		found('X5', item.place, `${name} is ${value}: expected ${expected}.`);
	for (const name of WHOLE) {
		const value = number(item, name);
		if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0))
			wrong(name, value, 'a whole number, 0 or more');
	}
	for (const name of FRACTIONS) {
		const value = number(item, name);
		if (value !== undefined && !(Number.isFinite(value) && value >= 0)) wrong(name, value, 'a number, 0 or more');
	}
	const [reported, total] = [number(item, 'SubUnitsReported'), number(item, 'TotalSubUnits')];
	if (reported !== undefined && total !== undefined && reported > total)
		found('X9', item.place, `SubUnitsReported is ${reported} of ${total}: more have reported than there are.`);
}

/** Id of a unit → how much is reported there, by kind of figure. */
interface Figures {
	readonly place: Place;
	readonly of: Map<string, Map<string, number>>;
}

/** The figures of one selection, or the ballots of one election, or the other counts of one contest. */
export function readFigures(
	of: Item,
	name: 'VoteCounts' | 'BallotCounts' | 'OtherCounts',
	{ found }: Findings,
): Figures {
	const members: readonly string[] = name === 'VoteCounts' ? ['Count'] : name === 'BallotCounts' ? BALLOTS : OTHERS;
	const figures = new Map<string, Map<string, number>>();
	const seen = new Set<string>();
	for (const count of items(of, name)) {
		const unit = text(count, 'GpUnitId') ?? '';
		const kind = kindOf(count);
		const key = JSON.stringify([unit, kind]);
		if (seen.has(key)) found('X8', count.place, `A second ${name} of ${unit} with ${kind}: which of the two is meant?`);
		seen.add(key);
		for (const member of members) {
			const value = number(count, member);
			if (value === undefined) continue;
			const units = figures.get(`${member} (${kind})`) ?? new Map<string, number>();
			if (!units.has(unit)) units.set(unit, value);
			figures.set(`${member} (${kind})`, units);
		}
	}
	return { place: inside(of.place, name), of: figures };
}

/** Everything that tells one count of a unit from another. */
function kindOf(count: Item): string {
	const device = count.members.get('DeviceClass');
	const parts = [text(count, 'Type') ?? '', text(count, 'OtherType') ?? ''];
	const round = number(count, 'Round');
	if (round !== undefined) parts.push(`round ${round}`);
	if (device !== undefined) parts.push(JSON.stringify(device));
	return parts.filter((part) => part !== '').join(', ');
}

export interface Tree {
	readonly within: Inside;
	/** Unit → whether it says that all units of it have reported. */
	readonly complete: ReadonlySet<string>;
	readonly below: Map<string, ReadonlySet<string>>;
}

/** Units at the bottom (those in which none lies) against each unit above them that has the same figure. */
export function checkSums({ place, of }: Figures, tree: Tree, { found }: Findings): void {
	for (const [kind, units] of of) {
		for (const [unit, count] of units) {
			if ((tree.within.get(unit) ?? []).length === 0) continue;
			const sum = sumBelow(unit, units, tree);
			if (sum === undefined || sum === count) continue;
			if (sum > count)
				found('X13', place, `${kind}: the units in ${unit} have ${sum} together, more than its own ${count}.`);
			else if (tree.complete.has(unit))
				found(
					'X13',
					place,
					`${kind}: the units in ${unit} have ${sum} together and it has ${count}, although all have reported.`,
				);
		}
	}
}

/** Nothing when no unit at the bottom has the figure. */
function sumBelow(unit: string, units: ReadonlyMap<string, number>, { within, below }: Tree): number | undefined {
	const all = below.get(unit) ?? unitsBelow(unit, within);
	below.set(unit, all);
	let sum: number | undefined;
	for (const one of all) {
		const count = (within.get(one) ?? []).length === 0 ? units.get(one) : undefined;
		if (count !== undefined) sum = (sum ?? 0) + count;
	}
	return sum;
}
