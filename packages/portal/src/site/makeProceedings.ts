/** The topics of proceedings: collations, declarations, and everything that was filed, each with its pages and data. */
import type { Contest } from '@matokeo/core/election/types.ts';
import { unreachable } from '@matokeo/core/std/result.ts';
import { COLLATION_ROWS, collationPage } from '../pages/collation.ts';
import { collationsPage } from '../pages/collations.ts';
import type { PageContext } from '../pages/context.ts';
import { declarationPage } from '../pages/declaration.ts';
import { filingsPage } from '../pages/filings.ts';
import { noticePage } from '../pages/notice.ts';
import { objectionPage } from '../pages/objection.ts';
import { orderPage } from '../pages/order.ts';
import { proceedingsPage } from '../pages/proceedings.ts';
import type { RecordReader } from '../record.ts';
import { collationView } from '../views/collation.ts';
import { collationsView } from '../views/collations.ts';
import { declarationView } from '../views/declaration.ts';
import { filingsView, proceedingsView } from '../views/filings.ts';
import { noticeView } from '../views/notices.ts';
import { objectionView } from '../views/objections.ts';
import { orderView } from '../views/orders.ts';
import type { FilingKind } from '../views/proceedTypes.ts';
import { type Made, made } from './made.ts';
import { LATEST } from './topicOf.ts';
import type { Topic } from './topics.ts';

type ProceedingTopic = Extract<
	Topic,
	{ readonly topic: 'collations' | 'collation' | 'declaration' | 'proceedings'; readonly contest: string }
>;

export function makeProceeding(reader: RecordReader, contest: Contest, topic: ProceedingTopic): Made | undefined {
	const { id } = contest;
	switch (topic.topic) {
		case 'collations': {
			if (contest.collation.length === 0) return undefined;
			const view = collationsView(reader, contest);
			const at = { contest: id };
			return made({ data: 'collations', ...at }, view, { page: 'collations', ...at }, (context) =>
				collationsPage(context, view),
			);
		}
		case 'collation':
			return makeCollation(reader, contest, topic.area);
		case 'declaration': {
			const view = declarationView(reader, contest);
			const at = { contest: id };
			return made({ data: 'declaration', ...at }, view, { page: 'declaration', ...at }, (context) =>
				declarationPage(context, view),
			);
		}
		case 'proceedings': {
			const view = proceedingsView(reader, contest);
			const at = { contest: id };
			return made({ data: 'proceedings', ...at }, view, { page: 'proceedings', ...at }, (context) =>
				proceedingsPage(context, view),
			);
		}
		default:
			return unreachable(topic);
	}
}

/** Rows beyond the first thousand stand on further pages; the data file has all of them. */
function makeCollation(reader: RecordReader, contest: Contest, area: string): Made | undefined {
	const view = collationView(reader, contest, area);
	if (view === undefined) return undefined;
	const at = { contest: contest.id, area };
	const parts = Math.max(1, Math.ceil(view.stations.length / COLLATION_ROWS));
	return {
		data: { address: { data: 'collation', ...at }, view },
		pages: Array.from({ length: parts }, (_, place) => ({
			address: { page: 'collation', ...at, ...(place === 0 ? {} : { part: place + 1 }) } as const,
			write: (context: PageContext) => collationPage(context, view, place + 1, parts),
		})),
	};
}

type FilingTopic = Extract<Topic, { readonly topic: FilingKind | 'objection' | 'order' | 'notice' }>;

export function makeFiling(reader: RecordReader, topic: FilingTopic): Made | undefined {
	switch (topic.topic) {
		case 'objections':
		case 'orders':
		case 'notices':
			return makeList(reader, topic);
		case 'objection': {
			const { id } = topic;
			const view = objectionView(reader, id);
			if (view === undefined) return undefined;
			return made({ data: 'objection', id }, view, { page: 'objection', id }, (context) =>
				objectionPage(context, view),
			);
		}
		case 'order': {
			const { id } = topic;
			const view = orderView(reader, id);
			if (view === undefined) return undefined;
			return made({ data: 'order', id }, view, { page: 'order', id }, (context) => orderPage(context, view));
		}
		case 'notice': {
			const { id } = topic;
			const view = noticeView(reader, id);
			if (view === undefined) return undefined;
			return made({ data: 'notice', id }, view, { page: 'notice', id }, (context) => noticePage(context, view));
		}
		default:
			return unreachable(topic);
	}
}

function makeList(
	reader: RecordReader,
	{ topic: kind, contest, number: asked }: Extract<Topic, { readonly topic: FilingKind }>,
): Made | undefined {
	const view = filingsView(reader, contest, kind, asked === LATEST ? undefined : asked);
	if (view === undefined) return undefined;
	const { page: number, pages } = view;
	const of = contest === '' ? {} : { contest };
	const write = (context: PageContext) => filingsPage(context, view);
	const numbered = { address: { page: kind, ...of, number }, write } as const;
	const latest = { address: { page: kind, ...of }, write } as const;
	return {
		data: { address: { data: kind, ...of, number }, view },
		pages: number === pages - 1 ? [numbered, latest] : [numbered],
	};
}
