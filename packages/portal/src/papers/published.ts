/**
 * The papers of one certificate or declaration as files of the site (`spec/storage.md`, D31): in every language, to print and as documents, made from the log alone. They stand at a size: what was superseded or annulled later is not said
 * before. It does not know who writes them.
 */
import {
	certificateDocument,
	type DeclarationDocument,
	type DeclarationFacts,
	declarationDocument,
	declarationText,
} from '@matokeo/core/collation/declarationText.ts';
import { rereadSheet } from '@matokeo/core/collation/sheet.ts';
import type { Contest } from '@matokeo/core/election/types.ts';
import type { CollationCertify, ResultDeclare } from '@matokeo/core/record/acts.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import { ordersOf } from '@matokeo/core/rules/chains.ts';
import type { ActRow, MarkRow } from '@matokeo/core/rules/recordRows.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Assets } from '../pages/context.ts';
import type { RecordReader } from '../record.ts';
import { parsePaperPath } from '../site/parsePath.ts';
import { CERTIFICATE, LANGUAGES, type Language, paperPath, relativePath } from '../site/paths.ts';
import { declarationPaper } from './declarationPaper.ts';
import { PART_ROWS_MAX, type Paper, type PaperPart, partsOf } from './paper.ts';
import { paperHtml } from './paperHtml.ts';
import { paperPdf } from './paperPdf.ts';
import { sheetPaper } from './sheetPaper.ts';
import type { Signed, Superseded } from './signed.ts';

export type PaperSource = Pick<RecordReader, 'context' | 'election' | 'rows' | 'note'>;

export interface PaperFile {
	readonly path: string;
	readonly body: string | Uint8Array;
}

type PaperAssets = Pick<Assets, 'css' | 'icon'>;
type PdfMaker = (part: PaperPart) => Promise<Uint8Array>;

/** Nothing for acts that are neither certificates nor declarations. `size`: of the log at which the papers stand. */
export async function* papersOf(
	source: PaperSource,
	id: StatementId,
	size: number,
	assets: PaperAssets,
): AsyncGenerator<PaperFile> {
	for (const language of LANGUAGES) {
		for (const { name, paper } of papersIn(source, id, size, language)) {
			for (const one of partsOf(paper, PART_ROWS_MAX.html))
				yield { path: paperPath(language, name, 'html', one.part), body: htmlOf(name, one, assets) };
			for (const one of partsOf(paper, PART_ROWS_MAX.pdf))
				yield { path: paperPath(language, name, 'pdf', one.part), body: await paperPdf(one) };
		}
	}
}

/** The one of `papersOf` that lies at this path, made by itself; `undefined` when there is none. */
export async function paperAt(
	source: PaperSource,
	path: string,
	size: number,
	assets: PaperAssets,
	pdf: PdfMaker,
): Promise<PaperFile | undefined> {
	const named = parsePaperPath(path);
	if (named === undefined) return undefined;
	const { language, name, id, type, part } = named;
	const paper = papersIn(source, id, size, language).find((one) => one.name === name)?.paper;
	const one = paper === undefined ? undefined : partsOf(paper, PART_ROWS_MAX[type])[part - 1];
	if (one === undefined) return undefined;
	return { path, body: type === 'pdf' ? await pdf(one) : htmlOf(name, one, assets) };
}

/** All that the papers of an act depend on beside the act itself: as long as it is the same, so are they. */
export function paperState(source: PaperSource, id: StatementId, size: number): string | undefined {
	const act = source.rows.get('act', id);
	const signed = act === undefined ? undefined : signedAt(source, id, act, size);
	return signed === undefined ? undefined : JSON.stringify(signed);
}

function htmlOf(name: string, one: PaperPart, { css, icon }: PaperAssets): string {
	const path = (part: number): string => paperPath(one.paper.language, name, 'html', part);
	const way = (to: string): string => relativePath(path(one.part), to);
	return paperHtml(one, { css: way(css), icon: way(icon), part: (part: number) => way(path(part)) });
}

interface NamedPaper {
	readonly name: string;
	readonly paper: Paper;
}

