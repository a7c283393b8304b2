/**
 * Two opened sides as two counts that can be laid side by side, with what a report says of each. A log gives its own columns, names and areas, and a table beside it is read by these; two tables are read by an
 * election package, or by one another.
 */

import { addUp } from '@matokeo/compare/compare/addUp.ts';
import type { Side } from '@matokeo/compare/comparison.ts';
import type { Count } from '@matokeo/compare/count.ts';
import { areaCount, declaredCount, type LogParts, stationCount } from '@matokeo/compare/log/logCount.ts';
import { withPackageAreas } from '@matokeo/compare/log/packageAreas.ts';
import { applyMapping } from '@matokeo/compare/mapping/applyMapping.ts';
import { type Known, knownOfContest, knownOfCount } from '@matokeo/compare/mapping/known.ts';
import type { Mapping } from '@matokeo/compare/mapping/mapping.ts';
import { printMapping } from '@matokeo/compare/mapping/printMapping.ts';
import { proposeMapping } from '@matokeo/compare/mapping/propose.ts';
import { proposePair } from '@matokeo/compare/mapping/proposePair.ts';
import type { ReportSource } from '@matokeo/compare/report/report.ts';
import type { Table } from '@matokeo/compare/table/table.ts';
import type { Contest } from '@matokeo/core/election/types.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { type About, logParts } from './about.ts';
import type { Asked, FileSide, OpenedSide } from './asked.ts';
import type { LogSide } from './logSide.ts';
import { givenMapping } from './mappingGiven.ts';
import { countOfTable, sureMapping, tableOf } from './tableSide.ts';

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
	const files = readFiles(suite, a, b, asked);
	if (!files.ok) return files;
	const mapped = mappingsFor(files.value, about);
	if (!mapped.ok) return mapped;
	const one = sideCount(suite, a, mapped.value.a, about, asked);
	if (!one.ok) return one;
	const other = sideCount(suite, b, mapped.value.b, about, asked);
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
	const read = readFile(suite, file, mapping);
	if (!read.ok) return read;
	const mapped = mappingsFor({ a: read.value, b: undefined }, about);
	return mapped.ok ? sideCount(suite, file, mapped.value.a, about, {}) : mapped;
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

interface ReadFile {
	readonly file: FileSide;
	readonly table: Table;
	readonly mapping: Mapping | undefined;
}

type Files = Readonly<Record<Side, ReadFile | undefined>>;

function readFiles(suite: Suite, a: OpenedSide, b: OpenedSide, asked: Asked): Result<Files> {
	const one = readFile(suite, a, asked.mappingA ?? asked.mapping);
	if (!one.ok) return one;
	const other = readFile(suite, b, asked.mappingB ?? asked.mapping);
	return other.ok ? ok({ a: one.value, b: other.value }) : other;
}

function readFile(suite: Suite, side: OpenedSide, named: string | undefined): Result<ReadFile | undefined> {
	if (side.kind === 'log') return ok(undefined);
	const mapping = named === undefined ? ok(undefined) : givenMapping(named);
	if (!mapping.ok) return mapping;
	const table = tableOf(suite, side, mapping.value);
	return table.ok ? ok({ file: side, table: table.value, mapping: mapping.value }) : table;
}

type Mapped = Readonly<Record<Side, { readonly read: ReadFile; readonly mapping: Mapping } | undefined>>;

function mappingsFor({ a, b }: Files, about: About | undefined): Result<Mapped> {
	const alone = a?.mapping === undefined && b?.mapping === undefined && about === undefined;
	const pair = alone && a !== undefined && b !== undefined ? proposePair(a.table, b.table) : undefined;
	const known = about === undefined ? knownOfMapped(a, b) : knownOfContest(about.election, about.contest);
	const found = (read: ReadFile | undefined, side: Side): Result<Mapped[Side]> => {
		if (read === undefined) return ok(undefined);
		if (read.mapping !== undefined) return ok({ read, mapping: read.mapping });
		const proposal = pair?.[side] ?? proposeMapping(read.table, known);
		const mapping = sureMapping(proposal, read.file, `--mapping-${side}`);
		return mapping.ok ? ok({ read, mapping: mapping.value }) : mapping;
	};
	const one = found(a, 'a');
	if (!one.ok) return one;
	const other = found(b, 'b');
	return other.ok ? ok({ a: one.value, b: other.value }) : other;
}

/** Of two tables without a package, the one whose mapping was given tells what the other is about. */
function knownOfMapped(a: ReadFile | undefined, b: ReadFile | undefined): Known | undefined {
	for (const read of [a, b]) {
		if (read?.mapping === undefined) continue;
		const applied = applyMapping(read.table, read.mapping);
		if (applied.ok) return knownOfCount(applied.value.count);
	}
	return undefined;
}

function sideCount(
	suite: Suite,
	side: OpenedSide,
	mapped: Mapped[Side],
	about: About | undefined,
	asked: Asked,
): Result<SideCount> {
	if (side.kind === 'log') return logCount(suite, side, about, asked);
	if (mapped === undefined) return err(`"${side.name}" has no mapping.`);
	const made = countOfTable(side, mapped.read.table, mapped.mapping);
	if (!made.ok) return made;
	const { count, source } = made.value;
	const placed = about === undefined ? count : withPackageAreas(count, about.election, about.contest);
	return ok({
		count: placed,
		source,
		mapping: suite.sha256Hex(utf8Encode(printMapping(mapped.mapping))),
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
