/**
 * `candidates.csv` (`spec/package.md`, P38–P39): who stands in which contest, in the order of the form.
 */
import { type Columns, readTable } from './csvTable.ts';
import { KEYWORDS } from './expressionWords.ts';
import { isIntegerLike } from './jsonShape.ts';
import { LIMITS } from './limits.ts';
import { type ProblemList, quote } from './problem.ts';
import type { Place, SourceText } from './sourceText.ts';
import type { Candidate } from './types.ts';

export interface PlacedCandidate extends Candidate {
	/** Of the row's id, for problems that the contest finds. */
	readonly place: Place;
}

const COLUMNS: Columns = {
	required: ['id', 'contest', 'order', 'name', 'party'],
	optional: [],
	prefix: '',
	others: false,
	rowsMax: LIMITS.candidatesMax,
};

/** Contest → candidates in the order of the form. */
export function readCandidates(
	source: SourceText,
	contests: ReadonlySet<string>,
	parties: ReadonlySet<string>,
	problems: ProblemList,
): ReadonlyMap<string, readonly PlacedCandidate[]> {
	const found: PlacedCandidate[] = [];
	const seen = new Set<string>();
	readTable(source, COLUMNS, problems, (record) => {
		const id = record.id('id');
		const contest = record.id('contest');
		const order = record.count('order');
		const name = record.text('name');
		const party = record.idOrNone('party');
		if (id !== undefined && (isIntegerLike(id) || KEYWORDS.has(id) || id.startsWith('station.'))) {
			record.tell(
				'id',
				'P39',
				NOT_A_WORD,
				quote(id),
				`put a letter before it, such as c${id.replaceAll(/[^a-z0-9]/g, '')}`,
			);
		}
		if (contest !== undefined && !contests.has(contest)) {
			record.tell(
				'contest',
				'P38',
				'the id of a contest of election.json',
				quote(contest),
				'correct the id, or add the contest there',
			);
		}
		if (party !== undefined && party !== '' && !parties.has(party)) {
			record.tell(
				'party',
				'P38',
				'the id of a party of election.json, or nothing',
				quote(party),
				'correct the id, or add the party there',
			);
		}
		if (order === 'none')
			record.tell(
				'order',
				'P38',
				'the position on the form',
				'an empty cell',
				'write 1 for the first candidate, and so on',
			);
		if (id === undefined || contest === undefined || name === undefined || typeof order !== 'number') return;
		for (const [column, key, what] of [
			['id', `${contest} ${id}`, `candidate ${id}`],
			['order', `${contest}#${order}`, `position ${order}`],
		] as const) {
			if (seen.has(key))
				record.tell(
					column,
					'P26',
					`each candidate and position of contest ${contest} once`,
					`${what} again`,
					'correct one of the two rows',
				);
			seen.add(key);
		}
		found.push({ id, contest, order, name, party: party ?? '', place: record.place('id') });
	});
	const byContest = Map.groupBy(found, (candidate) => candidate.contest);
	for (const [contest, candidates] of byContest) {
		candidates.sort((a, b) => a.order - b.order);
		const gap = candidates.find((candidate, index) => candidate.order > index + 1);
		if (gap === undefined || candidates.length > LIMITS.candidatesPerContestMax) continue;
		const expected = `positions 1, 2, 3 … without gaps in contest ${contest}`;
		const toDo = 'add the missing candidate; one who withdrew before printing is not on the form';
		problems.add({
			rule: 'P38',
			file: source.file,
			...gap.place,
			expected,
			came: `position ${gap.order} of ${gap.id}`,
			toDo,
		});
	}
	return byContest;
}

const NOT_A_WORD = 'an id that is not digits alone (they would be sorted as numbers), nor a word of the expressions';
