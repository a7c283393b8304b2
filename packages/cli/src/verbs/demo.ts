/**
 * `npm run demo`: Bolivia's election of 2019 as a rehearsal, played from the published figures. Plain, it stands where publication was paused in 2019, opens to the public there, and goes on
 * live over the routes of its own server; `--finish` plays to the end, `--until` to a form; `--no-serve` verifies what was played, as a stranger would, and ends.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { grouped } from '@matokeo/core/result/describe.ts';
import { type HttpLog, httpLog } from '@matokeo/rehearsal/http/httpLog.ts';
import { clockFrom, type RehearsalClock } from '@matokeo/rehearsal/play/clock.ts';
import { inProcess } from '@matokeo/rehearsal/play/inProcess.ts';
import { type Played, rehearse } from '@matokeo/rehearsal/play/rehearse.ts';
import type { OpenedServer } from '@matokeo/server/main/openServer.ts';
import { type Company, startCompany, writtenDown } from '../company/company.ts';
import { movableLog } from '../demo/movableLog.ts';
import { demoPace } from '../demo/pacing.ts';
import { telling } from '../demo/telling.ts';
import { closing, OPENING, openedWords } from '../demo/words.ts';
import { makeFolder, wrongNewFolder } from '../given.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { progressOn } from '../progress.ts';
import { openInFolder, rehearsalSigner } from '../rehearsing/inFolder.ts';
import { copyPackage, type Prepared, prepare } from '../rehearsing/prepared.ts';
import { storyOf } from '../rehearsing/story.ts';
import { freePort } from '../serve/freePort.ts';
import { openRunning } from '../serve/running.ts';
import { type Stopping, stoppingBySignals } from '../serve/stopping.ts';
import { runVerify } from './verify.ts';

export interface DemoOptions {
	/** Play to this form, and no further. */
	readonly until?: number;
	/** Play to the end before anything is served. */
	readonly finish?: boolean;
	readonly serve: boolean;
	readonly out?: string;
	readonly port: number;
	/** Forms per second while it goes on live. */
	readonly speed: number;
	/** The form at which it opens; where publication was paused, unless a test says otherwise. */
	readonly opensAt?: number;
	readonly stopping?: Stopping;
	/** No witnesses and no mirror beside the server. */
	readonly alone?: boolean;
}

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const EXAMPLE = join(ROOT, 'examples', 'bolivia-2019');
const DEFAULT_OUT = join(ROOT, 'out', 'demo');
/** 20 October 2019, 20:00 in La Paz: when the first preliminary figures came in. */
const START = 1_571_616_000;
/** The form after which publication was paused. */
const PAUSED_AT = 28_975;
const HOST = '127.0.0.1';
/** Folder of those who stand beside the server. */
const COMPANY = 'company';
/** From here on, where the server takes any port. */
const COMPANY_PORT = 8720;
/** Two days of the story are as many seconds here: the log says sooner than it would what its witnesses have seen. */
const SAY_MS = 1_000;
/** While too few of them answer, the timeout of the package passes after so long. */
const SILENT_MS = 15_000;
/** So many ports are tried, from the wished one on. */
const PORTS = 20;

interface Stage {
	readonly out: Output;
	readonly dir: string;
	readonly prepared: Prepared;
	readonly options: DemoOptions;
	readonly stopping: Stopping;
	readonly clock: RehearsalClock;
}

export async function runDemo(out: Output, options: DemoOptions): Promise<number> {
	const began = performance.now();
	const dir = options.out ?? DEFAULT_OUT;
	if (options.out === undefined && existsSync(DEFAULT_OUT)) rmSync(DEFAULT_OUT, { recursive: true });
	const wrong = wrongNewFolder(dir);
	const made = wrong === undefined ? makeFolder(dir) : undefined;
	if (wrong !== undefined || made?.ok === false) {
		out.stderr(`${wrong ?? (made?.ok === false ? made.error : '')}\n`);
		return COULD_NOT_RUN;
	}
	out.stdout(`${OPENING}\n`);
	const tables = {
		reports: join(EXAMPLE, 'reports.csv'),
		forms: join(EXAMPLE, 'forms.csv'),
		story: join(EXAMPLE, 'story.json'),
	};
	const prepared = await prepare(join(EXAMPLE, 'package'), tables, out);
	if (typeof prepared === 'number') return prepared;
	await copyPackage(prepared.packageFiles, dir);
	const stopping = options.stopping ?? stoppingBySignals();
	const clock = writtenDown(clockFrom(START), join(dir, COMPANY));
	const stage = { out, dir, prepared, options, stopping, clock };
	try {
		return await playAndShow(stage, began);
	} finally {
		stopping.release();
	}
}

