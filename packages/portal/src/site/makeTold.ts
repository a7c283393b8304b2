/** The topics of what is told about the record from beside it: feeds of changes, statements by their id, lodged counts. */
import type { Contest } from '@matokeo/core/election/types.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import { countPage } from '../pages/count.ts';
import { countsPage } from '../pages/counts.ts';
import { feedPage } from '../pages/feed.ts';
import { statementPage } from '../pages/statement.ts';
import type { RecordReader } from '../record.ts';
import { type Comparisons, countsView, countView } from '../views/counts.ts';
import { feedView } from '../views/feed.ts';
import { statementView } from '../views/statement.ts';
import { type Made, made } from './made.ts';

/** '' as contest: of the election as a whole. */
export function makeFeed(reader: RecordReader, id: string): Made | undefined {
	const contest = reader.election.contests.get(id);
	if (contest === undefined && id !== '') return undefined;
	const view = feedView(reader, contest);
	const address = { page: 'feed', ...(contest === undefined ? {} : { contest: id }) } as const;
	return { pages: [{ address, write: (context) => feedPage(context, view) }] };
}

export function makeStatement(reader: RecordReader, id: StatementId): Made | undefined {
	const view = statementView(reader, id);
	if (view === undefined) return undefined;
	return made({ data: 'statement', id }, view, { page: 'statement', id }, (context) => statementPage(context, view));
}

export function makeCount(reader: RecordReader, id: StatementId, comparisons: Comparisons): Made | undefined {
	const view = countView(reader, id, comparisons);
	if (view === undefined) return undefined;
	return made({ data: 'count', id }, view, { page: 'count', id }, (context) => countPage(context, view));
}

export function makeCounts(reader: RecordReader, contest: Contest, comparisons: Comparisons): Made {
	const view = countsView(reader, contest, comparisons);
	const at = { contest: contest.id };
	return made({ data: 'counts', ...at }, view, { page: 'counts', ...at }, (context) => countsPage(context, view));
}
