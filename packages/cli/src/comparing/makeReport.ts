/** From two opened sides to a report: which contest, both counts, the comparison, what it would mean for the result, and where forms stand when one side is a log. */
import { compareCounts } from '@matokeo/compare/compare/compareCounts.ts';
import type { Comparison, Side } from '@matokeo/compare/comparison.ts';
import { effectOf } from '@matokeo/compare/effect/effectOf.ts';
import { type EffectLaw, lawOf } from '@matokeo/compare/effect/law.ts';
import type { FormPlace, Report, ReportContest } from '@matokeo/compare/report/report.ts';
import type { ReportSettings } from '@matokeo/compare/report/signedReport.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import { baselineOf } from '@matokeo/core/standings/baseline.ts';
import { ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { pagePath } from '@matokeo/portal/site/paths.ts';
import { isUrl } from '../verbs/verifyUrl.ts';
import { type About, aboutOf, logParts } from './about.ts';
import type { Asked, OpenedSide } from './asked.ts';
import { countsOf } from './counts.ts';

export interface Made {
	readonly report: Report;
	readonly settings: ReportSettings;
}

/** `given`: the two words of the command line. */
export async function makeReport(
	suite: Suite,
	sides: readonly [OpenedSide, OpenedSide],
	asked: Asked,
	given: readonly [string, string],
): Promise<Result<Made>> {
	const about = await aboutOf(suite, sides, asked);
	if (!about.ok) return about;
	const counted = countsOf(suite, sides, about.value, asked);
	if (!counted.ok) return counted;
	const { a, b } = counted.value;
	const base: Side = sides[0].kind === 'log' && sides[1].kind !== 'log' ? 'a' : 'b';
	const comparison = compareCounts(a.count, b.count, { base });
	const effect = effectOf(
		a.count,
		b.count,
		{ base },
		about.value === undefined ? undefined : lawFor(suite, sides, about.value),
	);
	const form = formPlaces(sides[base === 'a' ? 0 : 1], about.value, comparison);
	return ok({
		report: {
			comparison,
			effect,
			sources: { a: a.source, b: b.source },
			...(about.value === undefined ? {} : { contest: contestOf(about.value) }),
			command: commandOf(given, asked),
			...(form === undefined ? {} : { form }),
		},
		settings: {
			contest: about.value?.contest.id ?? '-',
			stage: asked.stage ?? 'verified',
			level: asked.level ?? '-',
			mapping_a: a.mapping,
			mapping_b: b.mapping,
		},
	});
}

/** The rule as the log has it, with who stands; of a package alone as it was before polling, when nothing is hidden from whoever has it. */
function lawFor(suite: Suite, sides: readonly OpenedSide[], { election, contest }: About): EffectLaw {
	const log = sides.find((side) => side.kind === 'log' && side.standing.election === election);
	if (log?.kind === 'log') return lawOf(logParts(suite, log), contest);
	const rows: RowReader = { get: () => undefined, indexOf: () => undefined, rootAt: () => undefined };
	return {
		...lawOf({ context: contextOf(suite, election), baseline: baselineOf(election), rows }, contest),
		hidden: false,
	};
}

function contestOf({ contest: { id, title, fields } }: About): ReportContest {
	const labels = fields.filter(({ candidate }) => !candidate).map(({ id: field, label }) => [field, label] as const);
	return { id, title, labels: new Map(labels) };
}

/** The page of a station or an area on the site of the log; an address where the log was given by one. */
function formPlaces(
	side: OpenedSide,
	about: About | undefined,
	{ level }: Comparison,
): ((key: string) => FormPlace | undefined) | undefined {
	if (side.kind !== 'log' || about === undefined || level === 'whole') return undefined;
	const { election, contest } = about;
	return (key) => {
		const known = level === 'station' ? election.stations.has(key) : election.areas.has(key);
		if (!known) return undefined;
		const path = pagePath(
			'en',
			level === 'station' ? { page: 'station', station: key } : { page: 'area', contest: contest.id, area: key },
		);
		if (!isUrl(side.given)) return { path };
		const { href } = new URL(path, side.given.endsWith('/') ? side.given : `${side.given}/`);
		return { path: href, href };
	};
}

const OPTIONS = [
	['contest', '--contest'],
	['stage', '--stage'],
	['level', '--level'],
	['package', '--package'],
	['mapping', '--mapping'],
	['mappingA', '--mapping-a'],
	['mappingB', '--mapping-b'],
	['anchor', '--anchor'],
	['anchorA', '--anchor-a'],
	['anchorB', '--anchor-b'],
] as const;

function commandOf(given: readonly [string, string], asked: Asked): string {
	const options = OPTIONS.flatMap(([name, option]) => {
		const value = asked[name];
		return value === undefined ? [] : [option, value];
	});
	return ['matokeo', 'compare', ...given, ...options].map(quoted).join(' ');
}

/** As a shell takes it. */
function quoted(word: string): string {
	return /^[A-Za-z0-9_./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
