/**
 * Devices as the record has them (Y9): a kit is known by the key that was enrolled for it and by the station of that key. Where a kit stood, which SIM it had and what it said of its own clock is in no statement: whoever issued it must say.
 */
import type { Context } from '@matokeo/core/rules/context.ts';
import { byCodeUnits } from '@matokeo/core/std/canonical.ts';
import { type Cell, list, MOMENT, members, moment, table } from './cells.ts';
import type { Captured } from './forms.ts';
import type { PackFile } from './packFile.ts';
import type { ScrutinyRecord } from './record.ts';

/** Keys that bring forms of record. */
const KITS = new Set(['presiding-officer', 'receiving-officer']);

export function deviceFiles(
	context: Context,
	record: ScrutinyRecord,
	captures: readonly Captured[],
): readonly PackFile[] {
	const bySigner = Map.groupBy(captures, ({ statement }) => statement.by[0] ?? '');
	const kits = [...record.tables.key].filter(([, { role }]) => KITS.has(role)).sort(([a], [b]) => byCodeUnits(a, b));
	const lines = kits.map(([name, row]): readonly Cell[] => {
		const sent = bySigner.get(name) ?? [];
		const area = row.scope.area ?? context.election.stations.get(row.scope.station ?? '')?.areas['geographic'];
		const routes: Record<string, number> = {};
		for (const { statement } of sent) routes[statement.route] = (routes[statement.route] ?? 0) + 1;
		const elsewhere = sent.filter(({ statement }) => statement.station !== row.scope.station).length;
		const last = sent.at(-1);
		return [
			name,
			row.keyId,
			row.role,
			row.holder,
			row.scope.station,
			area,
			row.from,
			...moment(record.timeOf(row.from)),
			row.until,
			sent.length,
			row.scope.station === undefined ? undefined : elsewhere,
			members(routes),
			...moment(sent[0]?.time),
			...moment(last?.time),
		];
	});
	return [
		{ path: 'devices/kits.csv', content: table(COLUMNS, lines) },
		{ path: 'devices/other-route.csv', content: table(OTHER_COLUMNS, otherRoutes(record, captures)) },
	];
}

const COLUMNS = [
	'key',
	'key_id',
	'office',
	'holder',
	'allocated_station',
	'area',
	'enrolled_index',
	...MOMENT('enrolled'),
	'revoked_index',
	'forms',
	'forms_of_other_stations',
	'routes',
	...MOMENT('first_form'),
	...MOMENT('last_form'),
];
const OTHER_COLUMNS = [
	'index',
	...MOMENT('time'),
	'route',
	'contest',
	'station',
	'signer',
	'signer_station',
	'capture',
];

/** Whatever did not come from the station's own kit: recorded, and normal (R9). */
function* otherRoutes({ tables }: ScrutinyRecord, captures: readonly Captured[]): Generator<readonly Cell[]> {
	for (const { index, time, id, statement } of captures) {
		const { route, contest, station, by } = statement;
		const row = tables.key.get(by[0] ?? '');
		if (row === undefined || !KITS.has(row.role)) continue;
		const own = row.scope.station;
		if (route === 'own-kit' && (own === undefined || own === station)) continue;
		yield [index, ...moment(time), route, contest, station, list(by), own, id];
	}
}
