/**
 * `objection/lodge` and `objection/answer` (S39, S40). An objection is refused only when nobody could say what it is about; one that is late or without standing is
 * taken and says so. Who answers is the package's to say; nothing that was lodged or answered disappears.
 */
import { chainAbove } from '../election/geography.ts';
import type { Election, Ground } from '../election/types.ts';
import type { ObjectionAnswer, ObjectionLodge, Target } from '../record/filings.ts';
import type { Scope } from '../record/statement.ts';
import { assert } from '../std/result.ts';
import { officerOf } from './authorities.ts';
import { chained, changeContest, contestRow } from './chains.ts';
import type { Context, Office, Signer } from './context.ts';
import { nameBlob } from './filed.ts';
import { logRow } from './opening.ts';
import type { ObjectionRow } from './recordRows.ts';
import { firstOf, type Refusal, refuse } from './refusal.ts';
import { type RowReader, type Rows, returnKey } from './rows.ts';
import type { Saying } from './saying.ts';
import { onlySigner, quorumOf, reaches } from './signers.ts';
import { contestAt, placeOf, returnOf, stationOf, unitOf } from './stations.ts';

const REGISTRY: readonly Office[] = ['registrar', 'receiving-officer', 'authority', 'court'];
const OBJECTING: readonly Office[] = [
	...REGISTRY,
	'agent',
	'party',
	'observer',
	'presiding-officer',
	'returning-officer',
	'clerk',
];

export const objectionLodge: Saying<ObjectionLodge> = {
	decide: (context, rows, { statement, signers }) => {
		const signer = onlySigner(signers, ...OBJECTING);
		if (!signer.ok) return signer.error;
		const ground = groundOf(context.election, statement.ground);
		if (ground === undefined)
			return refuse(
				'S39',
				`the package lists no ground "${statement.ground}" for an objection: choose one that it lists`,
			);
		return firstOf(
			() => {
				if (context.election.contests.has(statement.contest)) return undefined;
				return refuse('S39', `the package has no contest "${statement.contest}": check its id`);
			},
			() => {
				if (statement.behalf === undefined || REGISTRY.includes(signer.value.office)) return undefined;
				return refuse('S39', 'only a registry enters a paper filing for somebody else: leave "behalf" out');
			},
			() => {
				if (ground.on.includes(statement.target.kind)) return undefined;
				return refuse(
					'S39',
					`the ground "${ground.id}" is for ${ground.on.join(', ')}, not for a ${statement.target.kind}`,
				);
			},
			() => knownTarget(context, rows, statement),
		);
	},
	evolve: (context, rows, said) => {
		const { id, index, statement, signers } = said;
		const [signer] = signers;
		const ground = groundOf(context.election, statement.ground);
		assert(signer !== undefined && ground !== undefined, 'an objection was decided before it is evolved');
		nameBlob(rows, ...(statement.evidence ?? []), ...(statement.text === undefined ? [] : [statement.text]));
		const place = placeOfTarget(rows, statement.target);
		const standing = hasStanding(context, rows, ground, signer, said.statement, place?.station);
		const { contest } = statement;
		rows.put('objection', id, {
			contest,
			index,
			time: logRow(rows).time,
			by: signer.name,
			ground: ground.id,
			target: statement.target,
			...place,
			...(statement.behalf === undefined ? {} : { behalf: statement.behalf.office }),
			standing,
			state: 'open',
			last: id,
			...chained(rows, contest, 'objection', id),
		});
		changeContest(rows, contest, { open: (contestRow(rows, contest).open ?? 0) + 1 });
		if (standing && place !== undefined) dispute(rows, contest, place, 1);
	},
};

