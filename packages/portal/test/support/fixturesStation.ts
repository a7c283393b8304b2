/** Views of stations to look at pages with, in every state. */
import type { ReturnState } from '@matokeo/core/standings/returnView.ts';
import type { StationContestView, StationView } from '../../src/views/stationTypes.ts';
import { STAMP } from './fixtures.ts';
import { CAPTURE, CHECKS, FORM } from './fixturesForms.ts';
import { HISTORY, plain, received, verified } from './fixturesHistory.ts';

export function contestPart(state: ReturnState, more: Partial<StationContestView> = {}): StationContestView {
	const has = state === 'verified' || state === 'received' || state === 'quarantined' || state === 'disregarded';
	return {
		contest: FORM,
		path: [
			{ id: 'bo', name: 'Bolivia y exterior' },
			{ id: 'area3', name: 'Oruro' },
		],
		poll: 1,
		status: 'planned',
		view: { ...(state === 'verified' ? verified : has ? received : plain), state },
		ceiling: 221,
		captures: has ? [CAPTURE] : [],
		checks: has ? CHECKS : [],
		...(has ? { checked_on: 'accepted' } : {}),
		orders: [],
		originals: [],
		objections: [],
		errors: [],
		differences: has ? 1 : 0,
		differences_settled: state === 'verified' ? 1 : 0,
		history: has ? HISTORY : [],
		...more,
	};
}

export function stationOf(
	contests: readonly StationContestView[],
	more: Partial<StationView['station']> = {},
): StationView {
	return {
		stamp: STAMP,
		station: {
			id: '30042',
			name: 'Escuela Juan Misael Saracho',
			registered: 221,
			attributes: { locality: 'Oruro', place: '' },
			added: false,
			...more,
		},
		path: [
			{ id: 'bo', name: 'Bolivia y exterior' },
			{ id: 'oruro', name: 'Oruro' },
			{ id: 'cercado', name: 'Cercado' },
		],
		contests,
	};
}
