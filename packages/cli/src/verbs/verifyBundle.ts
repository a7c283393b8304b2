/** `matokeo verify --bundle FILE|FOLDER [--anchor DIGEST] [--json]`: looks at an evidence bundle that somebody has handed over (B30–B41), packed or unpacked. Answers 0 when nothing fails, 1 when something does, 2 when it is no bundle at all. */
import { openBundle } from '@matokeo/verifier/bundle/open.ts';
import { bundleText } from '@matokeo/verifier/bundle/text.ts';
import { verifyBundle } from '@matokeo/verifier/bundle/verifyBundle.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { inWords } from '../given.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';

export function runVerifyBundle(
	path: string,
	out: Output,
	{ anchor, json }: { readonly anchor?: string; readonly json?: true },
): number {
	const fail = (why: string): number => {
		out.stderr(`${why}\n`);
		return COULD_NOT_RUN;
	};
	try {
		const files = openBundle(path);
		if (!files.ok) return fail(`"${path}" cannot be opened as a bundle: ${files.error}. Nothing of it was unpacked.`);
		try {
			const report = verifyBundle(nativeSuite(), files.value, anchor === undefined ? {} : { anchor });
			if (!report.ok) return fail(`"${path}" is no bundle: ${report.error}.`);
			out.stdout(json === true ? `${JSON.stringify(report.value, undefined, '\t')}\n` : bundleText(report.value));
			return report.value.verdict === 'failed' ? 1 : 0;
		} finally {
			files.value.close();
		}
	} catch (error) {
		if (error instanceof Error && 'code' in error) return fail(`"${path}" cannot be read: ${inWords(error)}.`);
		throw error;
	}
}