export const objectionAnswer: Saying<ObjectionAnswer> = {
	decide: (context, rows, { statement, signers }) => {
		const row = rows.get('objection', statement.objection);
		if (row === undefined) return refuse('S40', `${statement.objection} is not an objection in this log: check its id`);
		const { election } = context;
		return firstOf(
			() => mayAnswer(context, rows, row, signers),
			() => {
				if (row.behalf !== undefined) return undefined;
				const holder = holderOf(context, rows, row.by);
				const same = signers.find((signer) => signer.holder === holder);
				if (same === undefined) return undefined;
				return refuse(
					'S40',
					`the holder of "${same.name}" lodged this objection and cannot answer it: somebody else must`,
				);
			},
			() => {
				if (row.last === statement.seen) return undefined;
				return refuse('S32', `"seen" names ${statement.seen}, the last statement on this objection is ${row.last}`);
			},
			() => {
				if (row.state === 'open' || row.state === 'referred') return undefined;
				return refuse('S40', `this objection is ${row.state}: an objection to the answer is lodged anew`);
			},
			() => {
				if (election.codes.answer.some(({ id }) => id === statement.reason)) return undefined;
				return refuse('S40', `the package lists no reason "${statement.reason}" for an answer`);
			},
			() => referral(election, statement),
		);
	},
	evolve: (_context, rows, { id, index, statement }) => {
		const row = rows.get('objection', statement.objection);
		assert(row !== undefined, 'an answer was decided before it is evolved');
		if (statement.text !== undefined) nameBlob(rows, statement.text);
		const { outcome, to } = statement;
		const { to: _formerly, ...rest } = row;
		rows.put('objection', statement.objection, {
			...rest,
			state: outcome,
			last: id,
			answered: index,
			...(to === undefined ? {} : { to }),
		});
		if (outcome === 'referred') return;
		const open = (contestRow(rows, row.contest).open ?? 0) - 1;
		assert(open >= 0, 'an objection is closed once');
		changeContest(rows, row.contest, { open });
		const { station, poll } = row;
		if (row.standing && station !== undefined && poll !== undefined) dispute(rows, row.contest, { station, poll }, -1);
	},
};

/** Whose key it is, also when it is revoked. */
function holderOf({ packageKeys }: Context, rows: RowReader, name: string): string | undefined {
	return packageKeys.get(name)?.holder ?? rows.get('key', name)?.holder;
}

export function groundOf({ proceedings }: Election, id: string): Ground | undefined {
	return proceedings.grounds.find((ground) => ground.id === id);
}

function knownTarget(context: Context, rows: RowReader, { target, contest }: ObjectionLodge): Refusal | undefined {
	switch (target.kind) {
		case 'return': {
			const at = contestAt(context, rows, contest, target.station);
			if (!at.ok) return at.error;
			const { poll } = unitOf(rows, contest, target.station);
			return target.poll <= poll ? undefined : refuse('S39', `station ${target.station} is at poll ${poll}`);
		}
		case 'area':
			return context.election.areas.has(target.area) ? undefined : refuse('S39', `there is no area ${target.area}`);
		case 'statement': {
			if (rows.indexOf(target.statement) === undefined)
				return refuse('S39', `${target.statement} is not a statement of this log: name one that is logged`);
			const of = contestOfStatement(rows, target.statement);
			return (of ?? contest) === contest
				? undefined
				: refuse('S39', `that statement is about contest ${of}, not ${contest}`);
		}
		default:
			return undefined;
	}
}

function contestOfStatement(rows: RowReader, id: string): string | undefined {
	for (const table of ['capture', 'original', 'act', 'mark', 'objection', 'order'] as const) {
		const row = rows.get(table, id);
		if (row !== undefined) return row.contest;
	}
	return undefined;
}

/** The return that the target is, or that the statement it names lies on. */
function placeOfTarget(
	rows: RowReader,
	target: Target,
): { readonly station: string; readonly poll: number } | undefined {
	if (target.kind === 'return') return { station: target.station, poll: target.poll };
	if (target.kind !== 'statement') return undefined;
	const ref = rows.get('capture', target.statement) ?? rows.get('original', target.statement);
	return ref === undefined ? undefined : { station: ref.station, poll: ref.poll };
}

