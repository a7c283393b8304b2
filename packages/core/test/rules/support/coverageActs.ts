/** What random proceedings have reached: types, kinds, refusals by rule and by condition of the gate, and every state of the diagrams of `spec/proceedings.md`. */
import type { Statement } from '../../../src/record/statement.ts';
import { isDisputed, substitutedCapture } from '../../../src/rules/returns.ts';
import type { Reached } from './coverage.ts';
import type { Player } from './seat.ts';
import { type Answer, election } from './world.ts';

const named = (what: string, ...names: readonly string[]) => names.map((name) => `${what} ${name}`);

export const ALL_PROCEEDINGS: readonly string[] = [
	...named('type', 'form/original', 'tally/mark', 'log/witnessed', 'collation/certify', 'result/declare'),
	...named('type', 'result/dissent', 'result/record', 'objection/lodge', 'objection/answer', 'count/lodge'),
	...named('type', 'access/digest'),
	...named('count', 'in force', 'followed', 'of areas'),
	...named('notice', 'error', 'incident', 'attestation', 'pause', 'resume', 'emergency-change'),
	...named('order', 'stay', 'lift', 'recount', 'admit', 'set-aside', 'reinstate', 'substitute', 're-poll', 'annul'),
	...named('order', 'replace-winner'),
	...named('refused', 'S10', 'S32', 'S33', 'S34', 'S35', 'S36', 'S37', 'S38', 'S39', 'S40', 'S41', 'S42', 'S44', 'S45'),
	...named('gate', 'mark', 'number', 'totals', 'counts', 'list', 'outcome', 'texts', 'open-outcome', 'named'),
	...named('gate', 'witnesses', 'stay', 'annulled'),
	...named('original', 'effective', 'late', 'admitted', 'replaced', 'differs', 'inspected'),
	...named('collation', 'unmarked', 'marked', 'outdated', 'certified', 'superseded', 'remarked', 'stayed'),
	...named('declaration', 'undeclared', 'declared', 'superseded', 'replaced', 'stayed', 'recorded', 'dissented from'),
	...named('declaration', 'annulled', 'annulled undeclared', 'annulled and replaced', 'by unwitnessed'),
	...named('objection', 'open', 'referred', 'upheld', 'dismissed', 'without standing', 'of a paper filing'),
	...named('pause', 'in force', 'ended'),
	...named('state of order', 'in-force', 'filed', 'ended'),
	...named(
		'return',
		'disputed by objection',
		'to be counted again',
		'counted again',
		'substituted',
		'substitute waits',
	),
	...named('return', 'set aside', 'poll 2'),
	...named('record', 'unmet quorum', 'unmet mark', 'unmet witnesses'),
];

export function noteProceeding(reached: Reached, player: Player, statement: Statement, { refusal }: Answer): void {
	const add = (name: string) => void reached.set(name, (reached.get(name) ?? 0) + 1);
	if (refusal !== undefined) {
		add(`refused ${refusal.rule}`);
		if (refusal.rule === 'S43') add(`gate ${refusal.why.slice(0, refusal.why.indexOf(':'))}`);
		return;
	}
	add(`type ${statement.type}`);
	if (statement.type === 'notice/file') add(`notice ${statement.notice.kind}`);
	if (statement.type === 'authority/order') add(`order ${statement.order.kind}`);
	if (statement.type === 'result/declare' && statement.unwitnessed !== undefined) add('declaration by unwitnessed');
	for (const fact of [
		...returnFacts(player),
		...collationFacts(player),
		...declarationFacts(player),
		...filingFacts(player),
	])
		add(fact);
}

function holding(what: string, facts: readonly (readonly [string, boolean])[]): readonly string[] {
	return facts.flatMap(([name, holds]) => (holds ? [`${what} ${name}`] : []));
}

