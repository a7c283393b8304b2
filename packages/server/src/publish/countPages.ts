/**
 * Comparisons of lodged counts among static pages (spec/site.md, W18): made when a count is lodged, and again at the slow pace of the lists when the contest's figures have moved, a few at a time. Every
 * page of a count is written together with its tables.
 */
import type { StatementId } from '@matokeo/core/record/said.ts';
import { type CountDeskOptions, countDesk } from '@matokeo/portal/comparing/desk.ts';
import type { RecordReader } from '@matokeo/portal/record.ts';
import { countCsvPath } from '@matokeo/portal/site/paths.ts';
import type { Topic } from '@matokeo/portal/site/topics.ts';
import { type Comparisons, comparedInList, countIds } from '@matokeo/portal/views/counts.ts';
import { COMPARED_STAGES } from '@matokeo/portal/views/countTypes.ts';
import { messageOf } from '../storage/disk.ts';

/** Comparisons made anew in one slow round: at some seconds each the pages of an election with many counts still follow the night. */
const PER_ROUND_MAX = 10;

export interface CountPages {
	readonly comparisons: Comparisons;
	/** Makes what the pages of a topic show. What cannot be made keeps no other page waiting: the page says that it is not made yet. */
	readonly ready: (topic: Topic) => Promise<void>;
	/** The tables beside the pages of a topic. */
	readonly tables: (topic: Topic) => readonly { readonly path: string; readonly body: Uint8Array }[];
	/** What could not be made since it was asked last, in words. */
	readonly troubles: () => readonly string[];
	/** Topics whose comparisons the figures have moved away from, those in force and longest waiting first. */
	readonly due: () => readonly Topic[];
}

export function countPages(record: RecordReader, options: CountDeskOptions = {}): CountPages {
	const desk = countDesk(record, options);
	const troubles: string[] = [];
	const rounds = new Map<StatementId, number>();
	let round = 0;
	return {
		comparisons: desk.known,
		ready: async (topic) => {
			const ids =
				topic.topic === 'count' ? [topic.id] : topic.topic === 'counts' ? comparedInList(record, topic.contest) : [];
			for (const id of ids)
				await desk.bring(id).catch((error: unknown) => {
					troubles.push(`the comparison with the count ${id} could not be made: ${messageOf(error)}`);
				});
		},
		troubles: () => troubles.splice(0),
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
