/**
 * Accounts by role, and the register of keys (Y9): every key that ever could speak in the log, of the package or enrolled, also those that were revoked, with what each has signed. There are no passwords and no accounts beside these: whoever
 * acts, acts with a key. Holders are pseudonyms; who they are, the authority knows.
 */
import type { Scope } from '@matokeo/core/record/statement.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { byCodeUnits } from '@matokeo/core/std/canonical.ts';
import { type Cell, list, MOMENT, members, moment, table } from './cells.ts';
import type { PackFile } from './packFile.ts';
import type { SaidAt, ScrutinyRecord } from './record.ts';

interface Used {
	readonly types: Record<string, number>;
	last: number;
}

export interface AccountBook {
	readonly visit: (said: SaidAt) => void;
	readonly files: (record: ScrutinyRecord) => readonly PackFile[];
}

interface Account {
	readonly name: string;
	readonly office: string;
	readonly holder: string;
	readonly scope: Scope;
	readonly key: string;
	readonly keyId: string;
	/** Absent: of the package. */
	readonly from?: number;
	readonly until?: number;
}

export function accountBook(context: Context): AccountBook {
	const used = new Map<string, Used>();
	const enrolled = new Map<string, readonly string[]>();
	const revoked = new Map<string, { readonly by: readonly string[]; readonly reason: string }>();

	const visit = ({ index, statement }: SaidAt): void => {
		for (const name of statement.by) {
			const known = used.get(name) ?? { types: {}, last: index };
			known.types[statement.type] = (known.types[statement.type] ?? 0) + 1;
			known.last = index;
			used.set(name, known);
		}
		if (statement.type === 'key/enrol') for (const { name } of statement.keys) enrolled.set(name, statement.by);
		if (statement.type === 'key/revoke') revoked.set(statement.key, { by: statement.by, reason: statement.reason });
	};

	const files = (record: ScrutinyRecord): readonly PackFile[] => {
		const all = accountsIn(context, record);
		const enrolledBy = (name: string): readonly string[] => enrolled.get(name) ?? [];
		const line = ({ name, office, holder, scope, from, until }: Account): readonly Cell[] => [
			name,
			office,
			holder,
			...scopeCells(scope),
			from === undefined ? 'package' : 'enrolled',
			from,
			...moment(from === undefined ? undefined : record.timeOf(from)),
			list(enrolledBy(name)),
			until,
			...moment(until === undefined ? undefined : record.timeOf(until)),
			list(revoked.get(name)?.by ?? []),
			revoked.get(name)?.reason,
			total(used.get(name)),
			used.get(name)?.last,
			...moment(lastTime(record, used.get(name))),
			members(used.get(name)?.types ?? {}),
		];
		const json = all.map((one) => {
			const use = used.get(one.name);
			return {
				...one,
				source: one.from === undefined ? 'package' : 'enrolled',
				enrolled_by: enrolledBy(one.name),
				...(revoked.has(one.name) ? { revoked: revoked.get(one.name) } : {}),
				statements: use?.types ?? {},
				...(use === undefined ? {} : { last: { index: use.last, time: record.timeOf(use.last) } }),
			};
		});
		return [
			{ path: 'accounts/accounts.csv', content: table(COLUMNS, all.map(line)) },
			{ path: 'accounts/accounts.json', content: jsonLines(json) },
			{ path: 'accounts/by-role.csv', content: table(ROLE_COLUMNS, byRole(all, used)) },
			{ path: 'accounts/keys.csv', content: table(KEY_COLUMNS, all.map(keyLine)) },
		];
	};
	return { visit, files };
}

const COLUMNS = [
	'name',
	'office',
	'holder',
	'area',
	'contest',
	'party',
	'station',
	'source',
	'enrolled_index',
	...MOMENT('enrolled'),
	'enrolled_by',
	'revoked_index',
	...MOMENT('revoked'),
	'revoked_by',
	'revoked_reason',
	'statements',
	'last_index',
	...MOMENT('last'),
	'statements_by_type',
];
const ROLE_COLUMNS = ['office', 'accounts', 'in_force', 'revoked', 'holders', 'that_signed', 'statements'];
const KEY_COLUMNS = ['name', 'key_id', 'algorithm', 'public_key_hex', 'from_index', 'until_index'];

function accountsIn({ packageKeys }: Context, { tables }: ScrutinyRecord): readonly Account[] {
	const own = [...packageKeys.values()].map(({ name, office, holder, scope, key, keyId }) => {
		return { name, office, holder, scope, key, keyId };
	});
	const others = [...tables.key].map(([name, { role, holder, scope, key, keyId, from, until }]) => {
		return { name, office: role, holder, scope, key, keyId, from, ...(until === undefined ? {} : { until }) };
	});
	return [...own, ...others].sort((a, b) => byCodeUnits(a.name, b.name));
}

function byRole(all: readonly Account[], used: ReadonlyMap<string, Used>): readonly (readonly Cell[])[] {
	const offices = Map.groupBy(all, ({ office }) => office);
	return [...offices]
		.sort(([a], [b]) => byCodeUnits(a, b))
		.map(([office, accounts]) => {
			const revoked = accounts.filter(({ until }) => until !== undefined).length;
			const holders = new Set(accounts.map(({ holder }) => holder)).size;
			const signed = accounts.filter(({ name }) => used.has(name)).length;
			const statements = accounts.reduce((sum, { name }) => sum + (total(used.get(name)) ?? 0), 0);
			return [office, accounts.length, accounts.length - revoked, revoked, holders, signed, statements];
		});
}

function keyLine({ name, key, keyId, from, until }: Account): readonly Cell[] {
	return [name, keyId, 'Ed25519', key, from, until];
}

function scopeCells({ area, contest, party, station }: Scope): readonly Cell[] {
	return [area, contest, party, station];
}

function total(used: Used | undefined): number | undefined {
	return used === undefined ? undefined : Object.values(used.types).reduce((sum, count) => sum + count, 0);
}

function lastTime(record: ScrutinyRecord, used: Used | undefined): number | undefined {
	return used === undefined ? undefined : record.timeOf(used.last);
}

/** A list with one member to a line, so that a person can read it and a tool compare it. */
export function* jsonLines(items: Iterable<object>): Generator<string> {
	let before = '[\n';
	for (const item of items) {
		yield `${before}\t${JSON.stringify(item)}`;
		before = ',\n';
	}
	yield before === '[\n' ? '[]\n' : '\n]\n';
}
