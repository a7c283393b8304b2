/**
 * Areas and polling tables as the package's tables. Names repeat (84 department names for 86 departments, a Santa Cruz in two countries), so an area's id is the path of its names in plain letters;
 * two paths that would give one id, or an id beyond 64 signs, stop or get a digest of the path, so that ids are unique by construction.
 */
import { createHash } from 'node:crypto';
import type { Table } from './source.ts';

export const NATION = { id: 'bo', name: 'Bolivia y exterior' };
const ID_MAX = 64;

/** Letters without accents (ñ becomes n), everything else one hyphen. */
function plain(name: string): string {
	const letters = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
	return letters.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
}

export function areaId(path: readonly string[]): string {
	const id = path.map(plain).join('/');
	if (id.length <= ID_MAX) return id;
	const digest = createHash('sha256').update(path.join('\n')).digest('hex').slice(0, 8);
	return `${id.slice(0, ID_MAX - 9).replace(/[-/]+$/, '')}-${digest}`;
}

function pathOf({ country, department, province, municipality }: Table): readonly string[] {
	return [country, department, province, municipality];
}

export const LEVELS = ['nation', 'country', 'department', 'province', 'municipality'] as const;

/** Lines of `areas.csv`, an area before those inside it, otherwise in the order of their ids. */
export function areaRows(tables: readonly Table[]): readonly (readonly string[])[] {
	const rows = new Map<string, { readonly row: readonly string[]; readonly path: string }>();
	for (const table of tables)
		for (let depth = 1; depth <= 4; depth++) {
			const path = pathOf(table).slice(0, depth);
			const id = areaId(path);
			const parent = depth === 1 ? NATION.id : areaId(path.slice(0, -1));
			const known = rows.get(id);
			if (known !== undefined && known.path !== path.join('\n'))
				throw new Error(`two areas would have the id ${id}: ${known.path} and ${path.join('\n')}`);
			rows.set(id, { row: [id, LEVELS[depth] ?? '', parent, path.at(-1) ?? ''], path: path.join('\n') });
		}
	const sorted = [...rows.values()].map(({ row }) => row).sort(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0));
	return [['id', 'level', 'parent', 'name'], [NATION.id, 'nation', '', NATION.name], ...sorted];
}

/** Lines of `stations.csv`, by number: the official count's places and registers. */
export function stationRows(tables: readonly Table[]): readonly (readonly string[])[] {
	const rows = tables.map((table) => [
		table.id,
		areaId(pathOf(table)),
		table.precinct,
		String(table.figures[0]),
		table.locality,
		table.zone,
	]);
	return [['id', 'area', 'name', 'registered', 'locality', 'place'], ...rows];
}
