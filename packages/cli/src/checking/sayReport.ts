/** The answer of a verification, of a folder or of what was fetched: text or JSON, and the exit code that goes with it (V3). */
import type { Result } from '@matokeo/core/std/result.ts';
import type { Report } from '@matokeo/verifier/report/report.ts';
import { reportText } from '@matokeo/verifier/report/text.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';

export function sayReport(report: Result<Report>, out: Output, json: boolean): number {
	if (!report.ok) {
		out.stderr(`${report.error}\n`);
		return COULD_NOT_RUN;
	}
	out.stdout(json ? `${JSON.stringify(report.value, null, '\t')}\n` : reportText(report.value));
	return report.value.verdict === 'failed' ? 1 : 0;
}
