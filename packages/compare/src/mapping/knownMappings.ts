/**
 * Mappings for layouts that commissions and others have published, as files beside this package's source (`mappings/README.md` says what each was checked on). They are found by
 * name, or by a table that has all the columns that they need.
 */
import { assert } from '@matokeo/core/std/result.ts';
import argentina2023Runoff from '../../mappings/argentina-2023-runoff.json' with { type: 'json' };
import bolivia2019 from '../../mappings/bolivia-2019.json' with { type: 'json' };
import brazilBu2022 from '../../mappings/brazil-bu-2022-president.json' with { type: 'json' };
import bulgaria2021Protocols from '../../mappings/bulgaria-2021-protocols.json' with { type: 'json' };
import bulgaria2021Votes from '../../mappings/bulgaria-2021-votes.json' with { type: 'json' };
import indonesia2024 from '../../mappings/indonesia-2024-tps.json' with { type: 'json' };
import kenya2017Portal from '../../mappings/kenya-2017-portal.json' with { type: 'json' };
import kenya2022Crowd from '../../mappings/kenya-2022-crowd.json' with { type: 'json' };
import mexicoPrep2024 from '../../mappings/mexico-prep-2024.json' with { type: 'json' };
import peru2021Onpe from '../../mappings/peru-2021-onpe.json' with { type: 'json' };
import peru2021Runoff from '../../mappings/peru-2021-runoff.json' with { type: 'json' };
import uganda2016 from '../../mappings/uganda-2016.json' with { type: 'json' };
import type { Table } from '../table/table.ts';
import { type Placed, placeColumns } from './columns.ts';
import type { Mapping } from './mapping.ts';
import { parseMapping } from './parseMapping.ts';
import { textAt } from './rows.ts';

const FILES: readonly unknown[] = [
	argentina2023Runoff,
	bolivia2019,
	brazilBu2022,
	bulgaria2021Protocols,
	bulgaria2021Votes,
	indonesia2024,
	kenya2017Portal,
	kenya2022Crowd,
	mexicoPrep2024,
	peru2021Onpe,
	peru2021Runoff,
	uganda2016,
];

let parsed: readonly Mapping[] | undefined;

/** By name, sorted. */
export function knownMappings(): readonly Mapping[] {
	parsed ??= FILES.map((file) => {
		const mapping = parseMapping(JSON.stringify(file));
		assert(mapping.ok, `a mapping of this package is one: ${mapping.ok ? '' : mapping.error.join('; ')}`);
		return mapping.value;
	});
	return parsed;
}

export function knownMapping(name: string): Mapping | undefined {
	return knownMappings().find((mapping) => mapping.name === name);
}

/** Those whose layout the table has: its format, every column that is not optional, and, in a long table, every choice that is not. */
export function fittingMappings(table: Table): readonly Mapping[] {
	return knownMappings().filter((mapping) => {
		if (mapping.table !== undefined && mapping.table.format !== table.layout.format) return false;
		const placed = placeColumns(table, mapping);
		return placed.problems.length === 0 && hasChoices(table, mapping, placed);
	});
}

const ROWS = 4_000;

/** Long tables of one layout differ only in their choices, so that these are what tells them apart. */
function hasChoices(table: Table, mapping: Mapping, placed: Placed): boolean {
	const { choice } = placed;
	if (choice === undefined) return true;
	const there = new Set<string>();
	for (let row = 0; row < Math.min(table.rows, ROWS); row++)
		there.add(choice.columns.map((column) => textAt(table, row, column)).join(mapping.choice?.join ?? ''));
	const needed = mapping.fields.filter(({ kind, optional }) => kind === 'candidate' && !optional);
	return needed.every(({ choices }) => choices.some((one) => there.has(one)));
}
