/**
 * Sunlight's table on real storage (D3, D5, D6, D14): for every write of a scripted evening on SQLite and real files, the one that fails and stores nothing, the one that fails although it is stored, and of several files
 * the one that fails half way. What is answered is true or *later*; the process goes on, or is started again; at the end everything is there.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenedLog } from '@matokeo/server/app/openedLog.ts';
import { openLog } from '@matokeo/server/app/openLog.ts';
import { printFinding } from '@matokeo/server/audit/finding.ts';
import { audit } from '@matokeo/server/audit/fsck.ts';
import { Trouble } from '@matokeo/server/ports/trouble.ts';
import { folderOf } from '@matokeo/server/publish/folder.ts';
import { openDisk } from '@matokeo/server/storage/disk.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { holder } from '../../src/crash/holder.ts';
import type { Acknowledged } from '../../src/crash/script.ts';
import {
	ENROLMENT,
	election,
	FORMS,
	OPENING,
	packageFiles,
	START_SECONDS,
	signer,
	suite,
	trust,
} from '../../src/world/cast.ts';
import { FAULTS, type Fault, faultyDisk, faultyStore, type Plan } from '../../src/world/faultyStorage.ts';

const folders: string[] = [];

afterAll(() => {
	for (const dir of folders) rmSync(dir, { recursive: true, force: true });
});

const FORM = FORMS[0] ?? [];
const [CAPTURE, ...READINGS] = FORM;

/** What is done, one after the other; each is tried until it is answered. */
const STEPS: readonly ((log: OpenedLog) => readonly Acknowledged[] | Promise<readonly Acknowledged[]>)[] = [
	(log) => sent(log, OPENING.note),
	(log) => sent(log, ENROLMENT.note),
	async (log) => {
		await log.hold(CAPTURE?.image === undefined ? [] : [CAPTURE.image]);
		return [];
	},
	(log) => sent(log, CAPTURE?.note),
	(log) => own(log.announceHeld()),
	...READINGS.map(
		({ note }) =>
			(log: OpenedLog) =>
				sent(log, note),
	),
	...READINGS.map(({ id, transcription }) => (log: OpenedLog) => {
		const taken = transcription === undefined ? [] : log.deliverOpenings([{ reading: id, transcription }]);
		for (const one of taken) if (!one.ok) throw new Error(`an opening is refused: ${one.error.why}`);
		return [];
	}),
	(log) => own(log.openReadings().map(({ answer }) => answer)),
	// What was committed and not published is published with the next statement, whatever it is.
	(log) => sent(log, OPENING.note),
	(log) => {
		log.publishResults();
		return [];
	},
];
/** A step is tried so often: once more than there are faults. */
const TRIES_MAX = 4;

function sent(log: OpenedLog, note: Uint8Array | undefined): readonly Acknowledged[] {
	return acknowledgedIn(log.append(note === undefined ? [] : [note]));
}

/** What the log says by itself has no sender who would hold a receipt; said once, it is not said again. */
function own(answers: ReturnType<OpenedLog['append']>): readonly Acknowledged[] {
	acknowledgedIn(answers);
	return [];
}

function acknowledgedIn(answers: ReturnType<OpenedLog['append']>): readonly Acknowledged[] {
	return answers.map((one) => {
		if (one.kind !== 'receipt' && one.kind !== 'logged') throw new Trouble(`not taken: ${one.why}`);
		return { id: one.id, index: one.index, size: one.size };
	});
}

/** Closing may fail too; the database is closed all the same. */
function closed(log: OpenedLog | undefined): undefined {
	try {
		log?.close();
	} catch (error) {
		if (!(error instanceof Trouble)) throw error;
	}
}

interface Ran {
	readonly complaints: readonly string[];
	readonly receipts: number;
	/** Entries of the log at the end. */
	readonly size: number;
	/** Writes that were made, all in all. */
	readonly writes: number;
	readonly failures: number;
}

/** The evening with the write of this number failing so; `restarts`: whether the process is started again after trouble. */
async function evening(number: number, fault: Fault, restarts: boolean): Promise<Ran> {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-faults-'));
	folders.push(dir);
	const held = holder(suite, trust, dir);
	let writes = 0;
	let failures = 0;
	const plan: Plan = () => (writes++ === number ? fault : undefined);
	const open = (): OpenedLog => {
		const disk = faultyDisk(openDisk(dir), plan);
		const store = faultyStore(openSqliteStore(join(dir, 'matokeo.sqlite')), plan);
		try {
			return openLog({ dir, suite, election, packageFiles, signer, clock: () => START_SECONDS, disk, store });
		} catch (error) {
			store.close();
			throw error;
		}
	};
	let log: OpenedLog | undefined;
	for (const step of STEPS) {
		for (let tries = 0; tries < TRIES_MAX; tries++) {
			try {
				log ??= open();
				held.hold(await step(log), log.checkpoint());
				break;
			} catch (error) {
				if (!(error instanceof Trouble)) throw error;
				failures++;
				if (tries === TRIES_MAX - 1) held.complain(`it does not come right: ${error.message}`);
				if (restarts) log = closed(log);
			}
		}
		held.look('all');
	}
	closed(log);
	const store = openSqliteStore(join(dir, 'matokeo.sqlite'), 'readonly');
	const { findings } = await audit(suite, folderOf(dir), store);
	const { size } = store.head();
	store.close();
	rmSync(dir, { recursive: true, force: true });
	const complaints = [...held.complaints, ...findings.map((one) => `fsck: ${printFinding(one)}`)];
	return { complaints, receipts: held.receipts(), size, writes, failures };
}

describe.each(FAULTS)('every write of an evening, "%s"', (fault) => {
	it.each([
		['the process goes on', false],
		['the process is started again', true],
	])(
		'%s',
		async (_name, restarts) => {
			const undisturbed = await evening(-1, fault, restarts);
			expect(undisturbed).toMatchObject({ complaints: [], failures: 0 });
			const wrong: string[] = [];
			let failed = 0;
			for (let number = 0; number < undisturbed.writes; number++) {
				const { complaints, receipts, size, failures } = await evening(number, fault, restarts);
				failed += failures;
				if (receipts !== undisturbed.receipts || size !== undisturbed.size)
					wrong.push(`write ${number}: ${receipts} receipts of a log of ${size}`);
				wrong.push(...complaints.map((what) => `write ${number}: ${what}`));
			}
			expect(wrong).toEqual([]);
			// All but the one with which the log is closed at the end.
			expect(failed).toBeGreaterThanOrEqual(undisturbed.writes - 1);
		},
		120_000,
	);
});
