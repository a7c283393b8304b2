/**
 * Collations and declarations of a rehearsal (S34–S36): the log freezes, witnesses see it, the officer of each area certifies what was frozen, the declaring authority declares it. Nobody chooses a number: each is the
 * mark's. What stands open is named with the rule that the story gives for it.
 */
import { areaOf, chainAbove, stationsOf } from '@matokeo/core/election/geography.ts';
import type { Contest, Election } from '@matokeo/core/election/types.ts';
import type { OpenClass, Proceed } from '@matokeo/core/record/acts.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import { openClasses } from '@matokeo/core/rules/gate.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { RehearsalKey } from '../keys.ts';
import type { Frozen, Next } from '../play/port.ts';
import type { Step } from './story.ts';
import { contestOf, quorumOf, say, type Telling } from './telling.ts';

type Collation = Extract<Step, { readonly kind: 'collation' }>;
type Declaration = Extract<Step, { readonly kind: 'declaration' }>;

export interface Collated {
	readonly marks: number;
	readonly certificates: number;
	/** Milliseconds until all were marked, and from the witnesses until all were certified. */
	readonly markMs: number;
	readonly certifyMs: number;
}

/** Marks and certificates of every area of the level in which anybody votes. */
export async function collate(telling: Telling, step: Collation): Promise<Collated> {
	const { stage } = telling;
	const contest = contestOf(telling, step.contest);
	const officerOf = (area: string) => stage.room.people.returning(area)[0].key;
	const areas = areasAt(stage.election, contest, step.level);
	const places = areas.map((area) => ({ contest: contest.id, area, by: officerOf(area) }));
	if (places.length === 0) throw new Error(`no area of level "${step.level}" has a station of contest ${contest.id}`);
	const began = performance.now();
	const frozen = await stage.log.mark(places);
	const marked = performance.now();
	const silent = await stage.log.witnessed(Math.max(...frozen.map(({ index }) => index)));
	const seen = performance.now();
	const certificates = frozen.map((one) => {
		const common = onMark(one, one.certificate, step, silent);
		return { one, said: stage.room.say({ type: 'collation/certify', ...common, area: one.area }, officerOf(one.area)) };
	});
	await stage.log.append(certificates.map(({ said }) => said.bytes));
	for (const { one, said } of certificates) telling.certificates.set(`${one.contest}|${one.area}`, said.id);
	const whole = frozen.find(({ area }) => area === contest.scope);
	if (whole !== undefined) telling.fresh.set(contest.id, whole);
	const certifyMs = performance.now() - seen;
	return { marks: frozen.length, certificates: certificates.length, markMs: marked - began, certifyMs };
}

export type Declared =
	| { readonly kind: 'declared'; readonly statement: StatementId; readonly frozen: Frozen; readonly marks: number }
	/** The package does not let it be declared while what is outstanding could change it. */
	| { readonly kind: 'open'; readonly marks: number };

/** On the mark of the collation of the whole contest, where that came right before; else on a new one. */
export async function declare(telling: Telling, step: Declaration): Promise<Declared> {
	const { stage, declarations } = telling;
	const contest = contestOf(telling, step.contest);
	const ready = telling.fresh.get(contest.id);
	const signers = declaring(telling, contest);
	const [by] = signers;
	assert(by !== undefined, 'a declaring authority has a key');
	const place = { contest: contest.id, area: contest.scope, by };
	const [frozen] = ready === undefined ? await stage.log.mark([place]) : [ready];
	assert(frozen !== undefined, 'the log answers each mark that it is asked for');
	const marks = ready === undefined ? 1 : 0;
	const { declaration } = frozen;
	if (declaration === undefined) throw new Error(`the package names nobody who declares contest ${contest.id}`);
	if (contest.declaration?.openOutcome === 'refused' && !declaration.decided) return { kind: 'open', marks };
	const silent = await stage.log.witnessed(frozen.index);
	const { outcome, texts, seen } = declaration;
	const statement = await say(
		telling,
		{
			type: 'result/declare',
			...onMark(frozen, declaration, step, silent),
			outcome,
			texts,
			...(seen === undefined ? {} : { seen }),
		},
		...signers,
	);
	declarations.set(contest.id, statement);
	telling.fresh.delete(contest.id);
	return { kind: 'declared', statement, frozen, marks };
}

/** One note that each of them signs: the members of the quorum, the chair, or the returning officer. */
function declaring(telling: Telling, contest: Contest): readonly RehearsalKey[] {
	const { stage, keyOf } = telling;
	const by = contest.declaration?.by;
	if (by?.kind === 'chair') return [keyOf(by.key)];
	if (by?.kind === 'officer') return [stage.room.people.returning(contest.scope)[0].key];
	return quorumOf(telling, stage.election.authority.keys, by?.least ?? 1);
}

function onMark(
	frozen: Frozen,
	{ number, inForce }: Next,
	{ proceed, supersedes }: Pick<Collation, 'proceed' | 'supersedes'>,
	silent: readonly string[],
) {
	const { contest, counts, list, mark, totals, area } = frozen;
	if (inForce !== undefined && supersedes === undefined)
		throw new Error(`${inForce} is in force at ${area}: the story must say why it is superseded`);
	const named = ruleForEach(frozen, proceed, silent);
	return {
		contest,
		counts,
		list,
		mark,
		number,
		totals,
		...(Object.keys(named).length === 0 ? {} : { proceed: named }),
		...(inForce === undefined || supersedes === undefined
			? {}
			: { supersedes: { reason: supersedes, statement: inForce } }),
		...(silent.length === 0 ? {} : { unwitnessed: silent }),
	};
}

/** The rule for each class that stands open, and for no other. */
function ruleForEach({ counts, area, contest }: Frozen, proceed: Proceed, silent: readonly string[]): Proceed {
	const open: readonly { readonly open: OpenClass; readonly count: number }[] = [
		...openClasses(counts),
		...(silent.length === 0 ? [] : [{ open: 'unwitnessed' as const, count: silent.length }]),
	];
	const entries = open.map(({ open: name, count }) => {
		const code = proceed[name];
		if (code === undefined)
			throw new Error(
				`${count} ${name} stand open in ${contest} at ${area}, and the story names no rule that permits to go on: add "${name}" to "proceed"`,
			);
		return [name, code] as const;
	});
	return Object.fromEntries(entries);
}

/** The areas of a level that have stations of the contest, in the order of the package. */
function areasAt(election: Election, contest: Contest, level: string): readonly string[] {
	const found = new Set<string>();
	for (const station of stationsOf(election, contest)) {
		for (const area of chainAbove(election, contest, areaOf(station, contest.hierarchy)))
			if (election.areas.get(area)?.level === level) found.add(area);
	}
	return [...election.areas.keys()].filter((id) => found.has(id));
}
