/**
 * Reports of NIST SP 1500-100 on the site (spec/exports.md, E20): one for each contest, areas alone, as JSON and as XML. With every station they would be megabytes anew with each form that comes in; the command makes those. They follow at the pace of the tables (W7).
 */
import type { Contest } from '@matokeo/core/election/types.ts';
import { nistReport } from '../nist/report/report.ts';
import { printNistJson } from '../nist/write/json.ts';
import { printNistXml } from '../nist/write/xml.ts';
import type { RecordReader } from '../record.ts';
import { fileName } from './paths.ts';

export const REPORT_FORMATS = ['json', 'xml'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** From the site's root. */
export function reportPath(contest: string, format: ReportFormat): string {
	return `nist/${fileName(contest)}.${format}`;
}

export function* reportPieces(record: RecordReader, contest: Contest, format: ReportFormat): Generator<string> {
	const report = nistReport(record, { contests: [contest], level: 'summary-contest' });
	yield* format === 'json' ? printNistJson(report) : printNistXml(report);
}
