/**
 * A small election that is really played, in this process and in a fraction of a second: 001 is verified, the officer of 002 has said something else than the form, of 003 no image is held. Every key
 * is a test key, so that an attack can be made by whoever would have the key for it.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeBundle } from '@matokeo/core/log/bundle.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { EnrolledKey } from '@matokeo/core/record/statement.ts';
import { base64Encode } from '@matokeo/core/std/bytes.ts';
import { REGISTRARS } from '@matokeo/core/testing/smallElection.ts';
import type { Answer } from '@matokeo/server/app/answer.ts';
import type { LogParts, OpenedLog } from '@matokeo/server/app/openedLog.ts';
import {
	capture,
	election,
	enrolment,
	keyOf,
	openIn,
	opening,
	presidential,
	type Read,
	reading,
	type Spoken,
	say,
	suite,
} from '@matokeo/server/testing/world.ts';
import type { Problem } from '@matokeo/verifier/check/problem.ts';
import type { Report } from '@matokeo/verifier/report/report.ts';
import { type PublishOptions, publish } from '@matokeo/verifier/testing/publish.ts';
import { imageOf, type Note } from '@matokeo/verifier/testing/smallLog.ts';
import { type VerifyOptions, verifyFolder } from '@matokeo/verifier/verify.ts';

export const ANCHOR = election.digest;
export const PAPER = presidential(50, 40, 30, 2);
/** What the officer of 002 says. */
export const INFLATED = presidential(90, 40, 30, 2);

export interface Played {
	/** The database, `blob/` and `public/`. */
	readonly dir: string;
	/** `public/` in it. */
	readonly folder: string;
	readonly notes: readonly Note[];
	readonly checkpoint: Uint8Array;
	readonly forms: Readonly<Record<'001' | '002' | '003', Spoken>>;
	readonly reads: readonly Read[];
}

const folders: string[] = [];

export function newFolder(): string {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-attack-'));
	folders.push(dir);
	return dir;
}

export function removeFolders(): void {
	for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
}

/** The image that is published for a station's form, as the forging of folders expects it. */
export const image = (station: string): Uint8Array => imageOf(station);

/** The log of an election that is open, with everybody enrolled. */
export function openedLog(parts: Partial<LogParts> = {}): { readonly log: OpenedLog; readonly dir: string } {
	const dir = parts.dir ?? newFolder();
	const { log } = openIn(dir, parts);
	log.append([opening().bytes, enrolment().bytes]);
	return { log, dir };
}

/** Hands in a form with its image, and two readings that are opened. */
export async function returned(
	log: OpenedLog,
	form: Spoken,
	station: string,
	paper = PAPER,
	clerks = ['clerk/1', 'clerk/2'],
): Promise<readonly Read[]> {
	log.append([form.bytes]);
	await log.hold([image(station)]);
	log.announceHeld();
	const reads = clerks.map((clerk) => reading(form.id, clerk, paper));
	log.append(reads.map(({ bytes }) => bytes));
	openAll(log, reads);
	return reads;
}

/** Hands in the openings of these readings, and opens what can be opened. */
export function openAll(log: OpenedLog, reads: readonly Read[]): void {
	const answers = log.deliverOpenings(reads.map(({ id, transcription }) => ({ reading: id, transcription })));
	if (!answers.every(({ ok }) => ok)) throw new Error('an opening was refused');
	log.openReadings();
}

/** A key more, enrolled by two registrars before the first form. */
export function enrolling(name: string, role: EnrolledKey['role'], holder = `holder-of-${name}`): Spoken {
	const key = base64Encode(keyOf(name).publicKey);
	return say({ type: 'key/enrol', keys: [{ holder, key, name, role, scope: {} }] }, REGISTRARS[0], REGISTRARS[1]);
}

export async function played(parts: Partial<LogParts> = {}): Promise<Played> {
	const { log, dir } = openedLog(parts);
	const forms = {
		'001': capture('001', image('001'), PAPER),
		'002': capture('002', image('002'), INFLATED),
		'003': capture('003', image('003'), PAPER),
	};
	const reads = [...(await returned(log, forms['001'], '001')), ...(await returned(log, forms['002'], '002'))];
	log.append([forms['003'].bytes]);
	log.publishResults();
	const checkpoint = Uint8Array.from(log.checkpoint());
	log.close();
	const folder = join(dir, 'public');
	return { dir, folder, notes: notesIn(folder), checkpoint, forms, reads };
}

