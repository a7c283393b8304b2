/**
 * Works out what two counts mean for the result (K13–K16): totals, shares and lead of every version, and where the package of the election is at hand, each condition of its rule. Shares are exact. Nothing is outstanding
 * in a version: it answers what this count says by itself, not what the law says now.
 */
import { printPercent, printRational, rational } from '@matokeo/core/result/rational.ts';
import { assert } from '@matokeo/core/std/result.ts';
import { atOneLevel } from '../compare/atOneLevel.ts';
import { lay } from '../compare/lay.ts';
import type { CompareOptions } from '../comparison.ts';
import type { Count } from '../count.ts';
import type { Effect, EffectVersion, RankedCandidate } from './effect.ts';
import { type EffectLaw, readBy } from './law.ts';
import { type Applied, applyRule, type Missing, missingFor } from './rule.ts';
import { stakesOf } from './stakes.ts';
import { sumsOf, type Version, versionsOf } from './versions.ts';

/** The two counts as they were compared; the same `options`. */
export function effectOf(a: Count, b: Count, options: CompareOptions = {}, law?: EffectLaw): Effect {
	const level = atOneLevel(a, b);
	const laid = lay(level.a, level.b, options);
	const judged = versionsOf(laid).map((version) => judge(version, law));
	const versions = judged.map(({ told }) => told);
	const missing = (why: Missing['why']) => [
		...new Set(judged.flatMap((one) => (one.missing?.why === why ? one.missing.names : []))),
	];
	const [fields, levels] = [missing('fields-missing'), missing('areas-missing')];
	const why =
		law === undefined ? 'no-package' : law.hidden ? 'hidden' : judged.find((one) => one.missing)?.missing?.why;
	const outcomes = versions.flatMap(({ outcome }) => (outcome === undefined ? [] : [JSON.stringify(outcome)]));
	const base = judged.find(({ told }) => told.basis === laid.base)?.applied;
	return {
		base: laid.base,
		versions,
		...(outcomes.length < 2 ? {} : { same_outcome: new Set(outcomes).size === 1 }),
		same_ranking: sameRanking(versions),
		stakes: law === undefined || base === undefined ? [] : stakesOf(laid, law, base),
		...(why === undefined ? {} : { without_rule: why }),
		...(fields.length === 0 ? {} : { missing_fields: fields }),
		...(levels.length === 0 ? {} : { missing_levels: levels }),
	};
}

interface Judged {
	readonly told: EffectVersion;
	readonly applied?: Applied;
	readonly missing?: Missing;
}

function judge({ basis, count }: Version, law: EffectLaw | undefined): Judged {
	const told = countedVersion({ basis, count }, law);
	if (law === undefined || law.hidden) return { told };
	const missing = missingFor(count, law, readBy(law.contest));
	if (missing !== undefined) return { told, missing };
	const applied = applyRule(count, law);
	return { told: { ...told, outcome: applied.outcome, conditions: applied.conditions }, applied };
}

function countedVersion({ basis, count }: Version, law: EffectLaw | undefined): EffectVersion {
	const sums = sumsOf(count);
	assert(sums.every(Number.isSafeInteger), 'the sums of a count are safe integers');
	const candidates = count.fields.flatMap(({ id, name, kind }, place) =>
		kind === 'candidate' && law?.voided.has(id) !== true ? [{ id, name, votes: sums[place] ?? 0 }] : [],
	);
	const sum = candidates.reduce((all, { votes }) => all + votes, 0);
	const ranking = [...candidates]
		.sort((one, other) => other.votes - one.votes)
		.map(({ id, name, votes }): RankedCandidate => ({ candidate: id, name, votes, ...shareOf(votes, sum) }));
	const [first, second] = ranking;
	const lead = (first?.votes ?? 0) - (second?.votes ?? 0);
	const share = shareOf(lead, sum);
	return {
		basis,
		rows: count.keys.length,
		ranking,
		sum,
		...(first === undefined || second === undefined
			? {}
			: {
					lead: {
						first: first.candidate,
						second: second.candidate,
						votes: lead,
						...(share === undefined ? {} : { exact: share.exact, points: share.percent }),
					},
				}),
	};
}

function shareOf(part: number, whole: number): { readonly exact: string; readonly percent: string } | undefined {
	if (whole === 0) return undefined;
	const value = rational(BigInt(part), BigInt(whole));
	return { exact: printRational(value), percent: printPercent(value) };
}

function sameRanking(versions: readonly EffectVersion[]): boolean {
	const named = versions.map(({ ranking }) => ranking.map(({ candidate }) => candidate));
	const common = (named[0] ?? []).filter((id) => named.every((ids) => ids.includes(id)));
	const orders = named.map((ids) => ids.filter((id) => common.includes(id)).join(' '));
	return new Set(orders).size < 2;
}
