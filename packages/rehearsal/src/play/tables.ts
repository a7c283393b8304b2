/**
 * Tables of station figures for a rehearsal (R10; `spec/package.md`, P80–P82): one row for each form, with a column for each printed field. The order of the rows is
 * the order in which forms arrive. A cell is a number as polling-station forms have it, or `blank`, `illegible`, `struck`.
 *
 * It does not know what the figures are used for: officers' reports and the forms themselves have the same layout.
 */
import { readTable } from '@matokeo/core/election/csvTable.ts';
import { inScope } from '@matokeo/core/election/geography.ts';
import { type Problem, problemList, quote } from '@matokeo/core/election/problem.ts';
import { readSource } from '@matokeo/core/election/sourceText.ts';
import type { Contest, Election } from '@matokeo/core/election/types.ts';
import type { Figure } from '@matokeo/core/record/statement.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';

/** Contest|station → figures in the form's printed order; iteration is in the order of the file. */
export type FigureTable = ReadonlyMap<string, FormFigures>;

export interface FormFigures {
	readonly contest: string;
	readonly station: string;
	readonly figures: readonly Figure[];
	/** 2, 3 … for a further document about the same return; absent: the form itself. */
	readonly sheet?: number;
}

const ROWS_MAX = 5_000_000;
/** As many digits as a row of boxes on a facsimile has, and as the counts of a package (P8). */
const NUMBER = /^(0|[1-9][0-9]{0,8})$/;
const WORDS: ReadonlySet<string> = new Set(['blank', 'illegible', 'struck']);

const formKey = (contest: string, station: string): string => `${contest}|${station}`;

/** Reads a table with `station`, the contest's fields, and `contest` where the election has several. */
export function readFigureTable(
	election: Election,
	file: string,
	bytes: Uint8Array,
): Result<FigureTable, readonly Problem[]> {
	const problems = problemList();
	const source = readSource(file, bytes, problems);
	const table = new Map<string, FormFigures>();
	const only = election.contests.size === 1 ? [...election.contests.values()][0] : undefined;
	const fields = new Set([...election.contests.values()].flatMap((contest) => contest.fields.map(({ id }) => id)));
	const columns = {
		required: only === undefined ? ['contest', 'station'] : ['station', ...only.fields.map(({ id }) => id)],
		optional: only === undefined ? [...fields] : ['contest'],
		prefix: '',
		others: true,
		rowsMax: ROWS_MAX,
	};
	if (source === undefined) return err(problems.sorted());
	readTable(source, columns, problems, (record) => {
		const station = record.id('station');
		const contestId = only?.id ?? record.id('contest');
		const contest = contestId === undefined ? undefined : election.contests.get(contestId);
		if (station === undefined || contestId === undefined) return;
		if (contest === undefined)
			return record.tell('contest', 'P81', 'a contest of the package', quote(contestId), 'correct the id');
		const known = election.stations.get(station);
		if (known === undefined) {
			return record.tell(
				'station',
				'P81',
				'a polling station of the package',
				quote(station),
				'correct the id, or add the station to stations.csv',
			);
		}
		if (!inScope(election, contest, known)) {
			return record.tell(
				'station',
				'P81',
				`a polling station that votes in ${contest.id}, all of which lie in the area ${contest.scope}`,
				quote(station),
				'correct the id or the contest, or delete the row',
			);
		}
		const key = formKey(contest.id, station);
		if (table.has(key))
			return record.tell('station', 'P81', 'each form once', `${quote(station)} again`, 'delete one of the two rows');
		const figures = readFigures(contest, record);
		if (figures !== undefined) table.set(key, { contest: contest.id, station, figures });
		return undefined;
	});
	return problems.count() === 0 ? ok(table) : err(problems.sorted());
}

type Record = Parameters<Parameters<typeof readTable>[3]>[0];

function readFigures(contest: Contest, record: Record): readonly Figure[] | undefined {
	const figures: Figure[] = [];
	for (const { id } of contest.fields) {
		const cell = record.raw(id);
		const figure = readFigure(cell);
		if (figure === undefined) {
			record.tell(
				id,
				'P82',
				'a number of at most nine digits such as 0 or 1204, or blank, illegible, struck',
				quote(cell),
				'write the number without spaces, signs or separators',
			);
			return undefined;
		}
		figures.push(figure);
	}
	return figures;
}

function readFigure(cell: string): Figure | undefined {
	if (NUMBER.test(cell)) return Number(cell);
	return isWord(cell) ? cell : undefined;
}

function isWord(cell: string): cell is Exclude<Figure, number> {
	return WORDS.has(cell);
}
