/**
 * The third sentence of the founding story, “another figure from a confidential source”, on the demo: both snapshots of the transmission beside the verified figures of the log, station by station, each
 * difference with where its form stands. The log is replayed once for both.
 */
import { join } from 'node:path';
import { openFile } from '@matokeo/cli/comparing/asked.ts';
import { openLogSide } from '@matokeo/cli/comparing/logSide.ts';
import { makeReport } from '@matokeo/cli/comparing/makeReport.ts';
import type { Output } from '@matokeo/cli/output.ts';
import { reportJson } from '@matokeo/compare/report/reportJson.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { expect, it } from 'vitest';
import { foundIn, OFFICIAL, SNAPSHOTS } from './bolivia.ts';
import { hasShared, sharedPath } from './shared.ts';

/** `demo`: the folder of the whole election, and the digest of its package. */
export function snapshotsOnTheDemo(demo: () => { readonly dir: string; readonly anchor: string }): void {
	it.skipIf(!hasShared(OFFICIAL))(
		'3 “another figure”: differs from the two TREP snapshots as the official count does, with a form for each difference (skipped where ../shared/data is absent)',
		async () => {
			const said: string[] = [];
			const silent: Output = { stdout: () => undefined, stderr: (text) => void said.push(text) };
			const { dir, anchor } = demo();
			const log = await openLogSide(join(dir, 'public'), { anchor, quiet: true }, silent);
			if (!log.ok) throw new Error(log.error);
			for (const expected of SNAPSHOTS) {
				const file = await openFile(sharedPath(expected.file));
				if (!file.ok) throw new Error(file.error);
				const sides = [file.value, { kind: 'log', ...log.value }] as const;
				const made = await makeReport(nativeSuite(), sides, {}, ['snapshot', 'log']);
				if (!made.ok) throw new Error(made.error);
				const { report } = made.value;
				expect(foundIn(reportJson(report), expected.file)).toEqual(expected);
				expect(report.sources.b).toMatchObject({ stage: 'verified', mode: 'rehearsal', anchored: true });
				for (const { key } of report.comparison.stations)
					expect(report.form?.(key)).toEqual({ path: `en/station/${key}.html` });
			}
			expect(said).toEqual([]);
		},
		400_000,
	);
}
