/** What somebody asks a bundle about, held against the replayed log (B4): a station, an area, an objection, a declaration that there is. The error says what there is instead, or where to look. */

import { inScope } from '@matokeo/core/election/geography.ts';
import { contestRow } from '@matokeo/core/rules/chains.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import { stationOf } from '@matokeo/core/rules/stations.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Subject } from '@matokeo/verifier/bundle/manifest.ts';

export interface BundleAsked {
	readonly station?: string;
	readonly area?: string;
	readonly contest?: string;
	readonly objection?: string;
	/** The id of a declaration, or of a contest: then the one in force. */
	readonly declaration?: string;
}

/** Which one thing is asked about, before any log is read. */
export function oneAsked({ station, area, contest, objection, declaration }: BundleAsked): string | undefined {
	const named = [station, area, objection, declaration].filter((one) => one !== undefined);
	if (named.length !== 1)
		return 'Name one thing that the bundle is about: --station S, --area A with --contest C, --objection ID, or --declaration ID.';
	if (area !== undefined && contest === undefined)
		return 'An area is bundled for one contest: name it with --contest C.';
	if (contest !== undefined && station === undefined && area === undefined)
		return '--contest goes with --station or --area.';
	return undefined;
}

export function subjectOf(context: Context, rows: RowReader, asked: BundleAsked): Result<Subject> {
	const { election } = context;
	const { station: id, area, contest: contestId, objection, declaration } = asked;
	const contest = contestId === undefined ? undefined : election.contests.get(contestId);
	if (contestId !== undefined && contest === undefined)
		return err(`The package has no contest "${contestId}"; it has ${listed(election.contests.keys())}.`);
	if (id !== undefined) {
		const station = stationOf(context, rows, id);
		if (station === undefined) return err(`There is no polling station "${id}" in this election: check its id.`);
		if (contest !== undefined && !inScope(election, contest, station))
			return err(`Polling station ${id} does not vote in contest ${contest.id}.`);
		return ok({ kind: 'station', station: id, ...(contest === undefined ? {} : { contest: contest.id }) });
	}
	if (area !== undefined && contest !== undefined) {
		const level = election.areas.get(area)?.level;
		if (level === undefined) return err(`There is no area "${area}" in this election: check its id.`);
		if (!contest.levels.includes(level))
			return err(
				`Contest ${contest.id} is not added up at the level of ${area} (${level}); it is at ${contest.levels.join(', ')}.`,
			);
		return ok({ kind: 'area', area, contest: contest.id });
	}
	if (objection !== undefined)
		return rows.get('objection', objection) === undefined
			? err(`${objection} is not an objection in this log: give the 64 digits of its id, as its page has them.`)
			: ok({ kind: 'objection', objection });
	return declared(context, rows, declaration ?? '');
}

function declared({ election }: Context, rows: RowReader, named: string): Result<Subject> {
	const inForce = election.contests.has(named) ? contestRow(rows, named).declaration : named;
	if (inForce === undefined) return err(`No result of contest ${named} is declared in this log.`);
	return rows.get('act', inForce)?.kind === 'declaration'
		? ok({ kind: 'declaration', declaration: inForce })
		: err(
				`${named} is neither a declaration in this log nor a contest of its package; contests are ${listed(election.contests.keys())}.`,
			);
}

function listed(ids: Iterable<string>): string {
	const all = [...ids];
	return all.length > 10 ? `${all.slice(0, 10).join(', ')} and ${all.length - 10} more` : all.join(', ');
}
