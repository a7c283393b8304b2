/** Parts that all views of proceedings share: when and by whom something was said, the files that it names, and what another statement is and where it is shown. */
import type { Digest, StatementId } from '@matokeo/core/record/said.ts';
import type { Statement } from '@matokeo/core/record/statement.ts';
import { stationOf } from '@matokeo/core/rules/stations.ts';
import { intervalOf } from '@matokeo/core/standings/lateness.ts';
import type { RecordReader } from '../record.ts';
import { codeView, namedArea } from './heads.ts';
import { signerView } from './history.ts';
import { leafAt } from './leaves.ts';
import type { FileView, Reference, SaidView } from './proceedTypes.ts';
import type { ContestName, Named, NamedText } from './types.ts';

interface Row {
	readonly index: number;
	readonly time: number;
	readonly by: string | readonly string[];
}

export function saidView(reader: RecordReader, id: StatementId, { index, time, by }: Row): SaidView {
	const names = typeof by === 'string' ? [by] : by;
	return {
		id,
		index,
		time,
		said: intervalOf(reader.rows, index),
		signers: names.map((name) => signerView(reader, name)),
	};
}

/** The statement with this id, as it lies in the log. */
export function statementOf(reader: RecordReader, id: StatementId): Statement | undefined {
	const index = reader.rows.indexOf(id);
	return index === undefined ? undefined : leafAt(reader, index)?.statement;
}

export function fileView({ election, rows }: RecordReader, sha256: Digest): FileView {
	const row = rows.get('blob', sha256);
	return {
		sha256,
		...(row?.size === undefined ? {} : { size: row.size }),
		held: row?.held !== undefined,
		...(row?.withheld === undefined ? {} : { withheld: codeView(election.codes, 'withhold', row.withheld) }),
	};
}

export function namedStation({ context, rows }: RecordReader, id: string): Named {
	return { id, name: stationOf(context, rows, id)?.name ?? id };
}

export function namedContest({ election }: RecordReader, id: string): ContestName {
	const contest = election.contests.get(id);
	return {
		id,
		title: contest?.title ?? {},
		collated: contest !== undefined && contest.collation.length > 0,
		declarable: contest?.declaration !== undefined,
	};
}

/** A court by its name; an office keeps its id, and pages have words for it. */
export function answeringView({ election }: RecordReader, id: string): NamedText {
	return { id, text: election.proceedings.courts.find((court) => court.id === id)?.name ?? {} };
}

export function referenceTo(reader: RecordReader, id: StatementId): Reference {
	const index = reader.rows.indexOf(id);
	const statement = index === undefined ? undefined : leafAt(reader, index)?.statement;
	if (index === undefined || statement === undefined) return { id };
	return { id, index, type: statement.type, ...placeOf(reader, id, statement) };
}

function placeOf(
	reader: RecordReader,
	id: StatementId,
	statement: Statement,
): Pick<Reference, 'contest' | 'station' | 'area'> {
	const ref = reader.rows.get('capture', id) ?? reader.rows.get('original', id);
	if (ref !== undefined) return { contest: ref.contest, station: namedStation(reader, ref.station) };
	switch (statement.type) {
		case 'form/ruling':
		case 'station/status':
			return { contest: statement.contest, station: namedStation(reader, statement.station) };
		case 'tally/mark':
		case 'collation/certify':
			return { contest: statement.contest, area: namedArea(reader.election, statement.area) };
		case 'result/declare':
		case 'result/dissent':
		case 'result/record':
		case 'objection/lodge':
		case 'count/lodge':
			return { contest: statement.contest };
		default:
			return {};
	}
}
