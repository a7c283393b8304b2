/** Statements as a history shows them: what usually happens to a form, and one entry of every type, every amendment and every ruling; and a page of changes made of them. */
import type { Statement } from '@matokeo/core/record/statement.ts';
import type { ReturnView } from '@matokeo/core/standings/returnView.ts';
import type { ChangesView, HistoryEntry, SignerView } from '../../src/views/types.ts';
import { STAMP } from './fixtures.ts';
import { ACTS_AND_FILINGS } from './fixturesActs.ts';
import { CODE, FORM, idOf, NIGHT, REPORTED_VOTES, VERIFIED_VOTES } from './fixturesForms.ts';

export const plain: ReturnView = {
	state: 'missing',
	form: 'none',
	differs: 'no',
	as_written: false,
	flagged: false,
	inspected: false,
	disputed: false,
};
export const received: ReturnView = { ...plain, state: 'received', form: 'counts', reported: REPORTED_VOTES };
const open: ReturnView = { ...received, differs: 'open' };
export const verified: ReturnView = { ...received, state: 'verified', differs: 'settled', verified: VERIFIED_VOTES };

const signer = (name: string, office: SignerView['office']): SignerView => ({ name, office });
const by = { by: ['x/1'] } as const;

let next = 0;
function entry(statement: Statement, signers: readonly SignerView[], more: Partial<HistoryEntry> = {}): HistoryEntry {
	const place = next++;
	return {
		poll: 1,
		index: 28_411 + place * 31,
		id: idOf(100 + place),
		time: NIGHT + place * 240,
		signers,
		statement,
		...more,
	};
}

const LOG = [signer('bo-2019-rehearsal/log', 'log')];
const PO = [signer('po/30042', 'presiding-officer')];
const RO = [signer('ro/oruro/1', 'returning-officer')];
const TWO = [...RO, signer('ro/oruro/2', 'returning-officer')];
const AUTHORITY = [signer('authority/1', 'authority'), signer('authority/2', 'authority')];

const CAPTURED: Statement = {
	...by,
	type: 'form/capture',
	contest: 'president',
	station: '30042',
	kind: 'original',
	route: 'own-kit',
	poll: 1,
	figures: {},
	images: [{ kind: 'facsimile', sha256: idOf(2), size: 48_211 }],
};

const ruling = (decision: Extract<Statement, { type: 'form/ruling' }>['decision']): Statement => ({
	...by,
	type: 'form/ruling',
	contest: 'president',
	station: '30042',
	poll: 1,
	seen: idOf(1),
	decision,
});

/** What usually happens to a form whose paper says something else than its officer reported. */
export const HISTORY: readonly HistoryEntry[] = [
	entry(CAPTURED, PO, { before: plain, after: { ...plain, state: 'no-form-seen', form: 'no-image' } }),
	entry({ ...by, type: 'blob/held', blobs: [{ sha256: idOf(2), size: 48_211 }] }, LOG, {
		before: { ...plain, state: 'no-form-seen', form: 'no-image' },
		after: received,
	}),
	entry({ ...by, type: 'form/reading', capture: idOf(1), commitment: idOf(40) }, [signer('clerk/12', 'clerk')]),
	entry({ ...by, type: 'form/reading', capture: idOf(1), commitment: idOf(41) }, [signer('clerk/31', 'clerk')]),
	entry(
		{
			...by,
			type: 'reading/open',
			capture: idOf(1),
			openings: [3, 4].map((n) => ({
				attributes: {},
				figures: {},
				legibility: 'good' as const,
				reading: idOf(n),
				salt: idOf(50),
			})),
		},
		LOG,
		{ before: received, after: open },
	),
	entry(ruling({ kind: 'accept-reading', reading: idOf(3) }), RO, { before: open, after: verified }),
];

