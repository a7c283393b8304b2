/** Views of stations, changes and the package to look at pages with: every state, every kind of statement, every fate of an image, on the election of `fixtures.ts`. */

import type { Figure, Statement } from '@matokeo/core/record/statement.ts';
import { parseResultRule } from '@matokeo/core/result/parseRule.ts';
import type { ReturnState, ReturnView } from '@matokeo/core/standings/returnView.ts';
import type {
	AboutView,
	CaptureView,
	ChangesView,
	CheckView,
	CodeView,
	ContestHead,
	ContestRulesView,
	HistoryEntry,
	ImageView,
	KeyView,
	SignerView,
	StationContestView,
	StationView,
} from '../../src/views/types.ts';
import { CONTEST, ELECTION, STAMP } from './fixtures.ts';

const NIGHT = 1_571_605_200;

export const idOf = (n: number): string => n.toString(16).padStart(4, '0').repeat(16);

export const CODE: CodeView = {
	id: 'under-question',
	text: { en: 'The form is under question', es: 'El acta está observada', sw: 'Fomu inahojiwa' },
	citation: 'assumption: a list for the rehearsal',
};

/** The register is printed on the form and not counted. */
export const FORM: ContestHead = {
	...CONTEST,
	fields: [
		{
			id: 'registered',
			label: { en: 'Registered voters', es: 'Inscritos', sw: 'Waliojiandikisha' },
			counted: false,
			candidate: false,
		},
		...CONTEST.fields,
	],
};

const REPORTED: readonly Figure[] = [221, 62, 1, 3, 0, 81, 8, 17, 1, 0, 3, 6];
const READ: readonly Figure[] = [221, 62, 1, 3, 0, 91, 8, 17, 1, 0, 3, 6];
const THIRD: readonly Figure[] = [212, 62, 1, 3, 'blank', 91, 8, 'illegible', 1, 0, 'struck', 6];

export const REPORTED_VOTES = [62, 1, 3, 0, 81, 8, 17, 1, 0, 3, 6];
export const VERIFIED_VOTES = [62, 1, 3, 0, 91, 8, 17, 1, 0, 3, 6];

export const image = (n: number, more: Partial<ImageView> = {}): ImageView => ({
	kind: 'facsimile',
	sha256: idOf(n),
	size: 48_211,
	held: true,
	shown: true,
	...more,
});

export const CAPTURE: CaptureView = {
	id: idOf(1),
	index: 28_411,
	time: NIGHT,
	counted: true,
	official: true,
	kind: 'original',
	route: 'own-kit',
	by: 'po/30042',
	role: 'presiding-officer',
	serial: '34 PR 00047094',
	agents: [
		{ party: 'mas', mark: 'signed' },
		{ party: 'cc', mark: 'refused' },
		{ party: 'ucs', mark: 'absent' },
	],
	attributes: { stamp: 'yes', watermark: 'no', 'alterations-signed': 'unclear' },
	images: [image(2)],
	figures: REPORTED,
	readings: [
		{ id: idOf(3), by: 'clerk/12', figures: READ },
		{ id: idOf(4), by: 'clerk/31', figures: READ },
	],
	accepted: { reading: idOf(3), figures: READ, by: 'ruling' },
};

export const SECOND: CaptureView = {
	...CAPTURE,
	id: idOf(5),
	index: 28_990,
	counted: false,
	kind: 'replacement',
	route: 'hand-carry',
	by: 'ro/receiving/3',
	role: 'receiving-officer',
	replaces: { capture: idOf(1), reason: CODE },
	images: [
		image(6, { shown: false, kind: 'photo' }),
		image(7, { shown: false, held: false }),
		image(8, { shown: false, withheld: { ...CODE, id: 'personal-data', text: { en: 'Personal data' } } }),
	],
	figures: THIRD,
	readings: [
		{ id: idOf(9), by: 'clerk/5' },
		{ id: idOf(10), by: 'clerk/6' },
	],
	accepted: undefined,
} as unknown as CaptureView;

const { accepted: _accepted, ...unread } = CAPTURE;

export const AGENT_COPY: CaptureView = {
	...unread,
	id: idOf(11),
	index: 28_500,
	counted: false,
	official: false,
	kind: 'agent-copy',
	route: 'other-kit',
	by: 'party/cc/agent/77',
	role: 'agent',
	agents: [],
	attributes: {},
	images: [image(12, { shown: false, kind: 'photo' })],
	figures: REPORTED,
	readings: [],
};

