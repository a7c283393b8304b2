/**
 * Strangers' tables as counts: each read, then taken through a mapping that somebody gave or that was found and is sure. Where it is not sure nothing is guessed: what is in doubt is said, and how to write it
 * down.
 */
import type { Count } from '@matokeo/compare/count.ts';
import { applyMapping } from '@matokeo/compare/mapping/applyMapping.ts';
import { aliasesOf, type ColumnName, type Mapping } from '@matokeo/compare/mapping/mapping.ts';
import { isSure, type Proposal } from '@matokeo/compare/mapping/proposal.ts';
import type { FileSource, TakenColumn } from '@matokeo/compare/report/report.ts';
import { shown } from '@matokeo/compare/report/shown.ts';
import { readTable } from '@matokeo/compare/table/readTable.ts';
import { faultSentence, type Table } from '@matokeo/compare/table/table.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { FileSide } from './asked.ts';

export interface TableCount {
	readonly count: Count;
	readonly source: FileSource;
}

/** With the layout of a mapping that was given, else as its bytes tell. */
export function tableOf(suite: Suite, { name, bytes }: FileSide, mapping: Mapping | undefined): Result<Table> {
	const table = readTable(bytes, mapping?.table, suite);
	return table.ok ? table : err(`"${name}" cannot be read as a table: ${faultSentence(table.error)}.`);
}

export function countOfTable({ name, bytes }: FileSide, table: Table, mapping: Mapping): Result<TableCount> {
	const applied = applyMapping(table, mapping, name);
	if (!applied.ok)
		return err(
			`The mapping "${mapping.name}" does not fit "${name}": ${applied.error.join('; ')}. See what its columns seem to be: matokeo count propose ${name}`,
		);
	const { count, unused } = applied.value;
	const { digest } = count.source;
	return ok({
		count,
		source: { kind: 'file', name, digest, bytes: bytes.length, columns: takenColumns(mapping), unused },
	});
}

function takenColumns({ key, areas, fields, choice }: Mapping): readonly TakenColumn[] {
	const words = (name: ColumnName): string => JSON.stringify(aliasesOf(name)[0] ?? '');
	return [
		{ field: 'code', from: key.columns.map(({ column }) => words(column)).join(' + ') },
		...areas.map(({ level, column }) => ({ field: level, from: words(column) })),
		...fields.map(({ id, columns, choices }) => ({
			field: id,
			from: choices.length > 0 ? choices.map((one) => JSON.stringify(one)).join(' + ') : columns.map(words).join(' + '),
		})),
		...(choice === undefined
			? []
			: [
					{ field: 'choice', from: choice.columns.map(words).join(' + ') },
					{ field: 'votes', from: words(choice.votes) },
				]),
	];
}

/** The mapping that was found, where it is sure; else what is in doubt and what to do. `option`: what gives a mapping for this side. */
export function sureMapping(proposal: Proposal, { name }: FileSide, option: string): Result<Mapping> {
	if (isSure(proposal)) return ok(proposal.mapping);
	const doubts = proposal.questions.map(({ sentence, between }) => {
		const choice = between.length === 0 ? '' : ` (${between.map((one) => shown(one)).join(', ')})`;
		return `- ${shown(sentence, 600)}${choice}\n`;
	});
	const grounds = proposal.reasons.map((reason) => `- ${shown(reason, 300)}\n`).slice(0, REASONS_MAX);
	const sure =
		doubts.length === 0 ? 'was not found, and nothing was compared.' : 'is not sure, and nothing was compared:';
	return err(
		`What the columns of "${name}" are ${sure}\n${doubts.join('')}${grounds.length === 0 ? '' : `What was found:\n${grounds.join('')}`}Write it down, mend it, and give it: matokeo count propose ${name} --out mapping.json, then ${option} mapping.json`,
	);
}

/** A table of a thousand columns has as many reasons. */
const REASONS_MAX = 30;
