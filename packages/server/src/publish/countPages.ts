/**
 * Comparisons of lodged counts among static pages (spec/site.md, W18): made when a count is lodged, and again at the slow pace of the lists when the contest's figures have moved, a few at a time. Every
 * page of a count is written together with its tables.
 */
import type { StatementId } from '@matokeo/core/record/said.ts';
import { countDesk } from '@matokeo/portal/comparing/desk.ts';
import type { RecordReader } from '@matokeo/portal/record.ts';
import { countCsvPath } from '@matokeo/portal/site/paths.ts';
import type { SiteFile } from '@matokeo/portal/site/site.ts';
import type { Topic } from '@matokeo/portal/site/topics.ts';
import { type Comparisons, comparedInList, countIds } from '@matokeo/portal/views/counts.ts';
import { COMPARED_STAGES } from '@matokeo/portal/views/countTypes.ts';

/** Comparisons made anew in one slow round: at some seconds each the pages of an election with many counts still follow the night. */
const PER_ROUND_MAX = 10;

export interface CountPages {
	readonly comparisons: Comparisons;
	/** Makes what the pages of a topic show. */
	readonly ready: (topic: Topic) => Promise<void>;
	/** The tables beside the pages of a topic. */
	readonly tables: (topic: Topic) => readonly SiteFile[];
	/** Topics whose comparisons the figures have moved away from, those in force and longest waiting first. */
	readonly due: () => readonly Topic[];
}

export function countPages(record: RecordReader): CountPages {
	const desk = countDesk(record);
	const rounds = new Map<StatementId, number>();
	let round = 0;
	return {
		comparisons: desk.known,
		ready: async (topic) => {
			if (topic.topic === 'count') await desk.bring(topic.id);
			if (topic.topic === 'counts') for (const id of comparedInList(record, topic.contest)) await desk.bring(id);
		},
		tables: (topic) =>
			topic.topic !== 'count'
				? []
				: COMPARED_STAGES.flatMap((stage) => {
						const body = desk.csv(topic.id, stage);
						return body === undefined ? [] : [{ path: countCsvPath(topic.id, stage), body }];
					}),
		due: () => {
			round++;
			const waiting = [...record.election.contests.keys()].flatMap((contest) =>
				countIds(record, contest)
					.filter(desk.isDue)
					.map((id) => ({ id, contest, later: record.rows.get('count', id)?.until === undefined ? 0 : 1 })),
			);
			const longest = waiting
				.sort((a, b) => a.later - b.later || (rounds.get(a.id) ?? 0) - (rounds.get(b.id) ?? 0))
				.slice(0, PER_ROUND_MAX);
			for (const { id } of longest) rounds.set(id, round);
			const lists = new Set(longest.map(({ contest }) => contest));
			return [
				...longest.map(({ id }): Topic => ({ topic: 'count', id })),
				...Array.from(lists, (contest): Topic => ({ topic: 'counts', contest })),
			];
		},
	};
}