async function playAndShow(stage: Stage, began: number): Promise<number> {
	const { out, dir, options, prepared, stopping } = stage;
	const show: Show = { server: undefined, lines: undefined, company: undefined };
	const live = options.serve && options.until === undefined && options.finish !== true;
	try {
		const played = await play(stage, show, live ? (options.opensAt ?? PAUSED_AT) : Number.POSITIVE_INFINITY);
		out.stdout(`${storyOf(played, `into ${dir}`, performance.now() - began)}`);
		if (live && show.server === undefined) return stoppedEarly(stage, played);
		if (show.server !== undefined) return await stayUp(stage, show, played);
		if (stopping.isAsked()) return stoppedEarly(stage, played);
		out.stdout('\nNow as a stranger: a folder, and the digest that was printed before polling.\n\n');
		const { digest: anchor } = prepared.election;
		const verified = await runVerify(join(dir, 'public'), out, { anchor });
		if (!options.serve || verified !== 0) {
			out.stdout(closing(dir, anchor, performance.now() - began));
			return verified;
		}
		return (await openShow(stage, show, played.forms, 0)) ? await stayUp(stage, show, played) : COULD_NOT_RUN;
	} finally {
		show.lines?.close();
		await show.server?.close();
		await show.company?.close();
	}
}

/** What is open to the public, once it is. */
interface Show {
	server: OpenedServer | undefined;
	lines: HttpLog | undefined;
	company: Company | undefined;
}

/** In this process up to `opensAt`; from there on through the server's routes. No log is open twice. */
async function play(stage: Stage, show: Show, opensAt: number): Promise<Played> {
	const { out, dir, prepared, options, stopping, clock } = stage;
	let progress = progressOn(out, 'forms', process.stderr.isTTY);
	const { suite, election, reports, forms, story } = prepared;
	const inner = openInFolder(prepared, dir, clock);
	const log = movableLog(inProcess(inner, { suite, election, clock }));
	let closed = false;
	const close = (): void => {
		if (!closed) inner.close();
		closed = true;
	};
	const all = allForms(prepared);
	const timeout = election.proceedings.witnessTimeout ?? 0;
	const open = async (): Promise<'go' | 'stop'> => {
		progress.end();
		inner.publishResults();
		close();
		if (!(await openShow(stage, show, opensAt, all - opensAt)) || show.server === undefined) return 'stop';
		const silence = { afterMs: options.alone === true ? 0 : SILENT_MS, pass: () => clock.advance(timeout) };
		show.lines = httpLog(show.server.url, { suite, election, silence });
		log.moveTo(show.lines);
		progress = progressOn(out, 'forms', process.stderr.isTTY, opensAt);
		return 'go';
	};
	const pace = demoPace({ opensAt, formsPerSecond: options.speed, stopping, open });
	const watching = telling({ out, election, stopping, url: () => show.server?.url, begin: () => progress.end() });
	const playing = { suite, election, reports, forms, seed: 'bolivia-2019', clerks: 60, misreads: 2, clock, pace };
	const plan = { ...playing, story, watching };
	try {
		const until = options.until === undefined || options.finish === true ? {} : { until: options.until };
		return await rehearse({ ...plan, ...until, progress: (done, of) => progress.step(done, of) }, log);
	} finally {
		progress.end();
		close();
	}
}

function allForms({ reports, forms }: Prepared): number {
	return new Set([...reports.keys(), ...forms.keys()]).size;
}

async function openShow(stage: Stage, show: Show, forms: number, toCome: number): Promise<boolean> {
	const { out, dir, prepared, options, clock } = stage;
	const port = await freePort(HOST, options.port, options.port === 0 ? 1 : PORTS);
	const signing = { signer: rehearsalSigner(prepared), rehearsal: true };
	if (options.alone !== true)
		show.company = await startCompany(
			join(dir, COMPANY),
			join(dir, 'package'),
			(port === 0 ? COMPANY_PORT : (port ?? options.port)) + 1,
		);
	const witnesses = new Map(show.company?.witnesses.map(({ name, url }) => [name, url]));
	const opened = await openRunning(
		{
			...prepared,
			dir,
			signing,
			host: HOST,
			port: port ?? options.port,
			clock: clock.now,
			trustProxy: [],
			logLevel: 'warn',
			witnesses,
			sayWitnessedMs: SAY_MS,
		},
		out,
	);
	if (!opened.ok) {
		out.stderr(`${opened.error}\nWhat was played lies in ${dir}: \`matokeo serve ${dir}\` serves it later.\n`);
		return false;
	}
	show.server = opened.value;
	const { digest: anchor } = prepared.election;
	const { url } = opened.value;
	const mirror = await show.company?.mirror(url, anchor);
	const company = { witnesses: show.company?.witnesses ?? [], ...(mirror === undefined ? {} : { mirror }) };
	out.stdout(openedWords({ url, dir, anchor, forms, toCome, formsPerSecond: options.speed, ...company }));
	return true;
}

async function stayUp({ out, stopping, dir }: Stage, { server, lines }: Show, played: Played): Promise<number> {
	const faults = lines?.ledger.faults();
	if (faults !== undefined && faults.count > 0)
		out.stderr(`${faults.count} ended otherwise than they should, the first: ${faults.first[0] ?? ''}\n`);
	if (!stopping.isAsked())
		out.stdout(`\n${grouped(played.forms)} forms are in. The pages stay up at ${server?.url ?? ''}/ until Ctrl-C.\n`);
	await stopping.asked;
	out.stderr(`\nStopping (once more: at once). What was played lies in ${dir}.\n`);
	return 0;
}

function stoppedEarly({ out, dir }: Stage, played: Played): number {
	out.stderr(
		`\nStopped after ${grouped(played.forms)} forms. What was played lies in ${dir}: \`matokeo serve ${dir}\` serves it.\n`,
	);
	return COULD_NOT_RUN;
}
