/** Notices (S41): errors with the figures of both documents, incidents with the checks that show what came of them, attestations, pauses, and emergency changes. */
import type { Notice } from '@matokeo/core/record/filings.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import { contestRow } from '@matokeo/core/rules/chains.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { RecordReader } from '../record.ts';
import { documentView, fieldsOf } from './documents.ts';
import { codeView, contestHead, electionHead, namedArea, stampOf } from './heads.ts';
import { entriesAt } from './objections.ts';
import type { NoticeLine, NoticeView } from './proceedTypes.ts';
import { fileView, namedContest, namedStation, referenceTo, saidView, statementOf } from './said.ts';
import type { ElectionHead, Named, PauseView } from './types.ts';

export function noticeLine(reader: RecordReader, id: StatementId): NoticeLine | undefined {
	const row = reader.rows.get('notice', id);
	const statement = statementOf(reader, id);
	if (row === undefined || statement?.type !== 'notice/file') return undefined;
	const { codes } = reader.election;
	const { notice } = statement;
	const place = placeOf(reader, notice);
	const resumed = row.resumed === undefined ? undefined : reader.rows.get('notice', row.resumed);
	return {
		...saidView(reader, id, row),
		contest: row.contest,
		notice,
		...('surface' in notice ? { surface: codeView(codes, 'surface', notice.surface) } : {}),
		...('attempted' in notice ? { attempted: codeView(codes, 'attempt', notice.attempted) } : {}),
		...('reason' in notice ? { reason: codeView(codes, 'notice', notice.reason) } : {}),
		...(place === undefined ? {} : { place }),
		...(row.resumed === undefined || resumed === undefined ? {} : { resumed: { id: row.resumed, time: resumed.time } }),
	};
}

function placeOf(reader: RecordReader, notice: Notice): Named | undefined {
	if (notice.kind !== 'error') return undefined;
	if (notice.station !== undefined) return namedStation(reader, notice.station);
	return notice.area === undefined ? undefined : namedArea(reader.election, notice.area);
}

/** What every page says at its top: the election, and the pauses in force. */
export function electionNow(reader: RecordReader): ElectionHead {
	const pauses = contestRow(reader.rows, '').pauses ?? [];
	return { ...electionHead(reader), pauses: pauses.flatMap((id) => pauseView(reader, id)) };
}

function pauseView(reader: RecordReader, notice: StatementId): readonly PauseView[] {
	const line = noticeLine(reader, notice);
	if (line === undefined) return [];
	const { id, index, time, signers, surface, reason } = line;
	return [
		{
			id,
			index,
			time,
			signers,
			...(surface === undefined ? {} : { surface }),
			...(reason === undefined ? {} : { reason }),
		},
	];
}

export function noticeView(reader: RecordReader, id: StatementId): NoticeView | undefined {
	const line = noticeLine(reader, id);
	const statement = statementOf(reader, id);
	if (line === undefined || statement?.type !== 'notice/file') return undefined;
	const { notice, text } = statement;
	const documents =
		notice.kind === 'error' ? notice.documents.map((one) => documentView(reader, notice.contest, one)) : [];
	const resumed = line.resumed === undefined ? undefined : reader.rows.indexOf(line.resumed.id);
	const contest = reader.election.contests.get(line.contest) ?? [...reader.election.contests.values()][0];
	assert(contest !== undefined, 'an election has a contest');
	return {
		stamp: stampOf(reader),
		...(line.contest === '' ? {} : { contest: namedContest(reader, line.contest) }),
		head: contestHead(reader, contest),
		notice: line,
		...(text === undefined ? {} : { text: fileView(reader, text) }),
		files: filesOf(notice).map(([of, sha256]) => ({ of, file: fileView(reader, sha256) })),
		touched: notice.kind === 'incident' ? notice.touched.map((one) => referenceTo(reader, one)) : [],
		checks: notice.kind === 'incident' ? notice.checks : [],
		documents,
		fields: notice.kind === 'error' ? fieldsOf(reader, notice.contest, documents) : [],
		...(notice.kind === 'resume' ? { pause: referenceTo(reader, notice.pause) } : {}),
		history: entriesAt(reader, [line.index, ...(resumed === undefined ? [] : [resumed])]),
	};
}

function filesOf(notice: Notice): readonly (readonly [string, string])[] {
	switch (notice.kind) {
		case 'attestation': {
			const { builds, configuration, topology, accounts } = notice;
			return Object.entries({ builds, configuration, topology, accounts });
		}
		case 'emergency-change':
			return Object.entries({ before: notice.before, after: notice.after });
		default:
			return [];
	}
}
