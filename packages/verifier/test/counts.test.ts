/** What the verifier says of lodged counts and of the server's books (V34, V89, V90): whose they are, what is otherwise than was said, and that the verdict on the log rests on none of it. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { ORIGIN } from '@matokeo/core/testing/smallElection.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { reportText } from '../src/report/text.ts';
import { verifyFolder } from '../src/verify.ts';
import { counted, type LawfulLog } from './support/lawfulLog.ts';
import * as speech from './support/lawfulSpeech.ts';
import { problemsOf, verified } from './support/lawfulVerified.ts';
import { blobPath, publish, put, removeFolders } from './support/publish.ts';
import { START, suite } from './support/smallLog.ts';

afterAll(removeFolders);

const TABLE = 'station,alba,benta\n001,300,90\n002,280,\n';
const DAY = 86_400;

interface Told {
	readonly table?: string;
	readonly rows?: number;
	readonly level?: string;
	readonly by?: string;
	readonly seen?: string;
	readonly unsent?: true;
}

function lodge(log: LawfulLog, { table = TABLE, rows = 2, level, by = speech.PARTY_MOON, seen, unsent }: Told = {}) {
	const bytes = utf8Encode(table);
	const note = log.say(
		{
			type: 'count/lodge',
			at: START + 50,
			contest: 'president',
			...(level === undefined ? {} : { level }),
			obtained: 'posted-forms',
			rows,
			...(seen === undefined ? {} : { seen }),
			table: suite.sha256Hex(bytes),
			text: suite.sha256Hex(utf8Encode('text')),
		},
		by,
	);
	if (unsent === undefined) log.hold(bytes);
	return note;
}

describe('V89 lodged counts', () => {
	it('V89 tells by whom, of what, and that the table is as it was said', async () => {
		const log = counted();
		const first = lodge(log);
		const report = await verified(log);
		expect(report.verdict).toBe('verified');
		expect(report.counts).toMatchObject({
			president: {
				lodged: 1,
				followed: 0,
				list: [
					{ statement: first.id, by: speech.PARTY_MOON, rows: 2, obtained: 'posted-forms', held: 'read', explain: [] },
				],
			},
		});
		const text = reportText(report);
		expect(text).toContain('Counts lodged beside the log, to be compared; nothing here is counted from them');
		expect(text).toContain('2 rows of polling stations, as of');
		expect(text).toContain('here, in its one spelling, with the rows that were said');
		expect(text).not.toContain('NEEDS EXPLANATION by its lodger');
	});

	it('V89 the one that has followed stands in the place of the one before', async () => {
		const log = counted();
		const first = lodge(log);
		const second = lodge(log, { table: `${TABLE}003,1,1\n`, rows: 3, seen: first.id });
		lodge(log, { table: 'area,alba\nnorth,5\n', rows: 1, level: 'region', by: speech.PARTY_SUN });
		const { president } = (await verified(log)).counts ?? {};
		expect([president?.lodged, president?.followed, president?.list.length]).toEqual([3, 1, 2]);
		expect(president?.list.map(({ statement, level }) => [statement === second.id, level])).toEqual([
			[false, 'region'],
			[true, undefined],
		]);
	});

	const explained: readonly (readonly [string, Told, string])[] = [
		['has other rows than were said', { rows: 7 }, 'it has 2 rows, its statement says 7'],
		[
			'names a field that the form has not',
			{ table: 'station,zuri\n001,1\n', rows: 1 },
			'fields of the form of contest president',
		],
		['has its fields in another order', { table: 'station,benta,alba\n001,1,1\n', rows: 1 }, "in the form's order"],
		[
			'is of areas where its statement says stations',
			{ table: 'area,alba\nnorth,1\n', rows: 1 },
			'station as its first word',
		],
		['is no table', { table: '%PDF-1.4\n', rows: 1 }, 'begins with station or area'],
		['has a formula', { table: 'station,alba\n001,=1+1\n', rows: 1 }, '“=1+1”'],
	];
	it.each(explained)(
		'V89 a table that %s needs explanation, and the log is as sound as before',
		async (_name, told, why) => {
			const log = counted();
			lodge(log, told);
			const report = await verified(log);
			expect(report.verdict).toBe('verified');
			expect(problemsOf(report)).toEqual([]);
			expect(report.counts?.['president']?.list[0]?.explain.join()).toContain(why);
			expect(reportText(report)).toContain('NEEDS EXPLANATION by its lodger');
		},
	);

	it('V34 V89 a table that was never sent, one that is missing here, one that is withheld', async () => {
		const log = counted();
		lodge(log, { unsent: true });
		const heldIn = async (dir: string) => {
			const report = await verifyFolder(dir, { workers: 0 });
			if (!report.ok) throw new Error(report.error);
			return [report.value.counts?.['president']?.list[0]?.held, problemsOf(report.value).map(({ came }) => came)];
		};
		const folder = () => publish(log.notes, { election: log.of, files: log.files }).dir;
		expect(await heldIn(folder())).toEqual(['not held', []]);
		const digest = log.hold(utf8Encode(TABLE));
		const dir = folder();
		expect(await heldIn(dir)).toEqual(['read', []]);
		put(dir, blobPath(digest), TABLE.replace('300', '301'));
		expect(await heldIn(dir)).toEqual(['not here', [expect.any(String)]]);
		rmSync(join(dir, blobPath(digest)));
		expect(await heldIn(dir)).toEqual(['not here', ['no such file']]);
		log.say({ type: 'blob/withhold', reason: 'privacy', sha256: digest }, ...speech.CHAIRS);
		expect(await heldIn(folder())).toEqual(['withheld', []]);
	});

	it('V89 says nothing where nobody has lodged a count', async () => {
		const report = await verified(counted());
		expect([report.counts, report.access]).toEqual([{}, undefined]);
		expect(reportText(report)).not.toContain('Counts lodged');
	});

	it('V14 a count that the log put in although it is refused is void and named, and stands on no list', async () => {
		const log = counted();
		const body = { type: 'count/lodge', at: 0, contest: 'president', obtained: 'forms', rows: 1 } as const;
		const digest = suite.sha256Hex(utf8Encode('x'));
		const forced = log.force(log.speak({ ...body, table: digest, text: digest }, 'ro/1'));
		const report = await verified(log);
		expect(report.verdict).toBe('failed');
		expect(problemsOf(report)).toMatchObject([
			{ check: 'rules', rule: 'S10', statement: forced.id, contest: 'president' },
		]);
		expect(report.counts).toEqual({});
	});
});

describe('V90 the server’s books', () => {
	it('V90 tells the periods, the books, and the time of which nothing is said', async () => {
		const log = counted();
		const file = (book: 'requests' | 'operations') => ({ book, lines: 1, sha256: 'a'.repeat(64), size: 9 });
		log.tick(3 * DAY);
		const first = log.say(
			{ type: 'access/digest', files: [file('requests'), file('operations')], from: START + 101, until: START + DAY },
			ORIGIN,
		);
		log.say(
			{ type: 'access/digest', files: [file('operations')], from: START + DAY, seen: first.id, until: START + 2 * DAY },
			ORIGIN,
		);
		const report = await verified(log);
		expect(report.access).toEqual({
			periods: 2,
			from: START + 101,
			until: START + 2 * DAY,
			books: { requests: 1, operations: 2 },
			before: 100,
			since: DAY,
		});
		const text = reportText(report);
		expect(text).toContain('2 periods without a gap');
		expect(text).toContain(
			'Nothing is said of 100 seconds between the log’s first tick and the first period, and of 86,400 seconds',
		);
	});
});
