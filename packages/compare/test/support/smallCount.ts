/** Counts for tests: from small tables written out, and from tables of real elections where these lie beside the repository. */
import type { CompareOptions } from '@matokeo/compare/comparison.ts';
import type { Count, CountAreas, CountField } from '@matokeo/compare/count.ts';

/** A row: its key and its numbers by field; `null`: the source gives none. */
export type SmallRow = readonly [string, ...(number | null)[]];

export interface SmallCount {
	readonly title?: string;
	readonly level?: Count['level'];
	/** `mas`, `total:valid`, `other:blank`: kind (a candidate unless given) and id. */
	readonly fields: readonly string[];
	readonly rows: readonly SmallRow[];
	/** Level → row by row, the name of the area; '': none. `ids`: the package's ids by name. */
	readonly areas?: Readonly<Record<string, readonly string[]>>;
	readonly ids?: Readonly<Record<string, string>>;
	readonly absent?: Readonly<Record<string, string>>;
	/** `key field` → what stood there. */
	readonly texts?: Readonly<Record<string, string>>;
	readonly options?: CompareOptions;
}

export function smallCount(small: SmallCount): Count {
	const fields = small.fields.map(fieldOf);
	const values = small.rows.flatMap(([, ...numbers]) => numbers.map((number) => number ?? Number.NaN));
	const keys = small.rows.map(([key]) => key);
	const texts = Object.entries(small.texts ?? {}).map(([at, text]): readonly [number, string] => {
		const [key = '', field = ''] = at.split(' ');
		return [keys.indexOf(key) * fields.length + fields.findIndex(({ id }) => id === field), text];
	});
	return {
		title: small.title ?? 'small',
		level: small.level ?? 'station',
		fields,
		keys,
		values: Float64Array.from(values),
		texts: new Map(texts),
		lines: Uint32Array.from(keys, (_, row) => row + 2),
		areas: Object.entries(small.areas ?? {}).map(([level, names]) => areasOf(level, names, small.ids)),
		...(small.absent === undefined ? {} : { absent: new Map(Object.entries(small.absent)) }),
		leftOut: [],
		filtered: 0,
		source: { digest: '0'.repeat(64) },
	};
}

function fieldOf(word: string): CountField {
	const [kind, id] = word.includes(':') ? word.split(':') : ['candidate', word];
	if (kind !== 'candidate' && kind !== 'total' && kind !== 'other') throw new Error(`no kind of field: ${word}`);
	return { id: id ?? '', name: id ?? '', kind };
}

export function areasOf(level: string, names: readonly string[], ids?: Readonly<Record<string, string>>): CountAreas {
	const values = [...new Set(names)].filter((name) => name !== '');
	const place = new Map(values.map((name, at) => [name, at]));
	const of = Int32Array.from(names, (name) => place.get(name) ?? -1);
	return {
		level,
		name: level,
		values,
		of,
		...(ids === undefined ? {} : { ids: values.map((name) => ids[name] ?? '') }),
	};
}
