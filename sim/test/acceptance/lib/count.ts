/**
 * The lawful election as it runs, in any of its modes: a server and its witnesses, each a real one on a port of its own, everybody with a key and nobody with the server's. Everything is said and read over HTTP;
 * the clock is the tests', so that a week of law takes no time.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mode } from '@matokeo/core/election/types.ts';
import type { Figures } from '@matokeo/core/record/statement.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { coverageOf } from '@matokeo/core/rules/coverage.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import { lawfulElection } from '@matokeo/core/testing/lawfulElection.ts';
import { ORIGIN, type SmallElection } from '@matokeo/core/testing/smallElection.ts';
import { type OpenedServer, openServer } from '@matokeo/server/main/openServer.ts';
import * as speech from '@matokeo/verifier/testing/lawfulSpeech.ts';
import { keyBehind, type Note, signBy, suite } from '@matokeo/verifier/testing/smallLog.ts';
import { openWitness } from '@matokeo/witness/witness/openWitness.ts';
import { matokeo, type Ran } from '../../lib/matokeo.ts';
import { picture, post, signIn, until, uploadTo } from './wire.ts';

/** What a sender gets back for a note. */
export interface Said extends Note {
	readonly kind: string;
	readonly rule: string;
	readonly why: string;
	readonly index: number;
	/** Of a receipt, as it was sent. */
	readonly proof: string;
	/** Of a refusal, signed by the log. */
	readonly note: string;
}

export interface Paper {
	readonly station: string;
	/** What the officer says. */
	readonly figures: Figures;
	/** What the paper says, where that is something else. */
	readonly paper?: Figures;
}

export interface Count extends OpenedServer {
	readonly of: SmallElection;
	/** The server's own folder; what it publishes is `public` in it. */
	readonly dir: string;
	readonly clock: { seconds: number };
	readonly speak: speech.Speaker;
	readonly rows: () => RowReader;
	/** Sends what somebody says, and tells what came back. */
	readonly send: (note: Note) => Promise<Said>;
	/** Many at once, in order; each must get a receipt. */
	readonly takeAll: (notes: readonly Note[]) => Promise<readonly Said[]>;
	/** The same, where a receipt must come. */
	readonly say: (statement: speech.Unsaid, ...by: readonly string[]) => Promise<Said>;
	readonly take: (note: Note) => Promise<Said>;
	readonly upload: (bytes: Uint8Array) => Promise<string>;
	/** The forms of stations, their images, and two readings of what each paper says, opened. */
	readonly returned: (papers: readonly Paper[]) => Promise<readonly Said[]>;
	/** An officer asks for a mark, over HTTP with a session. */
	readonly mark: (area: string, key: string) => Promise<string>;
	/** The draft that the server has for a mark, with a rule for what stands open. */
	readonly draft: (mark: string, kind: 'certificate' | 'declaration', proceed?: string) => Promise<speech.Unsaid>;
	/** Waits until the log itself says that a quorum of witnesses has seen what was said last. */
	readonly witnessed: () => Promise<void>;
	readonly text: (path: string) => Promise<string>;
	readonly json: (path: string) => Promise<unknown>;
	/** `matokeo verify URL`, as a citizen runs it. */
	readonly verify: (...given: readonly string[]) => Promise<Ran>;
	readonly anchor: readonly ['--anchor', string];
}

/** Within the seven days in which the law of these tests wants a result. */
export const START = 1_800_000_000 + 3_600;
export const DAY = 86_400;
const WITNESSES = ['witness/court', 'witness/moon', 'witness/news', 'witness/sun'] as const;

const closing: (() => Promise<void>)[] = [];
const folders: string[] = [];

export async function closeAll(): Promise<void> {
	for (const close of closing.splice(0).reverse()) await close();
	for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
}

export function later(close: () => Promise<void>): void {
	closing.push(close);
}

export function newFolder(): string {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-acceptance-'));
	folders.push(dir);
	return dir;
}

/** A file that somebody keeps: a receipt, a printed declaration. */
export function kept(text: string): string {
	const path = join(newFolder(), 'kept');
	writeFileSync(path, text);
	return path;
}

/** A witness of the package on a port of its own, with its own key. */
async function witness(name: string, of: SmallElection, clock: () => number): Promise<string> {
	const { keyId, algorithm, publicKey } = keyBehind(name, 4);
	const log = keyBehind(ORIGIN);
	const one = await openWitness({
		dir: newFolder(),
		suite,
		signer: { key: { name, keyId, algorithm, publicKey }, sign: (message) => signBy(name, message) },
		logs: [{ origin: of.election.log.origin, key: log }],
		clock,
		runBy: name,
		contact: 'somebody',
		port: 0,
		limits: { closeGraceMs: 20 },
	});
	later(one.close);
	return one.submission;
}

export interface Parts {
	/** Whose witnesses run; all of the package, unless said. */
	readonly witnesses?: readonly string[];
	/** Another election of the same stations, candidates and keys. */
	readonly of?: SmallElection;
}

export async function openCount(mode: Mode = 'official', parts: Parts = {}): Promise<Count> {
	const of = parts.of ?? lawfulElection(mode);
	const clock = { seconds: START };
	const now = (): number => clock.seconds;
	const addresses = new Map<string, string>();
	for (const name of parts.witnesses ?? WITNESSES) addresses.set(name, await witness(name, of, now));
	const dir = newFolder();
	const { name, keyId } = keyBehind(ORIGIN);
	const server = await openServer({
		dir,
		suite,
		election: of.election,
		packageFiles: of.files,
		signer: { name, keyId, sign: (message) => signBy(ORIGIN, message) },
		clock: now,
		port: 0,
		pulseMs: 5,
		limits: { closeGraceMs: 20 },
		witnesses: addresses,
		sayWitnessedMs: 0,
	});
	later(server.close);
	return countOf(of, server, dir, clock);
}