function returnFacts({ world: { rows } }: Player): readonly string[] {
	return rows.keysOf('return').flatMap((key) => {
		const row = rows.get('return', key) ?? { captures: [] };
		const { originals = [], original: id, recount, substitute } = row;
		const effective = originals.find((one) => one.id === id);
		const late = originals.filter((one) => one.late === true);
		return [
			...holding('original', [
				['effective', effective !== undefined && effective.late !== true],
				['late', late.some((one) => one.id !== id)],
				['admitted', effective?.late === true],
				['replaced', originals.some((one) => one.late !== true && one.id !== id)],
				['differs', (effective?.differs.length ?? 0) > 0],
				['inspected', rows.get('total', 'council|north')?.inspected.some((votes) => votes > 0) ?? false],
			]),
			...holding('return', [
				['disputed by objection', (row.disputes ?? 0) > 0],
				['to be counted again', recount !== undefined && isDisputed({ captures: row.captures, recount })],
				['counted again', recount !== undefined && !isDisputed({ captures: row.captures, recount })],
				['substituted', substitutedCapture(row) !== undefined],
				['substitute waits', substitute !== undefined && substitutedCapture(row) === undefined],
				['set aside', row.setAside !== undefined],
				['poll 2', key.endsWith('|2')],
			]),
		];
	});
}

function collationFacts({ world: { rows } }: Player): readonly string[] {
	const areas = ['president|north', 'president|south', 'president|land', 'council|n1', 'council|n2', 'council|north'];
	return areas.flatMap((key) => {
		const { mark: id, certificate, outdated, number = 0, stays } = rows.get('collation', key) ?? {};
		const mark = id === undefined ? undefined : rows.get('mark', id);
		const act = certificate === undefined ? undefined : rows.get('act', certificate);
		return holding('collation', [
			['unmarked', id === undefined],
			['marked', mark !== undefined && act === undefined],
			['outdated', mark !== undefined && (outdated?.at ?? -1) >= mark.index],
			['certified', act !== undefined && act.mark === id],
			['remarked', act !== undefined && act.mark !== id],
			['superseded', number > 1],
			['stayed', stays !== undefined],
		]);
	});
}

function declarationFacts({ world: { rows } }: Player): readonly string[] {
	const facts = [...election.contests.keys()].flatMap((contest) => {
		const { declaration, declared = 0, annulled, replaced, stays, record } = rows.get('contest', contest) ?? {};
		return holding('declaration', [
			['undeclared', declaration === undefined && annulled === undefined],
			['declared', declaration !== undefined && annulled === undefined && replaced === undefined],
			['superseded', declared > 1],
			['replaced', replaced !== undefined && annulled === undefined],
			['stayed', declaration !== undefined && stays !== undefined],
			['recorded', record !== undefined],
			['annulled', declaration !== undefined && annulled !== undefined],
			['annulled undeclared', declaration === undefined && annulled !== undefined],
			['annulled and replaced', annulled !== undefined && replaced !== undefined],
		]);
	});
	const acts = rows.keysOf('act').flatMap((id) => rows.get('act', id) ?? []);
	const of = acts.flatMap((act) => (act.of === undefined ? [] : [rows.get('act', act.of)?.kind]));
	return [
		...facts,
		...holding('declaration', [['dissented from', of.includes('declaration')]]),
		...acts.flatMap(({ unmet = [] }) => unmet.map((condition) => `record unmet ${condition}`)),
	];
}

function filingFacts({ world: { rows } }: Player): readonly string[] {
	const objections = rows.keysOf('objection').flatMap((id) => rows.get('objection', id) ?? []);
	const orders = rows.keysOf('order').flatMap((id) => rows.get('order', id) ?? []);
	const counts = rows.keysOf('count').flatMap((id) => rows.get('count', id) ?? []);
	const pauses = rows.keysOf('notice').flatMap((id) => rows.get('notice', id) ?? []);
	return [
		...objections.map(({ state }) => `objection ${state}`),
		...holding('count', [
			['in force', counts.some(({ until }) => until === undefined)],
			['followed', counts.some(({ until }) => until !== undefined)],
			['of areas', counts.some(({ level }) => level !== undefined)],
		]),
		...holding('objection', [
			['without standing', objections.some(({ standing }) => !standing)],
			['of a paper filing', objections.some(({ behalf }) => behalf !== undefined)],
		]),
		...orders.map(({ state }) => `state of order ${state}`),
		...pauses.flatMap(({ kind, resumed }) =>
			kind === 'pause' ? [`pause ${resumed === undefined ? 'in force' : 'ended'}`] : [],
		),
	];
}
