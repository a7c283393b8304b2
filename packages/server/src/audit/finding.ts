/**
 * One difference that an audit found, in words for a person: where it lies, which station and statement it concerns, what was expected and what is there.
 */
import type { Statement } from '@matokeo/core/record/statement.ts';
import type { TableName } from '@matokeo/core/rules/rows.ts';

export interface Finding {
	/** A table, or a file from the folder of the log. */
	readonly where: string;
	readonly problem: string;
	readonly station?: string;
	readonly statement?: string;
}

/** So many are told one by one; what lies beyond is counted. A damaged disk would otherwise fill the screen of the one who must act. */
const FINDINGS_TOLD_MAX = 1_000;

export interface Findings {
	readonly add: (finding: Finding) => void;
	readonly told: () => readonly Finding[];
	readonly count: () => number;
}

export function findings(): Findings {
	const told: Finding[] = [];
	let count = 0;
	return {
		add: (finding) => {
			count++;
			if (told.length < FINDINGS_TOLD_MAX) told.push(finding);
		},
		told: () => told,
		count: () => count,
	};
}

export function printFinding({ where, problem, station, statement }: Finding): string {
	const about = [
		station === undefined ? [] : [`station ${station}`],
		statement === undefined ? [] : [`statement ${statement}`],
	].flat();
	return about.length === 0 ? `${where}: ${problem}` : `${where}, ${about.join(', ')}: ${problem}`;
}

/** The station that a statement names itself; a reading or a ruling's capture is named through its capture. */
export function stationOfStatement(
	statement: Statement,
	stationOfCapture: (capture: string) => string | undefined,
): string | undefined {
	switch (statement.type) {
		case 'form/capture':
		case 'form/ruling':
		case 'form/original':
		case 'station/status':
			return statement.station;
		case 'form/reading':
		case 'reading/open':
			return stationOfCapture(statement.capture);
		case 'objection/lodge':
			return statement.target.kind === 'return' ? statement.target.station : undefined;
		case 'notice/file':
			return statement.notice.kind === 'error' ? statement.notice.station : undefined;
		case 'authority/order':
			return 'station' in statement.order ? statement.order.station : undefined;
		default:
			return undefined;
	}
}

/** The station that stands in a row's key, in tables where one does. */
export function stationOfKey(table: TableName, key: string): string | undefined {
	if (table === 'return' || table === 'unit') return key.split('|')[1];
	return table === 'station' ? key : undefined;
}
