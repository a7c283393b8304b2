/** Certificates, declarations, dissents and records outside the gate (S35–S38), each with what it superseded and what it went on in spite of. */
import type { Contest } from '@matokeo/core/election/types.ts';
import type { CollationCertify, OpenClass, ResultDeclare } from '@matokeo/core/record/acts.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import { actsOf, type Linked } from '@matokeo/core/rules/chains.ts';
import type { ActRow } from '@matokeo/core/rules/recordRows.ts';
import { clocksOfDeclaring, startForDeclaring, timed } from '@matokeo/core/standings/timed.ts';
import type { RecordReader } from '../record.ts';
import { codeView, namedArea } from './heads.ts';
import type { ActView } from './proceedTypes.ts';
import { fileView, saidView, statementOf } from './said.ts';

/** Acts of a contest that fit, newest first. */
export function actViews(reader: RecordReader, contest: Contest, fits: (row: ActRow) => boolean): readonly ActView[] {
	const views: ActView[] = [];
	for (const linked of actsOf(reader.rows, contest.id))
		if (fits(linked.row)) views.push(actView(reader, contest, linked));
	return views;
}

export function actViewOf(reader: RecordReader, contest: Contest, id: StatementId | undefined): ActView | undefined {
	const row = id === undefined ? undefined : reader.rows.get('act', id);
	return id === undefined || row === undefined ? undefined : actView(reader, contest, { id, row });
}

function actView(reader: RecordReader, contest: Contest, { id, row }: Linked<ActRow>): ActView {
	const { number, mark, until, of, unmet, kind } = row;
	const clocks =
		kind === 'declaration'
			? timed(
					reader.rows,
					reader.election,
					row,
					clocksOfDeclaring(reader.election),
					startForDeclaring(reader.rows, contest, row),
				).clocks
			: [];
	return {
		...saidView(reader, id, row),
		kind,
		area: namedArea(reader.election, row.area),
		...(number === undefined ? {} : { number }),
		...(mark === undefined ? {} : { mark }),
		...(until === undefined ? {} : { until }),
		...(of === undefined ? {} : { of }),
		...(unmet === undefined ? {} : { unmet }),
		...saidInIt(reader, id),
		clocks,
	};
}

type SaidInIt = Pick<
	ActView,
	'supersedes' | 'proceed' | 'unwitnessed' | 'reason' | 'text' | 'document' | 'made' | 'claimed'
>;

/** What only the statement itself says. */
function saidInIt(reader: RecordReader, id: StatementId): SaidInIt {
	const statement = statementOf(reader, id);
	const { codes } = reader.election;
	const nothing = { proceed: [], unwitnessed: [] };
	switch (statement?.type) {
		case 'collation/certify':
		case 'result/declare':
			return onMark(reader, statement);
		case 'result/dissent':
			return {
				...nothing,
				reason: codeView(codes, 'dissent', statement.reason),
				...(statement.text === undefined ? {} : { text: fileView(reader, statement.text) }),
			};
		case 'result/record':
			return {
				...nothing,
				document: fileView(reader, statement.document),
				made: statement.when,
				...(statement.claimed === undefined ? {} : { claimed: statement.claimed }),
			};
		default:
			return nothing;
	}
}

const OPEN: readonly OpenClass[] = [
	'missing',
	'unverified',
	'quarantined',
	'postponed',
	'objections',
	'uncertified',
	'unwitnessed',
];

function onMark(
	{ election: { codes } }: RecordReader,
	{ supersedes, proceed = {}, unwitnessed = [] }: CollationCertify | ResultDeclare,
): SaidInIt {
	return {
		...(supersedes === undefined
			? {}
			: {
					supersedes: {
						statement: supersedes.statement,
						reason: codeView(codes, 'supersede', supersedes.reason),
					},
				}),
		proceed: OPEN.flatMap((open) => {
			const code = proceed[open];
			return code === undefined ? [] : [{ open, code: codeView(codes, 'proceed', code) }];
		}),
		unwitnessed,
	};
}
