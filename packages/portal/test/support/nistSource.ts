/** A log of the tests as what a report is made from; and a report written and read again as whoever receives it does. */
import { rootOf } from '@matokeo/core/log/merkle.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import { portableSuite } from '@matokeo/core/std/portable.ts';
import { baseline, context, type World } from '@matokeo/core/testing/rules/world.ts';
import { nistReport } from '../../src/nist/report/report.ts';
import type { NistLevel, NistOptions, NistSource } from '../../src/nist/report/source.ts';
import { printNistJson } from '../../src/nist/write/json.ts';
import { printNistXml } from '../../src/nist/write/xml.ts';

export function sourceOf({ rows, setting = { context, baseline } }: World): NistSource {
	const size = rows.size();
	const head = { size, root: rows.rootAt(size) ?? rootOf(portableSuite, []), time: logRow(rows).time };
	return {
		context: setting.context,
		election: setting.context.election,
		baseline: setting.baseline,
		rows,
		head: () => head,
		note: (index) => rows.notes()[index],
	};
}

/** With all contests unless others are named. */
export function written(
	source: NistSource,
	options: Partial<NistOptions> = {},
): { readonly json: string; readonly xml: string } {
	const contests = [...source.election.contests.values()];
	const level: NistLevel = 'precinct-level';
	const report = nistReport(source, { contests, level, ...options });
	return { json: [...printNistJson(report)].join(''), xml: [...printNistXml(report)].join('') };
}
