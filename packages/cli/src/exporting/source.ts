/** A replayed log as what a report is made from: rows without wearing out what the replay keeps at hand, and single statements from the folder. */
import { TILE_WIDTH } from '@matokeo/core/log/limits.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import { base64Decode } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { NistSource } from '@matokeo/portal/nist/report/source.ts';
import { standingOf } from '@matokeo/verifier/check/run.ts';
import { readBundle } from '@matokeo/verifier/jobs/readBundle.ts';
import type { ReplayedLog } from '../checking/replayedLog.ts';

export function nistSource({ run, folder, report }: ReplayedLog): NistSource {
	const { context, rows } = run;
	const { election, baseline } = standingOf(run);
	const root = report.log === undefined ? undefined : base64Decode(report.log.root);
	assert(root !== undefined && report.log?.size === run.size, 'a log that verifies has the root of its checkpoint');
	const head = { size: run.size, root, time: logRow(rows).time };
	return {
		context,
		election,
		baseline,
		rows: { get: rows.peek, indexOf: rows.indexOf, rootAt: rows.rootAt },
		head: () => head,
		note: (index) => noteAt(folder, run.size, index),
	};
}

function noteAt(folder: string, size: number, index: number): Uint8Array | undefined {
	if (index >= size) return undefined;
	const bundle = Math.floor(index / TILE_WIDTH);
	const width = Math.min(TILE_WIDTH, size - bundle * TILE_WIDTH);
	const { bytes, spans } = readBundle(folder, { index: bundle, width });
	const place = 2 * (index - bundle * TILE_WIDTH);
	return bytes.subarray(spans[place], spans[place + 1]);
}
