/**
 * Areas and polling stations as the package's tables. The portal's numbers are the official codes behind a 1 (county, constituency, ward, centre, stream); ids
 * here are those codes. The diaspora and the prisons are units of their own at every level, beside the counties, as on the portal.
 */
import type { Source, Unit } from './source.ts';
import type { StationFigures } from './synthesis.ts';

export const NATION = { id: 'ke', name: 'Kenya' };
export const LEVELS = ['nation', 'county', 'constituency', 'ward'] as const;
/** The two units of county level that are no county. */
export const OWN_UNITS: ReadonlyMap<number, string> = new Map([
	[1048, 'diaspora'],
	[1049, 'prisons'],
]);

/** `county/001`, `constituency/001`, `ward/0001`: each code is unique in Kenya. */
export function areaId(level: string, number: number): string {
	const digits = level === 'ward' ? 4 : 3;
	return OWN_UNITS.get(number) ?? `${level}/${String(number).slice(-digits)}`;
}

/** Lines of `areas.csv`, from the top down, each level by code. */
export function areaRows({ counties, constituencies, wards }: Source): readonly (readonly string[])[] {
	const row = (level: string, above: string) => (unit: Unit) => [
		areaId(level, unit.number),
		level,
		above === 'nation' ? NATION.id : areaId(above, unit.parent),
		unit.name,
	];
	return [
		['id', 'level', 'parent', 'name'],
		[NATION.id, 'nation', '', NATION.name],
		...counties.map(row('county', 'nation')),
		...constituencies.map(row('constituency', 'county')),
		...wards.map(row('ward', 'constituency')),
	];
}

/** Lines of `stations.csv`, by code. */
export function stationRows(stations: readonly StationFigures[]): readonly (readonly string[])[] {
	const rows = stations.map(({ unit, centre, stream, streams, registered }) => [
		stationId(unit),
		areaId('ward', centre.parent),
		centre.name,
		String(registered),
		`${stream} of ${streams}`,
	]);
	return [['id', 'area', 'name', 'registered', 'stream'], ...rows];
}

/** The 15 digits of the station’s code, which the portal has for its name. */
export function stationId({ number, name }: Unit): string {
	if (!/^[0-9]{15}$/.test(name) || `1${name}` !== String(number)) throw new Error(`${name} is not a station’s code`);
	return name;
}
