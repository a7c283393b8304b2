/**
 * `matokeo export nist FOLDER|URL --out FILE`: an election results report of NIST SP 1500-100 v2, as JSON or XML, from a log that is verified first. Answers 0 when the file is written, 1 when the log does not verify, 2 when it could not run.
 */

import { existsSync } from 'node:fs';
import type { Contest, Election } from '@matokeo/core/election/types.ts';
import { grouped, plural } from '@matokeo/core/result/describe.ts';
import { areasOf } from '@matokeo/core/standings/resultInput.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { nistReport } from '@matokeo/portal/nist/report/report.ts';
import type { NistLevel, NistOptions, NistStage } from '@matokeo/portal/nist/report/source.ts';
import { printNistJson } from '@matokeo/portal/nist/write/json.ts';
import { printNistXml } from '@matokeo/portal/nist/write/xml.ts';
import { type NoReplay, type ReplayedLog, replayLog } from '../checking/replayedLog.ts';
import { nistSource } from '../exporting/source.ts';
import { writePieces } from '../exporting/writePieces.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';

export interface ExportNistOptions {
	readonly out: string;
	readonly format: 'json' | 'xml';
	readonly level: NistLevel;
	readonly stage: NistStage;
	/** Ids; all contests unless some are named. */
	readonly contest?: readonly string[];
	/** Id of an area. */
	readonly area?: string;
	readonly anchor?: string;
	readonly anyHost?: boolean;
	readonly json?: true;
}

interface Written {
	readonly bytes: number;
	readonly size: number;
	readonly root: string;
	readonly anchored: boolean;
	readonly contests: readonly string[];
}

export async function runExportNist(from: string, out: Output, options: ExportNistOptions): Promise<number> {
	// Before an hour of replaying, not after it.
	if (existsSync(options.out)) {
		out.stderr(`"${options.out}" is there already, and nothing is written over: name another file with --out.\n`);
		return COULD_NOT_RUN;
	}
	const { anchor, anyHost, json } = options;
	const asked = {
		...(anchor === undefined ? {} : { anchor }),
		...(anyHost === undefined ? {} : { anyHost }),
		quiet: json === true,
	};
	const written = await replayLog(from, asked, out, (log) => write(log, options));
	if (!written.ok) {
		out.stderr(`${written.error.why} Nothing was written.\n`);
		return written.error.kind === 'failed' ? 1 : COULD_NOT_RUN;
	}
	const { bytes, size, root, anchored, contests } = written.value;
	if (json === true)
		out.stdout(`${JSON.stringify({ file: options.out, bytes, size, root, anchored, contests }, undefined, '\t')}\n`);
	else out.stdout(story(options, written.value));
	return 0;
}

function write(log: ReplayedLog, options: ExportNistOptions): Result<Written, NoReplay> {
	const source = nistSource(log);
	const asked = askedOf(source.election, options);
	if (!asked.ok) return err({ kind: 'trouble', why: asked.error });
	const report = nistReport(source, asked.value);
	const written = writePieces(options.out, options.format === 'json' ? printNistJson(report) : printNistXml(report));
	if (!written.ok) return err({ kind: 'trouble', why: written.error });
	const { report: found } = log;
	return ok({
		bytes: written.value,
		size: log.run.size,
		root: found.log?.root ?? '',
		anchored: found.anchored,
		contests: asked.value.contests.map(({ id }) => id),
	});
}

function askedOf(election: Election, { contest: ids, area, level, stage }: ExportNistOptions): Result<NistOptions> {
	const all = [...election.contests.values()];
	const unknown = (ids ?? []).find((id) => !election.contests.has(id));
	if (unknown !== undefined)
		return err(`There is no contest "${unknown}" in the package: it has ${all.map(({ id }) => id).join(', ')}.`);
	const contests = ids === undefined ? all : all.filter(({ id }) => ids.includes(id));
	const within = area === undefined ? undefined : areaOf(election, contests, area, ids !== undefined);
	if (within?.ok === false) return within;
	return ok({ contests: within?.value ?? contests, level, stage, ...(area === undefined ? {} : { area }) });
}

/** The contests that have the area among their totals. */
function areaOf(
	election: Election,
	contests: readonly Contest[],
	area: string,
	named: boolean,
): Result<readonly Contest[]> {
	if (!election.areas.has(area)) return err(`There is no area "${area}" in the package: check its id.`);
	const counted = contests.filter((contest) => areasOf(election, contest).some(({ id }) => id === area));
	const [missing] = contests.filter((contest) => !counted.includes(contest));
	if (counted.length === 0 || (named && missing !== undefined))
		return err(
			`The area "${area}" has no total of ${missing?.id ?? 'any contest'}: name an area of a level at which it is totalled.`,
		);
	return ok(counted);
}

function story(
	{ out: file, format, level, stage }: ExportNistOptions,
	{ bytes, size, root, anchored, contests }: Written,
): string {
	const sure = anchored
		? 'verified against the digest that you brought'
		: 'consistent in itself; bring --anchor DIGEST, published before polling, to know that it is the right election';
	return (
		`Wrote ${file}: ${grouped(bytes)} bytes of ${format.toUpperCase()}, ${level}, stage ${stage}, ${plural(contests.length, 'contest', 'contests')} (${contests.join(', ')}).\n` +
		`  from ${plural(size, 'statement', 'statements')}, root ${root}: ${sure}\n` +
		'  images were not looked at: `matokeo verify` does\n'
	);
}
