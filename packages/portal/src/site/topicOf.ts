/** The topic that a page or a data file belongs to, by its address. */
import { unreachable } from '@matokeo/core/std/result.ts';
import type { DataAddress, PageAddress } from './paths.ts';
import type { Topic } from './topics.ts';

/** The latest page of changes is the last one, at an address of its own too. */
export const LATEST = -1;

export function topicOf(address: PageAddress): Topic {
	switch (address.page) {
		case 'home':
		case 'about':
		case 'data':
		case 'find':
			return { topic: address.page };
		case 'contest':
			return { topic: 'contest', contest: address.contest };
		case 'area':
			return { topic: 'area', contest: address.contest, area: address.area };
		case 'missing':
			return {
				topic: 'missing',
				contest: address.contest,
				...(address.area === undefined ? {} : { area: address.area }),
			};
		case 'changes':
			return { topic: 'changes', contest: address.contest, number: address.number ?? LATEST };
		case 'station':
			return { topic: 'station', station: address.station };
		case 'collations':
		case 'declaration':
		case 'proceedings':
		case 'counts':
			return { topic: address.page, contest: address.contest };
		case 'collation':
			return { topic: 'collation', contest: address.contest, area: address.area };
		case 'objections':
		case 'orders':
		case 'notices':
			return { topic: address.page, contest: address.contest ?? '', number: address.number ?? LATEST };
		case 'objection':
		case 'order':
		case 'notice':
		case 'count':
		case 'statement':
			return { topic: address.page, id: address.id };
		case 'feed':
			return { topic: 'feed', contest: address.contest ?? '' };
		default:
			return unreachable(address);
	}
}

export function topicOfData(address: Exclude<DataAddress, { readonly data: 'pulse' | 'witnesses' }>): Topic {
	switch (address.data) {
		case 'home':
		case 'about':
			return { topic: address.data };
		case 'contest':
			return topicOf({ page: 'contest', contest: address.contest });
		case 'area':
			return topicOf({ page: 'area', contest: address.contest, area: address.area });
		case 'missing':
			return topicOf({ ...address, page: 'missing' });
		case 'changes':
			return topicOf({ page: 'changes', contest: address.contest, number: address.number });
		case 'station':
			return topicOf({ page: 'station', station: address.station });
		case 'collations':
		case 'declaration':
		case 'proceedings':
		case 'counts':
			return { topic: address.data, contest: address.contest };
		case 'collation':
			return { topic: 'collation', contest: address.contest, area: address.area };
		case 'objections':
		case 'orders':
		case 'notices':
			return { topic: address.data, contest: address.contest ?? '', number: address.number };
		case 'objection':
		case 'order':
		case 'notice':
		case 'count':
		case 'statement':
			return { topic: address.data, id: address.id };
		default:
			return unreachable(address);
	}
}