function countOf(of: SmallElection, server: OpenedServer, dir: string, clock: Count['clock']): Count {
	const speak = speech.speakerOf(of);
	const { url } = server;
	const rows = (): RowReader => server.service.log.rows();
	const context = contextOf(suite, of.election);

	const sendAll = async (notes: readonly Note[]): Promise<readonly Said[]> => {
		const { answers } = await post<{ readonly answers: readonly Said[] }>(`${url}/api/v1/statements`, {
			notes: notes.map(({ bytes }) => Buffer.from(bytes).toString()),
		});
		return notes.map((note, place) => {
			const answer = answers[place];
			if (answer === undefined) throw new Error('every note has an answer');
			return { ...answer, tag: note.tag, id: note.id, bytes: note.bytes };
		});
	};
	const send = async (note: Note): Promise<Said> => {
		const [said] = await sendAll([note]);
		if (said === undefined) throw new Error('every note has an answer');
		return said;
	};
	/** The last entry that somebody has said. */
	let last = 0;
	const received = (said: Said): Said => {
		if (said.kind !== 'receipt') throw new Error(`${said.tag} is ${said.kind}: ${said.rule} ${said.why}`);
		last = Math.max(last, said.index);
		return said;
	};
	const take = async (note: Note): Promise<Said> => received(await send(note));
	const text = async (path: string): Promise<string> => {
		const response = await fetch(`${url}/${path}`);
		if (response.status !== 200) throw new Error(`${path} answers ${response.status}: ${await response.text()}`);
		return response.text();
	};
	const upload = (bytes: Uint8Array): Promise<string> => uploadTo(url, bytes);
	const count: Count = {
		...server,
		of,
		dir,
		clock,
		speak,
		rows,
		send,
		take,
		takeAll: async (notes) => (await sendAll(notes)).map(received),
		say: (statement, ...by) => take(speak(statement, ...by)),
		upload,
		returned: (papers) => returnAll(count, papers),
		mark: async (area, key) => {
			const headers = await signIn(url, key);
			const { answer } = await post<{ readonly answer: Said }>(
				`${url}/api/v1/marks`,
				{ contest: 'president', area },
				headers,
			);
			if (answer.kind !== 'receipt' && answer.kind !== 'logged') throw new Error(JSON.stringify(answer));
			last = Math.max(last, answer.index);
			return answer.id;
		},
		draft: async (mark, kind, proceed = 'deadline') =>
			completed(kind, JSON.parse(await text(`api/v1/marks/${mark}/${kind}`)), proceed),
		witnessed: async () => {
			const index = last;
			await until(() => coverageOf(context, rows(), index).met, 'the log says that a quorum has seen it all');
		},
		text,
		json: async (path) => JSON.parse(await text(path)),
		verify: (...given) => matokeo('verify', `${url}/`, ...given),
		anchor: ['--anchor', of.election.digest],
	};
	return count;
}

/** What signers add to a draft: who says what, and the rule for each class that stands open. */
function completed(kind: 'certificate' | 'declaration', draft: Draft, proceed: string): speech.Unsaid {
	const open = (['missing', 'objections', 'postponed', 'quarantined', 'uncertified', 'unverified'] as const).filter(
		(name) => draft.counts[name] > 0,
	);
	const named = [...open, ...(draft.unwitnessed === undefined ? [] : ['unwitnessed'])];
	const { supersedes, ...rest } = draft;
	return {
		...rest,
		type: kind === 'certificate' ? 'collation/certify' : 'result/declare',
		...(named.length === 0 ? {} : { proceed: Object.fromEntries(named.map((name) => [name, proceed])) }),
		...(supersedes === undefined ? {} : { supersedes: { ...supersedes, reason: 'late-return' } }),
	} as speech.Unsaid;
}

type Draft = Omit<Extract<speech.Unsaid, { readonly type: 'collation/certify' }>, 'type'>;

async function returnAll(count: Count, papers: readonly Paper[]): Promise<readonly Said[]> {
	const { speak, rows } = count;
	const forms = papers.map(({ station, figures }) => {
		const image = picture(station);
		const images = [{ kind: 'original', sha256: suite.sha256Hex(image), size: image.length }];
		const form = { contest: 'president', images, kind: 'original', poll: 1, route: 'own-kit' } as const;
		return { image, note: speak({ type: 'form/capture', ...form, station, figures }, `po/${station}`) };
	});
	const captured = await count.takeAll(forms.map(({ note }) => note));
	const digests = await Promise.all(forms.map(({ image }) => count.upload(image)));
	await until(
		() => digests.every((one) => rows().get('blob', one)?.held !== undefined),
		'the log says it holds the images',
	);
	const reads = papers.flatMap(({ figures, paper = figures }, place) =>
		['clerk/1', 'clerk/2'].map((clerk) => speech.reading(speak, captured[place]?.id ?? '', clerk, paper)),
	);
	await count.takeAll(reads);
	const openings = reads.map(({ id, transcription }) => ({ reading: id, transcription }));
	await post(`${count.url}/api/v1/openings`, { openings });
	const isOpen = ({ station }: Paper): boolean =>
		rows()
			.get('return', `president|${station}|1`)
			?.captures[0]?.readings.every(({ figures }) => figures !== undefined) === true;
	await until(() => papers.every(isOpen), 'the readings are opened');
	return captured;
}
