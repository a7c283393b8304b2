/** What a clerk could do (SECURITY.md, C1–C6): readings are committed before any is opened, by holders who have not touched the form. */
import { join } from 'node:path';
import type { OpenedLog } from '@matokeo/server/app/openedLog.ts';
import type { Spoken } from '@matokeo/server/testing/world.ts';
import { capture, presidential, type Read, reading, say } from '@matokeo/server/testing/world.ts';
import { afterAll, describe, expect, it } from 'vitest';
import {
	answered,
	enrolling,
	image,
	NOTHING,
	openAll,
	openedLog,
	PAPER,
	removeFolders,
	revealsNothing,
	verify,
} from './lib/played.ts';

const WRONG = presidential(80, 10, 30, 2);
const form = (figures = PAPER): Spoken => capture('001', image('001'), figures);

afterAll(removeFolders);

/** A form that is in and whose image is held. */
async function captured(one: Spoken, more: readonly Spoken[] = []) {
	const { log, dir } = openedLog();
	log.append([...more, one].map(({ bytes }) => bytes));
	await log.hold([image('001')]);
	log.announceHeld();
	const row = () => log.rows().get('return', 'president|001|1');
	return { log, row, folder: join(dir, 'public') };
}

function handIn(log: OpenedLog, ...reads: readonly Read[]): void {
	log.append(reads.map(({ bytes }) => bytes));
	openAll(log, reads);
}

describe('a clerk', () => {
	it('C1 misreads on purpose, alone: the two committed readings differ when they are opened, and a third decides', async () => {
		const one = form();
		const { log, row } = await captured(one);
		handIn(log, reading(one.id, 'clerk/1', WRONG), reading(one.id, 'clerk/2', PAPER));
		expect(row()?.captures[0]?.readings.map(({ figures }) => figures?.[0])).toEqual([80, 50]);
		expect(row()?.captures[0]?.accepted).toBeUndefined();
		handIn(log, reading(one.id, 'clerk/3', PAPER));
		expect(row()?.captures[0]?.accepted?.figures[0]).toBe(50);
		log.close();
	});

	it('C2 agrees with a second clerk on a wrong reading: it differs from the officer’s figures; where the officer gave none, nothing but the image reveals it', async () => {
		const one = form();
		const { log, row } = await captured(one);
		handIn(log, reading(one.id, 'clerk/1', WRONG), reading(one.id, 'clerk/2', WRONG));
		expect(row()?.differences).toHaveLength(1);
		log.close();
		const silent = capture('001', image('001'), undefined);
		const other = await captured(silent);
		handIn(other.log, reading(silent.id, 'clerk/1', WRONG), reading(silent.id, 'clerk/2', WRONG));
		other.log.publishResults();
		other.log.close();
		const report = await verify(other.folder);
		expect(revealsNothing(report)).toEqual(NOTHING);
		expect(report.contests['president']?.stages.verified.votes['alba']).toBe(80);
		expect(report.contests['president']?.discrepant).toBe(0);
	});

	it('C3 reads the same form twice under two keys of one person: refused; enrolled as two holders, nothing tells', async () => {
		const one = form();
		const same = enrolling('clerk/1b', 'clerk', 'holder-of-clerk-1');
		const twin = enrolling('clerk/1c', 'clerk', 'a-second-pseudonym');
		const { log } = await captured(one, [same, twin]);
		expect(answered(log, reading(one.id, 'clerk/1', PAPER)).kind).toBe('receipt');
		expect(answered(log, reading(one.id, 'clerk/1b', PAPER))).toMatchObject({ kind: 'refused', rule: 'S28' });
		expect(answered(log, reading(one.id, 'clerk/1c', PAPER)).kind).toBe('receipt');
		log.close();
	});

	it('C4 commits, sees the other’s reading, and opens something else: it does not fit the commitment and is refused', async () => {
		const one = form();
		const { log, row } = await captured(one);
		const [mine, theirs] = [reading(one.id, 'clerk/1', WRONG), reading(one.id, 'clerk/2', PAPER)];
		handIn(log, theirs);
		log.append([mine.bytes]);
		const other = { ...mine.transcription, figures: PAPER };
		expect(log.deliverOpenings([{ reading: mine.id, transcription: other }])).toMatchObject([
			{ ok: false, error: { rule: 'S29' } },
		]);
		expect(log.openReadings()).toEqual([]);
		expect(row()?.captures[0]?.accepted).toBeUndefined();
		log.close();
	});

	it('C5 commits and never opens: the capture waits, and the clerk is named', async () => {
		const one = form();
		const { log, row, folder } = await captured(one);
		handIn(log, reading(one.id, 'clerk/2', PAPER));
		log.append([reading(one.id, 'clerk/1', PAPER).bytes]);
		expect(log.openReadings()).toEqual([]);
		const waiting = row()?.captures[0]?.readings.map(({ clerk, figures }) => [clerk, figures]);
		expect(waiting).toEqual([
			['clerk/2', undefined],
			['clerk/1', undefined],
		]);
		log.publishResults();
		log.close();
		const { stages } = (await verify(folder)).contests['president'] ?? {};
		expect([stages?.reported.stations, stages?.verified.stations]).toEqual([1, 0]);
	});

	it('C6 copies the other’s commitment without reading: refused, and a commitment binds its clerk and its form', async () => {
		const one = form();
		const { log } = await captured(one);
		const theirs = reading(one.id, 'clerk/2', PAPER);
		expect(answered(log, theirs).kind).toBe('receipt');
		const { commitment } = JSON.parse(Buffer.from(theirs.bytes).toString().split('\n')[2] ?? '');
		const copied = say({ type: 'form/reading', capture: one.id, commitment }, 'clerk/1');
		expect(answered(log, copied)).toMatchObject({ kind: 'refused', rule: 'S28' });
		const other = capture('004', image('004'), PAPER);
		log.append([other.bytes]);
		await log.hold([image('004')]);
		log.announceHeld();
		const elsewhere = say({ type: 'form/reading', capture: other.id, commitment }, 'clerk/2');
		expect(answered(log, elsewhere).kind).toBe('receipt');
		const opened = log.deliverOpenings([{ reading: elsewhere.id, transcription: theirs.transcription }]);
		expect(opened).toMatchObject([{ ok: false, error: { rule: 'S29' } }]);
		log.close();
	});
});
