/**
 * `matokeo compare A B`: lays one count beside another, station by station (K40 to K46). Each is a table of somebody, or a log. Answers 0 when every row is in both with the same figures, 1 when rows differ or
 * are in one only, 2 when the two could not be compared; with `--check`, 0 when the report made again is the signed one and 1 when it is another.
 */
import { LOG_STAGES, type LogStage, type Report } from '@matokeo/compare/report/report.ts';
import { reportJson } from '@matokeo/compare/report/reportJson.ts';
import {
	differencesFrom,
	parseSignedReport,
	type ReportSettings,
	type SignedReport,
} from '@matokeo/compare/report/signedReport.ts';
import { printVerifierKey } from '@matokeo/core/log/keys.ts';
import { NOTE_BYTES_MAX } from '@matokeo/core/log/limits.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { type Asked, openSides } from '../comparing/asked.ts';
import { makeReport } from '../comparing/makeReport.ts';
import { reportText, type Saving, saveReport } from '../comparing/saving.ts';
import { readGiven } from '../given.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';

export interface CompareOptions extends Asked, Saving {
	/** A signed report. */
	readonly check?: string;
}

export async function runCompare(a: string, b: string, out: Output, options: CompareOptions): Promise<number> {
	const fail = (why: string): number => {
		out.stderr(`${why}\n`);
		return COULD_NOT_RUN;
	};
	const wrong = wrongOptions(options);
	if (wrong !== undefined) return fail(wrong);
	const suite = nativeSuite();
	const signed = options.check === undefined ? ok(undefined) : signedIn(options.check);
	if (!signed.ok) return fail(signed.error);
	const asked = signed.value === undefined ? options : asSigned(options, signed.value);
	const sides = await openSides(a, b, asked, out);
	if (!sides.ok) return fail(sides.error);
	const made = await makeReport(suite, sides.value, asked, [a, b]);
	if (!made.ok) return fail(made.error);
	const { report, settings } = made.value;
	if (signed.value !== undefined) return sayCheck(signed.value, report, settings, out, options.json === true);
	out.stdout(options.json === true ? `${JSON.stringify(reportJson(report), null, '\t')}\n` : reportText(report));
	const saved = await saveReport(suite, report, settings, options);
	if (!saved.ok) return fail(saved.error);
	for (const line of saved.value) out.stderr(`${line}\n`);
	return exitCode(report);
}

function wrongOptions({ sign, out, check, csv, html }: CompareOptions): string | undefined {
	if ((sign === undefined) !== (out === undefined))
		return 'A signed report needs both: --sign KEYFILE and --out FILE, a new file.';
	if (check !== undefined && [sign, csv, html].some((one) => one !== undefined))
		return '--check makes the comparison again and says whether it is the same: without --sign, --csv and --html.';
	return undefined;
}

function exitCode({ comparison }: Report): number {
	if (comparison.verdict.comparable === 'no') return COULD_NOT_RUN;
	const { differing, only_in_a, only_in_b } = comparison;
	return differing + only_in_a + only_in_b === 0 ? 0 : 1;
}

function signedIn(path: string): Result<SignedReport> {
	const bytes = readGiven(path, NOTE_BYTES_MAX);
	if (!bytes.ok) return bytes;
	const signed = parseSignedReport(nativeSuite(), bytes.value);
	return signed.ok ? signed : err(`"${path}" is no signed report that holds: ${signed.error}.`);
}

/** The comparison is made as the report says it was, where the caller says nothing else. */
function asSigned(options: CompareOptions, { settings }: SignedReport): CompareOptions {
	const { contest, level } = settings;
	const stage = LOG_STAGES.find((one: LogStage) => one === settings.stage);
	return {
		...(contest === '-' ? {} : { contest }),
		...(level === '-' ? {} : { level }),
		...(stage === undefined ? {} : { stage }),
		...options,
	};
}

function sayCheck(signed: SignedReport, report: Report, settings: ReportSettings, out: Output, json: boolean): number {
	const { a, b } = report.sources;
	const sources = signed.a.digest === a.digest && signed.b.digest === b.digest;
	const differences = [
		...(sources ? mappingDifferences(signed.settings, settings) : []),
		...differencesFrom(nativeSuite(), signed, report),
	];
	const same = differences.length === 0;
	const key = printVerifierKey(signed.key);
	if (json) {
		out.stdout(`${JSON.stringify({ same, differences, signed_by: signed.key.name, key }, null, '\t')}\n`);
		return same ? 0 : 1;
	}
	const who = `Signed by ${signed.key.name}; the signature holds. Whose key that is, the report cannot say: compare it with the one that its owner gives out, or that a log has enrolled.\n  ${key}\n`;
	out.stdout(
		same
			? `The same report: made again from these two sources, every number is the same.\n${who}`
			: `Not the same report:\n${differences.map((one) => `- ${one}\n`).join('')}${who}`,
	);
	return same ? 0 : 1;
}

function mappingDifferences(signed: ReportSettings, made: ReportSettings): readonly string[] {
	return (['mapping_a', 'mapping_b'] as const).flatMap((name) =>
		signed[name] === made[name]
			? []
			: [
					`the report was made with another mapping for ${name === 'mapping_a' ? 'A' : 'B'} (${signed[name]}): ask for it, and give it with --${name.replace('_', '-')}`,
				],
	);
}
