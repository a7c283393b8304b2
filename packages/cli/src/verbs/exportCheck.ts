/**
 * `matokeo export --check FILE`: whether a report of NIST SP 1500-100 v2 in JSON, ours or anybody's, says something that contradicts itself (spec/exports.md, X1–X15). Answers 0 when nothing is found, 1 when something is, 2 when the file cannot be read.
 */
import { grouped, plural } from '@matokeo/core/result/describe.ts';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { checkNist } from '@matokeo/portal/nist/check/checkNist.ts';
import type { NistChecked } from '@matokeo/portal/nist/check/findings.ts';
import { readGiven } from '../given.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';

/** A text of JavaScript is at most some 512 MiB. */
const REPORT_BYTES_MAX = 500_000_000;

export function runExportCheck(path: string, out: Output, { json }: { readonly json?: true }): number {
	const read = readJson(path);
	if (!read.ok) {
		out.stderr(`${read.error}\n`);
		return COULD_NOT_RUN;
	}
	const checked = checkNist(read.value);
	out.stdout(json === true ? `${JSON.stringify(checked, undefined, '\t')}\n` : story(path, checked));
	return checked.count === 0 ? 0 : 1;
}

function readJson(path: string): Result<unknown> {
	const bytes = readGiven(path, REPORT_BYTES_MAX);
	if (!bytes.ok) return bytes;
	const text = utf8Decode(bytes.value);
	if (text === undefined) return err(`"${path}" is not UTF-8: save it as UTF-8.`);
	if (/^\s*</.test(text.slice(0, 100)))
		return err(`"${path}" looks like XML: what is checked here is the same report as JSON.`);
	try {
		const value: unknown = JSON.parse(text);
		return ok(value);
	} catch (error) {
		return err(`"${path}" is no JSON: ${error instanceof Error ? error.message : String(error)}.`);
	}
}

function story(path: string, { findings, count, looked }: NistChecked): string {
	const at = `${plural(looked.units, 'unit', 'units')}, ${plural(looked.elections, 'election', 'elections')}, ${plural(looked.contests, 'contest', 'contests')}, ${plural(looked.counts, 'count', 'counts')}`;
	if (count === 0)
		return `${path}: nothing contradicts itself (${at}). Spelling and order are for the schemas of NIST to say; whether the figures are true is not in the file.\n`;
	const lines = findings.map(
		({ rule, at: place, means }) => `  ${rule} ${place === '' ? 'the report' : place}: ${means}\n`,
	);
	const more = count > findings.length ? `  and ${grouped(count - findings.length)} more of the same kinds\n` : '';
	return `${path}: ${plural(count, 'thing', 'things')} to mend (${at}).\n${lines.join('')}${more}The rules are in spec/exports.md.\n`;
}
