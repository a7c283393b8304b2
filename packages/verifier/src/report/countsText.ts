/** Lodged counts and digests of the server's books in words (V89, V90). A count is named with its table, and never called right or wrong. */
import { grouped, plural } from '@matokeo/core/result/describe.ts';
import type { ShownAccess } from '../proceedings/accessed.ts';
import type { ContestCounts, ShownCount } from '../proceedings/counts.ts';
import { utc } from './date.ts';
import { entryWords } from './timesText.ts';

export function countsLines(counts: Readonly<Record<string, ContestCounts>>): readonly string[] {
	const contests = Object.entries(counts);
	if (contests.length === 0) return [];
	return [
		'Counts lodged beside the log, to be compared; nothing here is counted from them',
		...contests.flatMap(([contest, { lodged, followed, list }]) => [
			`  Contest ${contest}: ${grouped(lodged - followed)} in force${followed === 0 ? '' : `, ${grouped(followed)} before them`}`,
			...list.flatMap(countLines),
			...(list.length < lodged - followed ? [`    … and ${grouped(lodged - followed - list.length)} older ones`] : []),
		]),
		'',
	];
}

function countLines({
	statement,
	by,
	level,
	at,
	obtained,
	rows,
	said,
	table,
	held,
	explain,
}: ShownCount): readonly string[] {
	const of = level === undefined ? 'polling stations' : `areas of level ${level}`;
	const claimed =
		rows === undefined ? of : `${plural(rows, 'row', 'rows')} of ${of}, as of ${utc(at ?? 0)}, obtained: ${obtained}`;
	return [
		`    ${statement} by ${by}, ${entryWords(said)}: ${claimed}`,
		`      table ${table}: ${HELD[held]}${held === 'read' && explain.length === 0 ? ', in its one spelling, with the rows that were said' : ''}`,
		...explain.map((why) => `      NEEDS EXPLANATION by its lodger: ${why}`),
	];
}

const HELD: Readonly<Record<ShownCount['held'], string>> = {
	read: 'here',
	'not held': 'not held: nobody has sent it',
	withheld: 'withheld by decision',
	'not here': 'held by the log’s word, and not looked at in this folder',
};

export function accessLines(access: ShownAccess | undefined): readonly string[] {
	if (access === undefined) return [];
	const { periods, from, until, books, before, since } = access;
	const unsaid = [
		...(before > 0 ? [`${grouped(before)} seconds between the log’s first tick and the first period`] : []),
		...(since > 0 ? [`${grouped(since)} seconds since the last period`] : []),
	];
	return [
		'Books of the server, which are not public: digests by which one that is produced can be tested',
		`  ${plural(periods, 'period', 'periods')} without a gap from ${utc(from)} to ${utc(until)}: requests in ${grouped(books.requests)}, operations in ${grouped(books.operations)}`,
		...(unsaid.length === 0 ? [] : [`  Nothing is said of ${unsaid.join(', and of ')}.`]),
		'',
	];
}
