/** Compares what a history says of its end with the rows: returns as the facts that people talk about, totals by name. */
import type { Contest } from '../../../src/election/types.ts';
import { countedCapture, isDiscrepant, isDisputed, isOpen } from '../../../src/rules/returns.ts';
import type { ReturnRow, RowReader, TotalRow } from '../../../src/rules/rows.ts';
import { totalOf } from '../../../src/standings/total.ts';
import { countAt, PLACES, type Place } from '../../../src/standings/vector.ts';
import type { Json, JsonObject } from '../../../src/std/canonical.ts';
import type { Case, Expected, Played } from './history.ts';
import { resolve } from './references.ts';
import { baseline, election } from './world.ts';

/** The return as a person would describe it; ids are ids. */
function factsOf(row: ReturnRow): JsonObject {
	const counted = countedCapture(row);
	const facts: Record<string, Json | undefined> = {
		captures: row.captures.length,
		counted: counted?.id,
		accepted: counted?.accepted?.reading,
		accepted_by: counted?.accepted?.by,
		fails: counted?.accepted?.fails,
		readings: counted?.readings.length,
		opened: counted?.readings.filter(({ figures }) => figures !== undefined).length,
		discrepant: isDiscrepant(row),
		open: isOpen(row),
		differences: row.differences?.length ?? 0,
		quarantine: row.quarantine?.reason,
		disregard: row.disregard,
		as_written: row.asWritten === true,
		last: row.last,
		originals: row.originals?.length ?? 0,
		original: row.original,
		late: row.originals?.filter(({ late }) => late === true).length ?? 0,
		set_aside: row.setAside,
		substitute: row.substitute?.order,
		recount: row.recount?.order,
		disputed: isDisputed(row),
	};
	return facts as JsonObject;
}

export function endProblems({ world, names }: Played, { returns = {}, totals = {} }: Case): readonly string[] {
	const problems: string[] = [];
	for (const [key, expected] of Object.entries(returns)) {
		const row = world.rows.get('return', key);
		if (row === undefined) {
			problems.push(`there is no return ${key}`);
			continue;
		}
		const facts = factsOf(row);
		for (const [name, value] of Object.entries(expected as JsonObject)) {
			const wanted = value === '-' ? undefined : resolve(world, names, value);
			if (JSON.stringify(facts[name]) !== JSON.stringify(wanted))
				problems.push(`${key}: ${name} is ${JSON.stringify(facts[name])}, expected ${JSON.stringify(wanted)}`);
		}
	}
	for (const [key, expected] of Object.entries(totals)) problems.push(...totalProblems(world.rows, key, expected));
	return problems;
}

function totalProblems(rows: RowReader, key: string, expected: Expected): readonly string[] {
	const [contestId = '', area = ''] = key.split('|');
	const contest = election.contests.get(contestId);
	if (contest === undefined || !election.areas.has(area)) return [`there is no total ${key}`];
	const total = totalOf(baseline, rows, contest, area);
	return Object.entries(expected).flatMap(([name, value]) => {
		const found = typeof value === 'number' ? countOf(total, name) : figuresOf(contest, total, name, value);
		return JSON.stringify(found) === JSON.stringify(value)
			? []
			: [`${key}: ${name} is ${JSON.stringify(found)}, expected ${JSON.stringify(value)}`];
	});
}

function countOf(total: TotalRow, name: string): number | string {
	return (PLACES as readonly string[]).includes(name) ? countAt(total, name as Place) : 'no such count';
}

/** `verified_votes` and its like: the fields that the history names, in its order. */
function figuresOf(
	contest: Contest,
	total: TotalRow,
	name: string,
	wanted: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
	const list = {
		reported_votes: total.reported,
		verified_votes: total.verified,
		quarantined_votes: total.quarantined,
		inspected_votes: total.inspected,
	}[name];
	const fields = contest.fields.filter(({ counted }) => counted).map(({ id }) => id);
	return Object.fromEntries(Object.keys(wanted).map((id) => [id, list?.[fields.indexOf(id)] ?? -1]));
}
