/**
 * `notice/file` (S41): what went wrong or was changed around the count, said in a form that can be checked. A failed attempt names the checks that show that it failed;
 * a pause or an emergency change takes two people. A notice changes no figure and stops nothing.
 */
import type { Notice, NoticeFile } from '../record/filings.ts';
import { PAUSES_MAX } from '../record/limits.ts';
import { unreachable } from '../std/result.ts';
import { chained, changeContest, contestRow, without } from './chains.ts';
import type { Context, Office, Signer } from './context.ts';
import { nameBlob } from './filed.ts';
import { logRow } from './opening.ts';
import { firstOf, type Refusal, refuse } from './refusal.ts';
import type { RowReader, Rows } from './rows.ts';
import type { Saying } from './saying.ts';

const OFFICIALS: readonly Office[] = [
	'authority',
	'registrar',
	'presiding-officer',
	'receiving-officer',
	'returning-officer',
];
const COSIGNED: ReadonlySet<Notice['kind']> = new Set(['pause', 'resume', 'emergency-change']);

export const noticeFile: Saying<NoticeFile> = {
	decide: (context, rows, { index, statement, signers }) =>
		firstOf(
			() => officials(signers, COSIGNED.has(statement.notice.kind) ? 2 : 1),
			() => decideNotice(context, rows, statement.notice, index),
		),
	evolve: (_context, rows, { id, index, statement }) => {
		const { notice, text } = statement;
		if (text !== undefined) nameBlob(rows, text);
		nameBlob(rows, ...blobsOf(notice));
		const contest = notice.kind === 'error' ? notice.contest : '';
		rows.put('notice', id, {
			kind: notice.kind,
			contest,
			index,
			time: logRow(rows).time,
			by: statement.by,
			...chained(rows, contest, 'notice', id),
		});
		pausing(rows, id, notice);
	},
};

function officials(signers: readonly Signer[], least: number): Refusal | undefined {
	const foreign = signers.find(({ office }) => !OFFICIALS.includes(office));
	const holders = new Set(signers.map(({ holder }) => holder)).size;
	if (foreign === undefined && holders >= least) return undefined;
	return refuse(
		'S10',
		`expected: ${least === 1 ? 'officials' : `officials of at least ${least} different holders`}; it is signed by ${signers.map(({ name, office }) => `${name} (${office})`).join(', ')}`,
	);
}

function decideNotice(context: Context, rows: RowReader, notice: Notice, index: number): Refusal | undefined {
	const { codes } = context.election;
	switch (notice.kind) {
		case 'error':
			return decideError(context, rows, notice);
		case 'incident':
			return firstOf(
				() => listed(codes.surface, notice.surface, 'part of the system'),
				() => listed(codes.attempt, notice.attempted, 'attempt'),
				() => decideIncident(rows, notice, index),
			);
		case 'attestation':
			return undefined;
		case 'resume':
			if ((contestRow(rows, '').pauses ?? []).includes(notice.pause))
				return listed(codes.notice, notice.reason, 'reason');
			return refuse('S41', `${notice.pause} is not a pause in force: name one that is`);
		case 'pause':
		case 'emergency-change':
			return firstOf(
				() => {
					const { length } = contestRow(rows, '').pauses ?? [];
					if (notice.kind !== 'pause' || length < PAUSES_MAX) return undefined;
					return refuse('S41', `${length} pauses are in force, the most there may be at one time: end one first`);
				},
				() => listed(codes.notice, notice.reason, 'reason'),
				() => listed(codes.surface, notice.surface, 'part of the system'),
			);
		default:
			return unreachable(notice);
	}
}

function decideError(
	{ election }: Context,
	rows: RowReader,
	{ contest, documents, station, area }: Extract<Notice, { kind: 'error' }>,
): Refusal | undefined {
	if (!election.contests.has(contest)) return refuse('S41', `the package has no contest "${contest}": check its id`);
	const unknown = documents.find((id) => rows.indexOf(id) === undefined);
	if (unknown !== undefined)
		return refuse('S41', `${unknown} is not a statement of this log: name two that are logged`);
	if (documents[0] === documents[1]) return refuse('S41', 'an error lies between two documents, this names one twice');
	if (area !== undefined && !election.areas.has(area)) return refuse('S41', `there is no area ${area}`);
	const known = station === undefined || election.stations.has(station) || rows.get('station', station) !== undefined;
	return known ? undefined : refuse('S41', `there is no polling station ${station}`);
}

function decideIncident(
	rows: RowReader,
	{ outcome, checks, touched, from, until }: Extract<Notice, { kind: 'incident' }>,
	index: number,
): Refusal | undefined {
	if (until !== undefined && until < from) return refuse('S41', 'the incident ends before it begins: check both times');
	const unknown = touched.find((id) => rows.indexOf(id) === undefined);
	if (unknown !== undefined) return refuse('S41', `${unknown} is not a statement of this log`);
	const wrong = checks.find((check) => check.from > check.to || check.to > index);
	if (wrong !== undefined)
		return refuse('S41', `a check covers sizes of this log up to ${index}, not ${wrong.from} to ${wrong.to}`);
	if (outcome !== 'failed' || (checks.length > 0 && touched.length === 0)) return undefined;
	return refuse(
		'S41',
		'a failed attempt names the checks that show that it failed, and touched nothing: name at least one check, or say "unknown"',
	);
}

function listed(codes: readonly { readonly id: string }[], code: string, what: string): Refusal | undefined {
	if (codes.some(({ id }) => id === code)) return undefined;
	return refuse(
		'S41',
		`the package lists no ${what} "${code}"; it lists ${codes.map(({ id }) => id).join(', ') || 'nothing'}`,
	);
}

function blobsOf(notice: Notice): readonly string[] {
	if (notice.kind === 'attestation') return [notice.accounts, notice.builds, notice.configuration, notice.topology];
	return notice.kind === 'emergency-change' ? [notice.before, notice.after] : [];
}

function pausing(rows: Rows, id: string, notice: Notice): void {
	const { pauses = [] } = contestRow(rows, '');
	if (notice.kind === 'pause') changeContest(rows, '', { pauses: [...pauses, id] });
	if (notice.kind !== 'resume') return;
	const pause = rows.get('notice', notice.pause);
	if (pause !== undefined) rows.put('notice', notice.pause, { ...pause, resumed: id });
	const { pauses: _former, ...row } = contestRow(rows, '');
	const rest = without(pauses, notice.pause);
	rows.put('contest', '', rest === undefined ? row : { ...row, pauses: rest });
}