function papersIn(source: PaperSource, id: StatementId, size: number, language: Language): readonly NamedPaper[] {
	const { election, rows } = source;
	const act = rows.get('act', id);
	const mark = act?.mark === undefined ? undefined : rows.get('mark', act.mark);
	const contest = act === undefined ? undefined : election.contests.get(act.contest);
	if (act?.mark === undefined || mark === undefined || contest === undefined) return [];
	const signed = signedAt(source, id, act, size);
	if (signed === undefined) return [];
	if (act.kind === 'certificate') {
		const text = rows.get('sheet', act.mark)?.text;
		assert(text !== undefined, 'a mark has a sheet');
		const paper = sheetPaper(election, { sheet: rereadSheet(text), list: mark.list }, signed, language);
		return [{ name: id, paper }];
	}
	return declarationPapers(source, contest, mark, language).map(({ suffix, document }) => {
		const digest = source.context.suite.sha256Hex(utf8Encode(declarationText(document)));
		return { name: `${id}${suffix}`, paper: declarationPaper(election, document, { mark, digest }, signed) };
	});
}

function declarationPapers(
	{ election }: PaperSource,
	contest: Contest,
	{ list, outcome, decided = false, registered, voided, ...mark }: MarkRow,
	language: Language,
): readonly { readonly suffix: string; readonly document: DeclarationDocument }[] {
	if (outcome === undefined) return [];
	const facts: DeclarationFacts = {
		mark,
		list,
		outcome,
		decided,
		...(registered === undefined ? {} : { registered }),
		...(voided === undefined ? {} : { voided }),
	};
	return [
		{ suffix: '', document: declarationDocument(election, contest, facts, language) },
		{ suffix: CERTIFICATE, document: certificateDocument(election, contest, facts, language) },
	];
}

function signedAt(source: PaperSource, id: StatementId, act: ActRow, size: number): Signed | undefined {
	const statement = statementOf(source, act);
	if (statement === undefined) return undefined;
	const { by, number, proceed, unwitnessed, supersedes } = statement;
	const { until } = act;
	const ended = until !== undefined && (source.rows.indexOf(until) ?? size) < size;
	const before = supersedes === undefined ? undefined : supersededBy(source, supersedes);
	return {
		id,
		number,
		by,
		index: act.index,
		time: act.time,
		...(proceed === undefined ? {} : { proceed }),
		...(unwitnessed === undefined ? {} : { unwitnessed }),
		...(ended ? { until } : {}),
		ordered: ended || act.kind !== 'declaration' ? [] : orderedSince(source.rows, act, size),
		...(before === undefined ? {} : { supersedes: before }),
	};
}

/** Orders on a declaration that were in force at this size. */
function orderedSince(rows: PaperSource['rows'], act: ActRow, size: number): Signed['ordered'] {
	return [...ordersOf(rows, act.contest)].flatMap(({ id, row: { order, index, state, until } }) => {
		const { kind } = order;
		if ((kind !== 'annul' && kind !== 'replace-winner') || state === 'filed') return [];
		const over = until !== undefined && (rows.indexOf(until) ?? size) < size;
		return index > act.index && index < size && !over ? [{ id, kind }] : [];
	});
}

function supersededBy(
	{ rows }: PaperSource,
	{ statement: id, reason }: { readonly statement: StatementId; readonly reason: string },
): Superseded | undefined {
	const act = rows.get('act', id);
	const mark = act?.mark === undefined ? undefined : rows.get('mark', act.mark);
	if (act?.number === undefined || mark === undefined) return undefined;
	return { id, number: act.number, by: act.by, reason, counted: mark.counts.counted, totals: mark.totals };
}

function statementOf({ context, note }: PaperSource, { index }: ActRow): CollationCertify | ResultDeclare | undefined {
	const bytes = note(index);
	const leaf = bytes === undefined ? undefined : parseLeaf(context.suite, bytes);
	if (leaf?.ok !== true) return undefined;
	const { statement } = leaf.value;
	return statement.type === 'collation/certify' || statement.type === 'result/declare' ? statement : undefined;
}
