/**
 * `matokeo tamper DIR [--station N] [--totals]`: what a person with access to the server's disk could do, done openly, to see it found: it moves one vote of one station from one candidate to
 * another, in the database and nowhere else. Only in rehearsals. It writes with SQLite alone, past everything that this system checks, and prints the same as a command for `sqlite3`.
 *
 * Answers 0 when it altered something, 2 when it could not. The log, which nobody can alter unseen, is left alone; that is why this is found.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { chainOf } from '@matokeo/core/election/geography.ts';
import type { Contest, Election } from '@matokeo/core/election/types.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { inEnglish, shown } from '../say/plain.ts';
import { checkFolder, openPackageFolder } from './electionCheck.ts';

export interface TamperOptions {
	readonly station?: string;
	/** Also in the totals of every area above, as somebody careful would. */
	readonly totals?: true;
}

/** As long as the server may hold the database for a large append. Milliseconds. */
const BUSY_MS_MAX = 30_000;

export async function runTamper(dir: string, out: Output, options: TamperOptions = {}): Promise<number> {
	const fail = (why: string): number => {
		out.stderr(`${why}\n`);
		return COULD_NOT_RUN;
	};
	const file = join(dir, 'matokeo.sqlite');
	if (!existsSync(file)) return fail(`There is no database ${file}: name the folder that \`npm run demo\` printed.`);
	const folder = await openPackageFolder(join(dir, 'public', 'package'), out);
	if (folder === undefined) return COULD_NOT_RUN;
	const { election } = checkFolder(nativeSuite(), folder);
	if (election === undefined) return fail('The package has problems: nothing was altered.');
	if (election.mode !== 'rehearsal')
		return fail(`This is a log in mode "${election.mode}": only rehearsals are altered. Nothing was done.`);
	try {
		const db = new DatabaseSync(file, { timeout: BUSY_MS_MAX });
		try {
			const planned = plan(db, election, options);
			if (!planned.ok) return fail(planned.error);
			db.exec(`BEGIN IMMEDIATE;\n${planned.value.sql.join('\n')}\nCOMMIT;`);
			out.stdout(storyOf(dir, file, planned.value));
			return 0;
		} finally {
			db.close();
		}
	} catch (error) {
		return fail(
			`${file} could not be altered: ${error instanceof Error ? error.message : String(error)}. Nothing was changed.`,
		);
	}
}

interface Mark {
	readonly name: string;
	/** In the form's order. */
	readonly place: number;
	/** Among the counted fields, as totals list them. */
	readonly counted: number;
	readonly had: number;
}

interface Alteration {
	readonly sql: readonly string[];
	readonly contest: Contest;
	readonly station: string;
	readonly from: Mark;
	readonly to: Mark;
	readonly areas: readonly string[];
}

function plan(db: DatabaseSync, election: Election, options: TamperOptions): Result<Alteration> {
	const { station: wanted } = options;
	const found = db
		.prepare(
			`SELECT key, json_extract(json, '$.captures[0].accepted.figures') AS figures FROM "return"
			WHERE figures IS NOT NULL AND (? = '' OR station = ?) ORDER BY key LIMIT 1`,
		)
		.get(wanted ?? '', wanted ?? '');
	const { key, figures } = found ?? {};
	if (typeof key !== 'string' || typeof figures !== 'string')
		return err(
			wanted === undefined
				? 'No station has verified figures yet: nothing to alter.'
				: `Station "${wanted}" has no verified figures: check its number, or leave out --station. Nothing was altered.`,
		);
	const [contestId = '', station = ''] = key.split('|');
	const contest = election.contests.get(contestId);
	const marks = contest === undefined ? undefined : twoCandidates(contest, figures);
	if (contest === undefined || marks === undefined)
		return err(`Station "${station}" has no vote to move: name another with --station. Nothing was altered.`);
	const [from, to] = marks;
	const areas = options.totals === true ? areasAbove(election, contest, station) : [];
	const sql = [moved('"return"', '$.captures[0].accepted.figures', from.place, to.place, `key = ${text(key)}`)];
	const above = areas.map((area) => text(`${contest.id}|${area}`)).join(', ');
	if (areas.length > 0) sql.push(moved('area_total', '$.verified', from.counted, to.counted, `key IN (${above})`));
	return ok({ sql, contest, station, from, to, areas });
}

/** The one with most votes, who loses one, and the one with fewest, who gets it: the sums of the form stay right. */
function twoCandidates(contest: Contest, json: string): readonly [Mark, Mark] | undefined {
	const parsed: unknown = JSON.parse(json);
	const figures: readonly unknown[] = Array.isArray(parsed) ? parsed : [];
	const counted = contest.fields.filter((field) => field.counted);
	const rows = contest.fields.flatMap((field, place): readonly Mark[] => {
		const had = figures[place];
		if (!field.candidate || typeof had !== 'number') return [];
		return [{ name: shown(inEnglish(field.label)), place, counted: counted.indexOf(field), had }];
	});
	const [from, ...others] = [...rows].sort((a, b) => b.had - a.had);
	const to = others.at(-1);
	return from === undefined || to === undefined || from.had === 0 ? undefined : [from, to];
}

function areasAbove(election: Election, contest: Contest, station: string): readonly string[] {
	const record = election.stations.get(station);
	return record === undefined ? [] : chainOf(election, contest, record);
}

function moved(table: string, list: string, from: number, to: number, where: string): string {
	const change = (place: number, by: string) => `'${list}[${place}]', json_extract(json, '${list}[${place}]') ${by} 1`;
	return `UPDATE ${table} SET json = json_set(json, ${change(from, '-')}, ${change(to, '+')}) WHERE ${where};`;
}

function text(value: string): string {
	return `'${value.replaceAll("'", "''")}'`;
}

function storyOf(dir: string, file: string, { sql, contest, station, from, to, areas }: Alteration): string {
	const totals =
		areas.length === 0
			? 'The totals were left as they were.'
			: `The verified totals of ${areas.join(', ')} were moved with it.`;
	return `Altered in ${file}, and nowhere else:
  ${contest.id} at station ${station}, verified figures
    ${from.name}: ${from.had} → ${from.had - 1}
    ${to.name}: ${to.had} → ${to.had + 1}
  ${totals}

The same by hand, with sqlite3 (run again, it moves one more):
  sqlite3 ${file} ${quoted(sql.join(' '))}

Who finds it:
  npm run -s matokeo -- fsck ${dir}
      compares the database with the published log, and names the station; the server may run meanwhile
  npm run -s matokeo -- verify ${dir}/public
      what anybody can do: the log is whole; an altered figure is found once it is published
What repairs it, when the server is stopped:
  npm run -s matokeo -- rebuild ${dir}
      makes the database again from the log, to the same bytes
`;
}

/** As one word of a shell. */
function quoted(words: string): string {
	return `"${words.replaceAll(/["$`\\]/g, '\\$&')}"`;
}