/** One entry of every type, of every kind of amendment and of every ruling. */
export const EVERY_STATEMENT: readonly HistoryEntry[] = [
	entry({ ...by, type: 'election/open', origin: 'bo-2019-rehearsal/log' }, AUTHORITY),
	...(
		[
			{ kind: 'candidate', candidate: 'mts', contest: 'president', status: 'withdrawn', votes: 'void' },
			{ kind: 'candidate', candidate: 'mts', contest: 'president', status: 'standing', votes: 'counted' },
			{ kind: 'station-added', area: 'area3', registered: 1, station: '30099' },
			{ kind: 'station-moved', area: 'area4', station: '30042' },
			{ kind: 'station-merged', into: '30041', station: '30042' },
			{ kind: 'register', registered: 1230, station: '30042' },
			{ kind: 'register', registered: 1230, station: '30042', supplementary: 12 },
			{ kind: 'deadline', name: 'objections', time: NIGHT + 86_400 },
		] as const
	).map((change) =>
		entry({ ...by, type: 'election/amend', basis: 'authority-decision', change }, AUTHORITY, { code: CODE }),
	),
	entry(
		{
			...by,
			type: 'key/enrol',
			keys: [1, 2, 3, 4, 5, 6, 7].map((n) => ({
				holder: `h/${n}`,
				key: '',
				name: `clerk/${n}`,
				role: 'clerk',
				scope: {},
			})),
		},
		[signer('registrar/1', 'registrar'), signer('registrar/2', 'registrar')],
	),
	entry(
		{ ...by, type: 'key/enrol', keys: [{ holder: 'h', key: '', name: 'party/cc/agent/1', role: 'agent', scope: {} }] },
		[signer('party/cc/root', 'party')],
	),
	entry({ ...by, type: 'key/revoke', key: 'po/30042', reason: 'device-lost' }, [signer('registrar/1', 'registrar')], {
		code: { id: 'device-lost', text: {}, citation: '' },
	}),
	entry({ ...by, type: 'clock/tick', time: NIGHT }, LOG),
	entry({ ...by, type: 'log/witnessed', checkpoint: 'origin\n28000\nroot\n\n— sig\n' }, LOG),
	entry({ ...by, type: 'log/witnessed', checkpoint: 'unreadable' }, LOG),
	entry({ ...by, type: 'blob/held', blobs: [] }, LOG),
	entry({ ...by, type: 'blob/withhold', reason: 'personal-data', sha256: idOf(8) }, AUTHORITY, { code: CODE }),
	...(['open', 'delayed', 'not-opened', 'return-lost', 'postponed', 'cancelled', 'merged', 're-poll'] as const).map(
		(status) =>
			entry({ ...by, type: 'station/status', contest: 'president', station: '30042', reason: 'weather', status }, RO, {
				code: CODE,
			}),
	),
	...HISTORY,
	entry({ ...CAPTURED, kind: 'replacement', route: 'court', replaces: { capture: idOf(1), reason: 'x' } }, PO, {
		code: CODE,
		before: verified,
		after: { ...verified, reported: VERIFIED_VOTES, verified: REPORTED_VOTES, flagged: true },
	}),
	entry({ ...CAPTURED, kind: 'agent-copy', route: 'paper' }, [
		signer('agent/1', 'agent'),
		signer('observer/1', 'observer'),
		signer('receiving/1', 'receiving-officer'),
	]),
	entry(ruling({ kind: 'one-more-reading', capture: idOf(1) }), RO),
	entry(ruling({ kind: 'quarantine', agents: 'notified', reason: 'x', review: NIGHT + 3600 }), RO, {
		code: CODE,
		before: { ...received, flagged: true },
		after: { ...received, state: 'quarantined' },
	}),
	entry(ruling({ kind: 'release' }), RO, { before: { ...received, state: 'quarantined' }, after: received }),
	entry(ruling({ kind: 'accept-as-written' }), TWO, {
		before: received,
		after: { ...received, state: 'verified', as_written: true, verified: REPORTED_VOTES },
	}),
	entry(ruling({ kind: 'disregard', ground: 'x' }), TWO, {
		code: CODE,
		before: { ...verified, as_written: true },
		after: { ...plain, state: 'disregarded', form: 'counts' },
	}),
	entry(ruling({ kind: 'accept-reading', reading: idOf(999) }), RO),
	entry(ruling({ kind: 'admit-original', original: idOf(60) }), RO),
	...ACTS_AND_FILINGS.map(({ statement, office, named }) => entry(statement, [signer('x/1', office)], named)),
	...(['counts', 'no-image', 'none'] as const).map((form) =>
		entry(CAPTURED, PO, {
			before: { ...plain, state: 'quarantined', form: form === 'none' ? 'counts' : 'none' },
			after: { ...plain, state: 'quarantined', form },
		}),
	),
];

export const CHANGES_VIEW: ChangesView = {
	stamp: STAMP,
	contest: FORM,
	page: 1,
	pages: 13,
	total: 1_204,
	entries: EVERY_STATEMENT.filter(({ statement: { type } }) =>
		[
			'form/ruling',
			'station/status',
			'election/amend',
			'key/revoke',
			'blob/withhold',
			'reading/open',
			'form/capture',
		].includes(type),
	).map((one) =>
		one.statement.type === 'election/amend' || one.statement.type === 'key/revoke'
			? one
			: {
					...one,
					station: { id: '30042', name: 'Escuela Juan Misael Saracho' },
					area: { id: 'area3', name: 'Oruro' },
				},
	),
};
