/**
 * Two opened sides as two counts that can be laid side by side, with what a report says of each. A log gives its own columns, names and areas, and a table beside it is read by these; two tables are read by an
 * election package, or by one another.
 */

import { addUp } from '@matokeo/compare/compare/addUp.ts';
import type { Side } from '@matokeo/compare/comparison.ts';
import type { Count } from '@matokeo/compare/count.ts';
import { areaCount, declaredCount, type LogParts, stationCount } from '@matokeo/compare/log/logCount.ts';
import { withPackageAreas } from '@matokeo/compare/log/packageAreas.ts';
import { knownOfContest } from '@matokeo/compare/mapping/known.ts';
import { printMapping } from '@matokeo/compare/mapping/printMapping.ts';
import type { ReportSource } from '@matokeo/compare/report/report.ts';
import type { Contest } from '@matokeo/core/election/types.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { assert, err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { type About, logParts } from './about.ts';
import type { Asked, FileSide, OpenedSide } from './asked.ts';
import type { LogSide } from './logSide.ts';
import { type FileCount, fileCounts } from './readFiles.ts';

export interface SideCount {
	readonly count: Count;
	readonly source: ReportSource;
	/** SHA-256 of the mapping as it is printed; '-' where there is none. */
	readonly mapping: string;
}

export type Counted = Readonly<Record<Side, SideCount>>;

export function countsOf(
	suite: Suite,
	[a, b]: readonly [OpenedSide, OpenedSide],
	about: About | undefined,
	asked: Asked,
): Result<Counted> {
	const level = wrongLevel(about, asked);
	if (level !== undefined) return err(level);
	const given = (side: OpenedSide, mapping: string | undefined) =>
		side.kind === 'log' ? undefined : { file: side, mapping: mapping ?? asked.mapping };
	const known = about === undefined ? undefined : knownOfContest(about.election, about.contest);
	const files = fileCounts(suite, { a: given(a, asked.mappingA), b: given(b, asked.mappingB) }, known);
	if (!files.ok) return files;
	const one = sideCount(suite, a, files.value.a, about, asked);
	if (!one.ok) return one;
	const other = sideCount(suite, b, files.value.b, about, asked);
	if (!other.ok) return other;
	if (asked.level === undefined || a.kind === 'log' || b.kind === 'log') return ok({ a: one.value, b: other.value });
	const up = atLevel(other.value, asked.level);
	return up.ok ? ok({ a: one.value, b: up.value }) : up;
}

/** Of two tables, B is added up here, and A then to the level of B when they are compared. A row that lies in no area would be lost without a word, so that there may be none. */
function atLevel(side: SideCount, level: string): Result<SideCount> {
	if (side.count.level !== 'station') return ok(side);
	const up = addUp(side.count, { area: level });
	if (up === undefined || up.unplaced > 0)
		return err(
			`${up?.unplaced ?? side.count.keys.length} rows of "${side.source.name}" have codes that the package does not know, and cannot be added up to the level "${level}": compare without --level to see which.`,
		);
	return ok({ ...side, count: up.count });
}

/** One table about a contest. */
export function fileCount(suite: Suite, file: FileSide, about: About, mapping: string | undefined): Result<SideCount> {
	const known = knownOfContest(about.election, about.contest);
	const files = fileCounts(suite, { a: { file, mapping }, b: undefined }, known);
	return files.ok ? sideCount(suite, file, files.value.a, about, {}) : files;
}

function wrongLevel(about: About | undefined, { level }: Asked): string | undefined {
	if (level === undefined) return undefined;
	if (about === undefined)
		return '--level names a level of a log or of an election package: give --package DIR with it.';
	const { levels } = about.contest;
	return levels.includes(level)
		? undefined
		: `The contest "${about.contest.id}" is not totalled at a level "${level}"; its levels are ${levels.join(', ')}.`;
}

function sideCount(
	suite: Suite,
	side: OpenedSide,
	file: FileCount | undefined,
	about: About | undefined,
	asked: Asked,
): Result<SideCount> {
	if (side.kind === 'log') return logCount(suite, side, about, asked);
	assert(file !== undefined, 'a side that is no log was read as a file');
	const { count, source, mapping } = file;
	const placed = about === undefined ? count : withPackageAreas(count, about.election, about.contest);
	return ok({
		count: placed,
		source,
		mapping: mapping === undefined ? '-' : suite.sha256Hex(utf8Encode(printMapping(mapping))),
	});
}

function logCount(suite: Suite, log: LogSide, about: About | undefined, asked: Asked): Result<SideCount> {
	const { standing, given, root, size, anchored } = log;
	const { stage = 'verified' } = asked;
	const { election } = standing;
	const contest = election.contests.get(about?.contest.id ?? '');
	if (contest === undefined)
		return err(
			`The log at ${given} has no contest "${about?.contest.id ?? ''}"; it has ${[...election.contests.keys()].join(', ')}.`,
		);
	const count = stageCount(logParts(suite, log), contest, asked);
	if (!count.ok) return err(`${count.error} (the log at ${given})`);
	const source = { kind: 'log', name: given, digest: root, size, stage, mode: election.mode, anchored } as const;
	return ok({ count: count.value, source, mapping: '-' });
}

function stageCount(parts: LogParts, contest: Contest, { stage = 'verified', level }: Asked): Result<Count> {
	switch (stage) {
		case 'declared': {
			const declared = declaredCount(parts, contest);
			return declared === undefined ? err(`Nothing is declared of the contest "${contest.id}".`) : ok(declared);
		}
		case 'collated':
			return level === undefined
				? err('What is certified stands by area: say of which level with --level.')
				: ok(areaCount(parts, contest, level, stage));
		default:
			return ok(level === undefined ? stationCount(parts, contest, stage) : areaCount(parts, contest, level, stage));
	}
}