/** A copy that may be altered. */
export function copyOf({ dir }: Pick<Played, 'dir'>): { readonly dir: string; readonly folder: string } {
	const copy = newFolder();
	cpSync(dir, copy, { recursive: true });
	return { dir: copy, folder: join(copy, 'public') };
}

/** What a small published log says, entry by entry: fewer than a bundle. */
export function notesIn(folder: string): readonly Note[] {
	const size = Number(readFileSync(join(folder, 'checkpoint'), 'utf8').split('\n')[1]);
	const bundle = decodeBundle(readFileSync(join(folder, `tile/entries/000.p/${size}`)), size);
	if (!bundle.ok) throw new Error(bundle.error);
	return bundle.value.map((bytes) => {
		const leaf = parseLeaf(suite, bytes);
		return { tag: leaf.ok ? leaf.value.statement.type : 'void', id: leaf.ok ? leaf.value.id : '', bytes };
	});
}

/** Whoever holds the log's key makes a whole public folder anew, of any statements. */
export function forged(notes: readonly (Note | Spoken)[], options?: PublishOptions) {
	return publish(
		notes.map((note) => ({ tag: '', ...note })),
		options,
	);
}

export function indexOf({ notes }: Pick<Played, 'notes'>, { id }: { readonly id: string }): number {
	const index = notes.findIndex((note) => note.id === id);
	if (index < 0) throw new Error('this statement is not in the log');
	return index;
}

export async function verify(
	folder: string,
	options: Pick<VerifyOptions, 'anchor' | 'against' | 'statement'> = { anchor: ANCHOR },
): Promise<Report> {
	const report = await verifyFolder(folder, { workers: 0, ...options });
	if (!report.ok) throw new Error(report.error);
	return report.value;
}

export function problemsOf(report: Report): readonly Problem[] {
	return report.checks.flatMap(({ problems }) => problems);
}

/** Verified under the anchor, with nothing found: whatever was done, nothing in the record reveals it. */
export function revealsNothing(report: Report): { readonly verdict: string; readonly problems: readonly Problem[] } {
	return { verdict: report.verdict, problems: problemsOf(report) };
}

export const NOTHING = { verdict: 'verified', problems: [] };

/** What a sender gets back for one note. */
export function answered(log: OpenedLog, { bytes }: Spoken): Answer {
	const [answer] = log.append([bytes]);
	if (answer === undefined) throw new Error('every note is answered');
	return answer;
}

export function receiptOf(log: OpenedLog, note: Spoken): Uint8Array {
	const answer = answered(log, note);
	if (answer.kind !== 'receipt' && answer.kind !== 'logged') throw new Error(`it was ${answer.kind}`);
	return Buffer.from(answer.proof());
}

/** What an officer of a station could say, as the body alone. */
export function bodyOf(station: string) {
	const bytes = image(station);
	const images = [{ kind: 'original', sha256: suite.sha256Hex(bytes), size: bytes.length }];
	const form = { contest: 'president', images, kind: 'original', poll: 1, route: 'own-kit' } as const;
	return { type: 'form/capture', ...form, station, figures: PAPER } as const;
}

export function only<T>(list: readonly T[], place = 0): T {
	const one = list[place];
	if (one === undefined) throw new Error('there is none');
	return one;
}

/** Replaces text in a file of a copy, and says so when it was not there. */
export function rewrite(path: string, from: string | RegExp, to: string): void {
	const text = readFileSync(path, 'utf8');
	const changed = text.replace(from, to);
	if (changed === text) throw new Error(`${path} does not say that`);
	writeFileSync(path, changed);
}

export function flip(path: string, at: number): void {
	if (!existsSync(path)) throw new Error(`there is no ${path}`);
	const bytes = readFileSync(path);
	bytes[at] = (bytes[at] ?? 0) ^ 1;
	rmSync(path);
	writeFileSync(path, bytes);
}
