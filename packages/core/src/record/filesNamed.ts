/**
 * The files that statements about proceedings name by digest: texts, evidence, documents (S37–S44). What is held of them is published like an image whose kind the package publishes, until it is
 * withheld, unless a capture has named it before (`BlobRow.filed`): their texts are salted, so that a withheld one cannot be guessed from its digest. It does not know what is in them.
 */
import type { Notice } from './filings.ts';
import type { Digest } from './said.ts';
import type { Statement, StatementType } from './statement.ts';

/** Types whose statements may name files: all others need not be read for them. */
export const FILINGS: ReadonlySet<StatementType> = new Set<StatementType>([
	'objection/lodge',
	'objection/answer',
	'result/dissent',
	'notice/file',
	'count/lodge',
	'result/record',
	'authority/order',
]);

export function filesNamedBy(statement: Statement): readonly Digest[] {
	switch (statement.type) {
		case 'objection/lodge':
			return [...(statement.evidence ?? []), ...textOf(statement)];
		case 'objection/answer':
		case 'result/dissent':
			return textOf(statement);
		case 'notice/file':
			return [...textOf(statement), ...ofNotice(statement.notice)];
		case 'count/lodge':
			return [statement.table, statement.text];
		case 'result/record':
		case 'authority/order':
			return [statement.document];
		default:
			return [];
	}
}

function textOf({ text }: { readonly text?: Digest }): readonly Digest[] {
	return text === undefined ? [] : [text];
}

function ofNotice(notice: Notice): readonly Digest[] {
	if (notice.kind === 'attestation') return [notice.accounts, notice.builds, notice.configuration, notice.topology];
	return notice.kind === 'emergency-change' ? [notice.before, notice.after] : [];
}
