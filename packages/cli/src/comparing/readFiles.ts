/**
 * The sides of a comparison that are files, each as a count: a table through the mapping that was given or found, or a document of EML, which says itself what its figures are. A table is read by what is known
 * of the contest; without that, by the other side.
 */
import { tooLarge } from '@matokeo/compare/compare/tooLarge.ts';
import type { Side } from '@matokeo/compare/comparison.ts';
import type { Count } from '@matokeo/compare/count.ts';
import { isEml, readEml } from '@matokeo/compare/eml/readEml.ts';
import { type Known, type KnownField, knownOfCount } from '@matokeo/compare/mapping/known.ts';
import type { Mapping } from '@matokeo/compare/mapping/mapping.ts';
import { isSure, type Proposal } from '@matokeo/compare/mapping/proposal.ts';
import { proposeMapping } from '@matokeo/compare/mapping/propose.ts';
import { proposePair } from '@matokeo/compare/mapping/proposePair.ts';
import type { FileSource } from '@matokeo/compare/report/report.ts';
import { shown } from '@matokeo/compare/report/shown.ts';
import type { Table } from '@matokeo/compare/table/table.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { FileSide } from './asked.ts';
import { givenMapping } from './mappingGiven.ts';
import { countOfTable, sureMapping, tableOf } from './tableSide.ts';

export interface FileCount {
	readonly count: Count;
	readonly source: FileSource;
	/** Absent where the format needs none. */
	readonly mapping?: Mapping;
}

/** A file with what was said of it: the name of a mapping, or nothing. */
export interface FileGiven {
	readonly file: FileSide;
	readonly mapping: string | undefined;
}

export type FileCounts = Readonly<Record<Side, FileCount | undefined>>;

type ReadFile =
	| { readonly kind: 'count'; readonly made: FileCount }
	| { readonly kind: 'table'; readonly file: FileSide; readonly table: Table };

/** `known`: of the contest, where a log or a package tells. */
export function fileCounts(
	suite: Suite,
	given: Readonly<Record<Side, FileGiven | undefined>>,
	known: Known | undefined,
): Result<FileCounts> {
	const a = readGivenFile(suite, given.a);
	if (!a.ok) return a;
	const b = readGivenFile(suite, given.b);
	if (!b.ok) return b;
	const one = a.value;
	const other = b.value;
	const pair =
		known === undefined && one?.kind === 'table' && other?.kind === 'table'
			? proposePair(one.table, other.table)
			: undefined;
	const said = known ?? knownOf(one) ?? knownOf(other);
	const finish = (read: ReadFile | undefined, side: Side, fields: readonly KnownField[]) => {
		if (read?.kind !== 'table') return ok(read?.made);
		const { file, table } = read;
		const proposal = pair?.[side] ?? proposeMapping(table, said);
		const mapping = sureMapping(withOwnCodes(proposal, table, fields), file, `--mapping-${side}`);
		return mapping.ok ? through(file, table, mapping.value) : mapping;
	};
	const first = finish(one, 'a', said?.fields ?? []);
	if (!first.ok) return first;
	const second = finish(other, 'b', said?.fields ?? (first.value === undefined ? [] : fieldsOf(first.value.count)));
	return second.ok ? ok({ a: first.value, b: second.value }) : second;
}

function fieldsOf(count: Count): readonly KnownField[] {
	return knownOfCount(count).fields;
}

/**
 * A table whose codes nobody knows is read by codes of its own, where these are beyond doubt: that none of them matches is then found by comparing, which says of what kind they are and what would make
 * them match.
 */
function withOwnCodes(proposal: Proposal, table: Table, fields: readonly KnownField[]): Proposal {
	const found = proposal.mapping !== undefined || proposal.questions.some(({ about }) => about === 'rows');
	if (found) return proposal;
	const alone = proposeMapping(table, { fields, codes: [] });
	return isSure(alone) ? alone : proposal;
}

function readGivenFile(suite: Suite, given: FileGiven | undefined): Result<ReadFile | undefined> {
	if (given === undefined) return ok(undefined);
	const { file, mapping: named } = given;
	if (isEml(file.bytes)) return emlFile(suite, file, named);
	const mapping = named === undefined ? ok(undefined) : givenMapping(named);
	if (!mapping.ok) return mapping;
	const table = tableOf(suite, file, mapping.value);
	if (!table.ok) return table;
	if (mapping.value === undefined) return ok({ kind: 'table', file, table: table.value });
	const made = through(file, table.value, mapping.value);
	return made.ok ? ok({ kind: 'count', made: made.value }) : made;
}

function through(file: FileSide, table: Table, mapping: Mapping): Result<FileCount> {
	const made = countOfTable(file, table, mapping);
	if (!made.ok) return made;
	const large = largeSums(file, made.value.count);
	return large === undefined ? ok({ ...made.value, mapping }) : err(large);
}

function largeSums({ name }: Pick<FileSide, 'name'>, count: Count): string | undefined {
	const large = tooLarge(count);
	return large === undefined
		? undefined
		: `The figures of "${name}" together exceed ${large.most}, which no votes do: look at the column "${shown(large.field)}", and at what stands in it.`;
}

function emlFile(suite: Suite, { name, bytes }: FileSide, named: string | undefined): Result<ReadFile> {
	if (named !== undefined)
		return err(`"${name}" is EML, which says itself what its figures are: leave the mapping out.`);
	const read = readEml(bytes, { title: name }, suite);
	if (!read.ok) return err(`"${name}" cannot be read as EML: ${read.error}.`);
	const { count, document, contest } = read.value;
	const large = largeSums({ name }, count);
	if (large !== undefined) return err(large);
	const columns = [
		{ field: 'document', from: `EML ${document}` },
		{ field: 'contest', from: [contest.id, contest.name].filter((part) => part !== '').join(' ') },
	];
	const { digest } = count.source;
	const source = { kind: 'file', name, digest, bytes: bytes.length, columns, unused: [] } as const;
	return ok({ kind: 'count', made: { count, source } });
}

function knownOf(read: ReadFile | undefined): Known | undefined {
	return read?.kind === 'count' ? knownOfCount(read.made.count) : undefined;
}
