/** Documents of record as figures by field, so that two of them can stand side by side: forms, marks, certificates, declarations and what a record outside the gate claims. */
import type { Contest } from '@matokeo/core/election/types.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { Figure } from '@matokeo/core/record/statement.ts';
import { sumsOf } from '@matokeo/core/rules/figures.ts';
import { returnKey } from '@matokeo/core/rules/rows.ts';
import type { RecordReader } from '../record.ts';
import { contestHead } from './heads.ts';
import type { DocumentView } from './proceedTypes.ts';
import { referenceTo, statementOf } from './said.ts';
import type { NamedText } from './types.ts';

type Figures = Readonly<Record<string, Figure>>;

/** A document without figures of its own has none; so has one of another contest. */
export function documentView(reader: RecordReader, contestId: string, id: StatementId): DocumentView {
	const contest = reader.election.contests.get(contestId);
	return { ...referenceTo(reader, id), figures: contest === undefined ? {} : figuresOf(reader, contest, id) };
}

function figuresOf(reader: RecordReader, contest: Contest, id: StatementId): Figures {
	const statement = statementOf(reader, id);
	switch (statement?.type) {
		case 'form/capture':
			return captured(reader, contest, id);
		case 'collation/certify':
		case 'result/declare':
			return statement.contest === contest.id ? statement.totals : {};
		case 'result/record':
			return statement.contest === contest.id ? (statement.claimed?.totals ?? {}) : {};
		case 'tally/mark': {
			const mark = reader.rows.get('mark', id);
			return mark?.contest === contest.id ? sumsOf(contest, mark.totals) : {};
		}
		default:
			return {};
	}
}

/** What its officer sent, as the paper was said to read: it never changes. */
function captured({ rows }: RecordReader, contest: Contest, id: StatementId): Figures {
	const ref = rows.get('capture', id);
	if (ref === undefined || ref.contest !== contest.id) return {};
	const row = rows.get('return', returnKey(ref.contest, ref.station, ref.poll));
	const capture = row?.captures.find((one) => one.id === id);
	const figures = capture?.figures ?? [];
	return Object.fromEntries(
		contest.fields.flatMap(({ id: field }, place) => {
			const figure = figures[place];
			return figure === undefined ? [] : [[field, figure]];
		}),
	);
}

/** The fields of the contest's form that any of the documents has a figure of. */
export function fieldsOf(
	reader: RecordReader,
	contestId: string,
	documents: readonly DocumentView[],
): readonly NamedText[] {
	const contest = reader.election.contests.get(contestId);
	if (contest === undefined) return [];
	return contestHead(reader, contest).fields.flatMap(({ id, label }) =>
		documents.some(({ figures }) => figures[id] !== undefined) ? [{ id, text: label }] : [],
	);
}