function hasStanding(
	context: Context,
	rows: RowReader,
	{ standing }: Ground,
	signer: Signer,
	{ behalf, contest, target }: ObjectionLodge,
	station: string | undefined,
): boolean {
	const office = behalf?.office ?? signer.office;
	if (!standing.some((one) => one === office)) return false;
	if (behalf !== undefined) return true;
	if (station === undefined) return reachesBeyond(context, signer.scope, contest, target);
	const at = placeOf(context, contest, stationOf(context, rows, station));
	return at !== undefined && reaches(context, signer, at.contest, at.station) === undefined;
}

/** A key for one station has standing there only; one for an area in that area, not for the whole contest. */
function reachesBeyond({ election }: Context, scope: Scope, id: string, target: Target): boolean {
	const contest = election.contests.get(id);
	if (contest === undefined || (scope.contest ?? id) !== id || scope.station !== undefined) return false;
	if (scope.area === undefined) return true;
	return target.kind === 'area' && chainAbove(election, contest, target.area).includes(scope.area);
}

function mayAnswer(
	context: Context,
	rows: RowReader,
	row: ObjectionRow,
	signers: readonly Signer[],
): Refusal | undefined {
	const { election } = context;
	const by: readonly string[] = row.to === undefined ? (groundOf(election, row.ground)?.answeredBy ?? []) : [row.to];
	const [office] = signers.map((signer) => signer.office);
	const courts = election.proceedings.courts.filter(({ id }) => by.includes(id) || by.includes('court'));
	if (
		office === 'court' &&
		courts.some(({ keys }) => signers.every(({ name }) => keys.some((key) => key.name === name)))
	)
		return undefined;
	// No key of such a court could ever sign: what it has decided comes in as its orders do.
	const keyless = courts.length > 0 && courts.every(({ keys }) => keys.length === 0);
	if (office === 'authority' && (by.includes('authority') || keyless))
		return quorumOf(signers, 'authority', election.authority.quorum);
	if (office === 'returning-officer' && by.includes('returning-officer'))
		return officerAnswers(context, rows, row, signers);
	return refuse('S40', `this objection is answered by ${by.join(' or ') || 'nobody that the package names'}`);
}

function officerAnswers(
	context: Context,
	rows: RowReader,
	{ contest: id, station, target }: ObjectionRow,
	signers: readonly Signer[],
): Refusal | undefined {
	const contest = context.election.contests.get(id);
	assert(contest !== undefined, 'an objection was lodged in a contest of this election');
	if (station === undefined) return officerOf(contest, target.kind === 'area' ? target.area : contest.scope, signers);
	const officer = onlySigner(signers, 'returning-officer');
	if (!officer.ok) return officer.error;
	const at = placeOf(context, id, stationOf(context, rows, station));
	assert(at !== undefined, 'an objection was lodged for a station of this election');
	return reaches(context, officer.value, at.contest, at.station);
}

function referral({ proceedings }: Election, { outcome, to }: ObjectionAnswer): Refusal | undefined {
	if (outcome !== 'referred')
		return to === undefined ? undefined : refuse('S40', 'only a referral names somebody else: leave "to" out');
	const known = ['returning-officer', 'authority', ...proceedings.courts.map(({ id }) => id)];
	if (to !== undefined && known.includes(to)) return undefined;
	return refuse('S40', `a referral names who answers next: one of ${known.join(', ')}`);
}

function dispute(
	rows: Rows,
	contest: string,
	{ station, poll }: { readonly station: string; readonly poll: number },
	by: 1 | -1,
): void {
	const { disputes = 0, ...row } = returnOf(rows, contest, station, poll);
	const open = disputes + by;
	assert(open >= 0, 'an objection is answered once');
	rows.put('return', returnKey(contest, station, poll), open === 0 ? row : { ...row, disputes: open });
}