export const CHECKS: readonly CheckView[] = [
	{
		id: 'within-register',
		severity: 'error',
		text: {
			en: 'Candidates’, blank and null votes together are not more than the voters on the register.',
			es: 'Los votos no superan a los inscritos.',
			sw: 'Kura kwa jumla hazizidi waliojiandikisha.',
		},
		source: 'sum(candidates) + blank + null <= registered',
		tolerance: 0,
		verdict: 'pass',
		inputs: [
			...VERIFIED_VOTES.slice(0, 9).map((value, place) => ({ id: CONTEST.fields[place]?.id ?? '', value })),
			{ id: 'blank', value: 3 },
			{ id: 'null', value: 6 },
			{ id: 'registered', value: 221 },
		],
	},
	{
		id: 'register-as-planned',
		severity: 'warning',
		text: { en: 'The register written on the form is that of the polling table.' },
		source: 'registered = station.registered',
		tolerance: 2,
		verdict: 'fail',
		inputs: [
			{ id: 'registered', value: 221 },
			{ id: 'station.registered', value: 230 },
		],
	},
	{
		id: 'some',
		severity: 'info',
		text: { en: 'The form has at least one vote.' },
		source: 'sum(candidates) > 0',
		tolerance: 0,
		verdict: 'unknown',
		inputs: [{ id: 'blank' }],
	},
];

const plain: ReturnView = { state: 'missing', form: 'none', differs: 'no', as_written: false, flagged: false };
const received: ReturnView = { ...plain, state: 'received', form: 'counts', reported: REPORTED_VOTES };
const open: ReturnView = { ...received, differs: 'open' };
const verified: ReturnView = { ...received, state: 'verified', differs: 'settled', verified: VERIFIED_VOTES };

const signer = (name: string, office: SignerView['office']): SignerView => ({ name, office });
const by = { by: ['x/1'] } as const;

let next = 0;
export function entry(
	statement: Statement,
	signers: readonly SignerView[],
	more: Partial<HistoryEntry> = {},
): HistoryEntry {
	const place = next++;
	return { index: 28_411 + place * 31, id: idOf(100 + place), time: NIGHT + place * 240, signers, statement, ...more };
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
	...(['counts', 'no-image', 'none'] as const).map((form) =>
		entry(CAPTURED, PO, {
			before: { ...plain, state: 'quarantined', form: form === 'none' ? 'counts' : 'none' },
			after: { ...plain, state: 'quarantined', form },
		}),
	),
];

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

const key = (name: string): KeyView => ({
	name,
	holder: `holder/${name}`,
	vkey: `${name}+d52dbc43+AfPkgVReAma4InW2wd7cxQnB+47xnS3yAknThae6Ddlp`,
});

const DENOMINATORS: ContestHead['denominators'] = [
	{ id: 'valid', register: false, candidates: true, categories: [] },
	{ id: 'cast', register: false, candidates: true, categories: ['blank', 'null'] },
	{ id: 'register', register: true, candidates: false, categories: [] },
];

export function rulesOf(rule: unknown): ContestRulesView {
	const parsed = parseResultRule(rule);
	if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
	return {
		contest: { ...FORM, denominators: DENOMINATORS },
		form: {
			id: 'acta',
			title: { en: 'Result form: President', es: 'Acta de escrutinio', sw: 'Fomu ya matokeo' },
			ceiling: ['registered', 'supplementary'],
		},
		checks: CHECKS.map(({ id, severity, source, tolerance, text }) => ({ id, severity, source, tolerance, text })),
		rule: parsed.value,
	};
}

export const BOLIVIA = {
	note: 'Constitución Política del Estado (2009), art. 166.',
	rounds: [
		{
			elect: {
				any: [
					{ id: 'half', text: { en: 'more than half', es: 'más de la mitad' }, share: { gt: '1/2', of: 'valid' } },
					{ all: [{ share: { gte: '2/5', of: 'valid' } }, { lead: { gte: '1/10', of: 'valid' } }] },
				],
			},
			else: { advance: { top: 2 } },
		},
		{ elect: { rank: 1 }, tie: 'rerun' },
	],
};

export const ABOUT_VIEW: AboutView = {
	stamp: STAMP,
	election: ELECTION,
	levels: CONTEST.levels,
	counts: { areas: 412, stations: 34_555 },
	log: { origin: 'bo-2019-rehearsal/log', key: key('bo-2019-rehearsal/log'), spare: key('bo-2019-rehearsal/spare') },
	authority: { quorum: 2, keys: [key('authority/1'), key('authority/2'), key('authority/3')] },
	registrars: [key('registrar/1'), key('registrar/2')],
	parties: [{ id: 'cc', name: { es: 'Comunidad Ciudadana (CC)' }, roots: [key('party/cc/root')] }],
	contests: [rulesOf(BOLIVIA)],
	codes: {
		quarantine: [CODE],
		disregard: [CODE],
		status: [CODE],
		replaces: [CODE],
		withhold: [CODE],
		revoke: [CODE],
		amend: [],
	},
	public_images: ['facsimile'],
	witnesses: { source: 'witness w1 …\nquorum all\n', run_by: { 'witness/cc': 'cc', 'witness/court': 'court' } },
	files: [
		{ path: 'election.json', sha256: idOf(70), size: 14_211 },
		{ path: 'stations.csv', sha256: idOf(71), size: 3_112_000 },
	],
};
