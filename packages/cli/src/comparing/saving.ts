/** Where a report goes beside the terminal: a CSV file, a page, a signed note. Each is a new file; nothing is written over. */
import { printReportText } from '@matokeo/compare/report/printText.ts';
import type { Report } from '@matokeo/compare/report/report.ts';
import { reportCsv } from '@matokeo/compare/report/reportCsv.ts';
import { type ReportLengths, reportDocument } from '@matokeo/compare/report/reportDocument.ts';
import { printSignedReport, type ReportSettings } from '@matokeo/compare/report/signedReport.ts';
import { type ReportLanguage, reportWords } from '@matokeo/compare/report/words.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { openKeyFile } from '../keys/opened.ts';
import type { SecretSources } from '../keys/passphrase.ts';
import { signingWith } from '../keys/signing.ts';
import { writeNew } from '../newFile.ts';
import { reportPage } from './page.ts';

export interface Saving extends SecretSources {
	readonly csv?: string;
	readonly html?: string;
	readonly language?: ReportLanguage;
	/** A key file; goes with `out`. */
	readonly sign?: string;
	readonly out?: string;
}

/** On a terminal, a screen or two; a page is searched and printed. */
const TEXT: ReportLengths = { largest: 20, areas: 10 };
const PAGE: ReportLengths = { largest: 500, areas: 200 };

export function reportText(report: Report): string {
	return printReportText(reportDocument(reportWords('en'), report, TEXT));
}

/** What was written, in words; the first thing that could not be. */
export async function saveReport(
	suite: Suite,
	report: Report,
	settings: ReportSettings,
	{ csv, html, language = 'en', sign, out, ...secrets }: Saving,
): Promise<Result<readonly string[]>> {
	const said: string[] = [];
	if (csv !== undefined) {
		const written = writeNew(csv, [...reportCsv(report)].join(''));
		if (!written.ok) return err(written.error.replace('--out', '--csv'));
		said.push(`Every difference as a table: ${csv}`);
	}
	if (html !== undefined) {
		const page = reportPage(language, reportDocument(reportWords(language), report, PAGE));
		const written = writeNew(html, page);
		if (!written.ok) return err(written.error.replace('--out', '--html'));
		said.push(`The report as a page: ${html}`);
	}
	if (sign === undefined || out === undefined) return ok(said);
	const key = await openKeyFile(suite, sign, secrets);
	if (!key.ok) return key;
	const written = writeNew(out, printSignedReport(suite, report, settings, key.value, signingWith(key.value)));
	if (!written.ok) return written;
	said.push(
		`Signed by ${key.value.name}: ${out}. Whoever has the two sources checks it: matokeo compare --check ${out} A B`,
	);
	return ok(said);
}
