/**
 * What the commission's portal showed of constituencies in August 2017, one document for each, as `data-results-presidential.tar.gz` has them; and slips of known kinds to be planted in them.
 */
import { sharedPath, tarFiles } from './shared.ts';

export const PORTAL = 'kenya2017-iebc-portal/data-results-presidential.tar.gz';

interface Info {
	readonly results: {
		readonly parties: readonly { readonly name: string; readonly votes: Record<string, number> }[];
		null: number;
	};
}

/** Portal's number, such as `1005021`, → its document. */
export type Portal = Readonly<Record<string, Info>>;

export function portalConstituencies(keep: (number: string) => boolean): Portal {
	const found: Record<string, Info> = {};
	for (const [path, text] of tarFiles(sharedPath(PORTAL))) {
		const number = /%2F([0-9]{7})\/info\.json$/.exec(path)?.[1];
		if (number !== undefined && keep(number)) found[number] = JSON.parse(text);
	}
	return found;
}

/** The columns of a document in the order of the form: candidates by family name, then rejected ballots. */
const FAMILY = ['AUKOT', 'DIDA', 'JIRONGO', 'KALUYU', 'KENYATTA', 'MWAURA', 'NYAGAH', 'ODINGA'];

export function votesIn({ results }: Info): number[] {
	const votes = FAMILY.map(
		(family) => results.parties.find(({ name }) => name.endsWith(family))?.votes['presential'] ?? Number.NaN,
	);
	return [...votes, results.null];
}

export function withVotes(info: Info, votes: readonly number[]): Info {
	const copy: Info = structuredClone(info);
	for (const [place, family] of FAMILY.entries()) {
		const party = copy.results.parties.find(({ name }) => name.endsWith(family));
		if (party !== undefined) party.votes['presential'] = votes[place] ?? 0;
	}
	copy.results.null = votes.at(-1) ?? 0;
	return copy;
}

const KENYATTA = 4;
const ODINGA = 7;
const REJECTED = 8;

/** A slip, and the pattern that it is to be found as. */
export interface Slip {
	readonly pattern: string;
	readonly make: (votes: readonly number[], next: readonly number[]) => readonly number[];
}

const sum = (votes: readonly number[]): number => votes.slice(0, REJECTED).reduce((all, one) => all + one, 0);
const swapped = (votes: readonly number[], one: number, other: number): readonly number[] =>
	votes.with(one, votes[other] ?? 0).with(other, votes[one] ?? 0);

/** The first two digits that differ, exchanged. */
function transposed(count: number): number {
	const digits = [...String(count)];
	const at = digits.findIndex((digit, place) => place + 1 < digits.length && digit !== digits[place + 1]);
	return Number(
		digits
			.with(at, digits[at + 1] ?? '')
			.with(at + 1, digits[at] ?? '')
			.join(''),
	);
}

const oneDigit = (count: number): number => {
	const digits = [...String(count)];
	return Number(digits.with(1, String((Number(digits[1]) + 5) % 10)).join(''));
};

/** Each of several kinds; planted one by one in constituencies in the order of their numbers. */
export const SLIPS: readonly Slip[] = [
	{ pattern: 'transposed_digits', make: (votes) => votes.with(KENYATTA, transposed(votes[KENYATTA] ?? 0)) },
	{ pattern: 'factor_of_ten', make: (votes) => votes.with(ODINGA, 10 * (votes[ODINGA] ?? 0)) },
	{ pattern: 'exchanged_fields', make: (votes) => swapped(votes, KENYATTA, ODINGA) },
	{ pattern: 'one_digit', make: (votes) => votes.with(ODINGA, oneDigit(votes[ODINGA] ?? 0)) },
	{ pattern: 'filled_later', make: (votes) => votes.map(() => 0) },
	{ pattern: 'total_as_candidate', make: (votes) => votes.with(KENYATTA, sum(votes)) },
	{ pattern: 'neighbouring_row', make: (_, next) => next },
	{ pattern: 'column_slip', make: (votes) => [0, ...votes.slice(0, -1)] },
];
