/**
 * `candidates.csv` (`spec/package.md`, P38–P39): who stands in which contest, in the order of the form.
 */
import { type Columns, type CsvRecord, readTable } from './csvTable.ts';
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

/** Contest → candidates in the order of the form; `undefined` when the headers are wrong. */
export function readCandidates(
	source: SourceText,
	contests: ReadonlySet<string>,
	parties: ReadonlySet<string>,
	problems: ProblemList,
): ReadonlyMap<string, readonly PlacedCandidate[]> | undefined {
	const found: PlacedCandidate[] = [];
	const seen = new Set<string>();
	/** Contests with a row that could not be read: its position may be the one that is missing. */
	const incomplete = new Set<string>();
	const table = readTable(source, COLUMNS, problems, (record) => {
		const candidate = readCandidate(record, contests, parties);
		if (candidate === undefined) {
			incomplete.add(record.raw('contest'));
			return;
		}
		const { id, contest, order } = candidate;
		const expected = `each candidate and position of contest ${contest} once`;
		const tellTwice = (column: string, what: string) =>
			record.tell(column, 'P26', expected, `${what} again`, 'correct one of the two rows');
		if (seen.has(`${contest} ${id}`)) tellTwice('id', `candidate ${id}`);
		if (seen.has(`${contest}#${order}`)) tellTwice('order', `position ${order}`);
		seen.add(`${contest} ${id}`).add(`${contest}#${order}`);
		found.push(candidate);
	});
	if (!table.sound) return undefined;
	const byContest = Map.groupBy(found, (candidate) => candidate.contest);
	for (const [contest, candidates] of byContest) {
		candidates.sort((a, b) => a.order - b.order);
		const gap = candidates.find((candidate, index) => candidate.order > index + 1);
		if (gap !== undefined && contests.has(contest) && !incomplete.has(contest)) tellGap(source.file, gap, problems);
	}
	return byContest;
}

function readCandidate(
	record: CsvRecord,
	contests: ReadonlySet<string>,
	parties: ReadonlySet<string>,
): PlacedCandidate | undefined {
	const id = record.id('id');
	const contest = record.id('contest');
	const order = record.count('order');
	const name = record.text('name');
	const party = record.idOrNone('party');
	if (id !== undefined && (isIntegerLike(id) || KEYWORDS.has(id) || id.startsWith('station.'))) {
		record.tell('id', 'P39', NOT_A_WORD, quote(id), `put a letter before it, such as c${id.replaceAll('.', '')}`);
	}
	if (contest !== undefined && !contests.has(contest)) {
		const toDo = 'correct the id, or add the contest there';
		record.tell('contest', 'P38', 'the id of a contest of election.json', quote(contest), toDo);
	}
	if (party !== undefined && party !== '' && !parties.has(party)) {
		const toDo = 'correct the id, or add the party there';
		record.tell('party', 'P38', 'the id of a party of election.json, or nothing', quote(party), toDo);
	}
	if (order === 'none' || order === 0) {
		const came = order === 0 ? '0' : 'an empty cell';
		record.tell('order', 'P38', 'the position on the form', came, 'write 1 for the first candidate, and so on');
		return undefined;
	}
	if (id === undefined || contest === undefined || name === undefined || order === undefined) return undefined;
	return { id, contest, order, name, party: party ?? '', place: record.place('id') };
}

function tellGap(file: string, gap: PlacedCandidate, problems: ProblemList): void {
	const expected = `positions 1, 2, 3 … without gaps in contest ${gap.contest}`;
	const came = `position ${gap.order} of ${gap.id}`;
	const toDo = 'add the missing candidate; one who withdrew before printing is not on the form';
	problems.add({ rule: 'P38', file, ...gap.place, expected, came, toDo });
}

const NOT_A_WORD = 'an id that is not digits alone (they would be sorted as numbers), nor a word of the expressions';
