/** One statement of every kind of act and filing (S33–S42), with the names that its sentence needs; for histories in words. */
import type { Order } from '@matokeo/core/record/filings.ts';
import type { Statement } from '@matokeo/core/record/statement.ts';
import type { Office } from '@matokeo/core/rules/context.ts';
import type { HistoryEntry } from '../../src/views/types.ts';
import { idOf, NIGHT } from './fixturesForms.ts';

interface One {
	readonly statement: Statement;
	readonly office: Office;
	readonly named?: Pick<HistoryEntry, 'named'>;
}

const by = { by: ['x/1'] } as const;
const COUNTS = {
	cancelled: 0,
	counted: 3,
	disregarded: 0,
	due: 4,
	merged: 0,
	missing: 1,
	objections: 0,
	postponed: 0,
	quarantined: 0,
	set_aside: 0,
	uncertified: 0,
	unverified: 0,
} as const;
const ON_MARK = { contest: 'president', counts: COUNTS, list: idOf(61), mark: idOf(62), totals: {} } as const;
const custody = { from: 'courier', seal: 'intact' } as const;
const original = { ...by, type: 'form/original', contest: 'president', custody, poll: 1, station: '30042' } as const;

const ACTS: readonly One[] = [
	{ statement: { ...original, differs: [], reading: idOf(3) }, office: 'receiving-officer' },
	{ statement: { ...original, differs: ['mas', 'unknown'], reading: idOf(3) }, office: 'receiving-officer' },
	{ statement: { ...original, differs: [] }, office: 'receiving-officer' },
	{ statement: { ...by, type: 'tally/mark', area: 'area3', contest: 'president' }, office: 'log' },
	{
		statement: { ...by, ...ON_MARK, type: 'collation/certify', area: 'area3', number: 1 },
		office: 'returning-officer',
		named: { named: { areas: { area3: 'Oruro' } } },
	},
	{
		statement: {
			...by,
			...ON_MARK,
			type: 'collation/certify',
			area: 'area3',
			number: 2,
			supersedes: { reason: 'x', statement: idOf(63) },
		},
		office: 'returning-officer',
	},
	{
		statement: { ...by, ...ON_MARK, type: 'result/declare', number: 1, outcome: { kind: 'nobody' }, texts: {} },
		office: 'authority',
	},
	{
		statement: { ...by, type: 'result/dissent', contest: 'president', of: idOf(64), reason: 'x' },
		office: 'authority',
	},
	{
		statement: { ...by, type: 'result/record', contest: 'president', document: idOf(65), when: NIGHT },
		office: 'authority',
	},
];

const lodged = { ...by, type: 'objection/lodge', contest: 'president', ground: 'x' } as const;
const answer = { ...by, type: 'objection/answer', objection: idOf(66), reason: 'x', seen: idOf(66) } as const;
const surface = 'portal';
const notices = [
	{ kind: 'error', contest: 'president', documents: [idOf(1), idOf(2)], station: '30042' },
	{ kind: 'error', contest: 'president', documents: [idOf(1), idOf(2)] },
	{ kind: 'incident', attempted: 'login', checks: [], from: NIGHT, outcome: 'failed', surface, touched: [] },
	{ kind: 'attestation', accounts: idOf(1), at: NIGHT, builds: idOf(2), configuration: idOf(3), topology: idOf(4) },
	{ kind: 'pause', at: NIGHT, reason: 'x', surface },
	{ kind: 'resume', at: NIGHT, pause: idOf(67), reason: 'x' },
	{ kind: 'emergency-change', after: idOf(1), at: NIGHT, before: idOf(2), reason: 'x', surface },
] as const;
const orders: readonly Order[] = [
	{ kind: 'stay', contest: 'president' },
	{ kind: 'stay', contest: 'president', area: 'area3' },
	{ kind: 'lift', order: idOf(68) },
	{ kind: 'recount', contest: 'president', station: '30042' },
	{ kind: 'admit', contest: 'president', station: '30042' },
	{ kind: 'set-aside', contest: 'president', station: '30042' },
	{ kind: 'reinstate', order: idOf(69) },
	{ kind: 'substitute', capture: idOf(1), contest: 'president', station: '30042' },
	{ kind: 're-poll', contest: 'president', station: '30042' },
	{ kind: 'annul', contest: 'president' },
	{ kind: 'replace-winner', candidate: 'mts', contest: 'president' },
];

export const ACTS_AND_FILINGS: readonly One[] = [
	...ACTS,
	...(
		[
			{ kind: 'return', poll: 1, station: '30042' },
			{ kind: 'area', area: 'area3' },
			{ kind: 'contest' },
			{ kind: 'statement', statement: idOf(1) },
		] as const
	).map((target): One => ({ statement: { ...lodged, target }, office: 'agent' })),
	{
		statement: { ...lodged, target: { kind: 'contest' }, behalf: { office: 'candidate', received: NIGHT } },
		office: 'registrar',
	},
	{ statement: { ...answer, outcome: 'upheld' }, office: 'returning-officer' },
	{ statement: { ...answer, outcome: 'dismissed' }, office: 'authority' },
	{ statement: { ...answer, outcome: 'referred', to: 'authority' }, office: 'returning-officer' },
	...notices.map(
		(notice): One => ({
			statement: { ...by, type: 'notice/file', notice },
			office: 'authority',
			named: {
				named: {
					texts: {
						portal: { en: 'the public pages', sw: 'kurasa za umma', es: 'las páginas públicas' },
						login: { en: 'an attempt to sign in', sw: 'jaribio la kuingia', es: 'un intento de acceso' },
					},
				},
			},
		}),
	),
	...orders.map(
		(order): One => ({
			statement: {
				...by,
				type: 'authority/order',
				basis: 'x',
				citation: 'Ley N° 1266',
				court: 'legislature',
				decided: NIGHT,
				document: idOf(70),
				order,
			},
			office: 'court',
			named: {
				named: { texts: { legislature: { en: 'the legislature', sw: 'bunge', es: 'el órgano legislativo' } } },
			},
		}),
	),
];
