/**
 * `npm run drill`: an election night on which things go wrong, played with real processes: a server, four witnesses and a mirror, a rehearsal that goes on meanwhile, and what each of them notices. Answers 0 when everything
 * came as it should, 1 when something did not, 2 when it could not run.
 */
import { existsSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { httpLog } from '@matokeo/rehearsal/http/httpLog.ts';
import { clockFrom } from '@matokeo/rehearsal/play/clock.ts';
import type { Pace } from '@matokeo/rehearsal/play/drawnAhead.ts';
import { inProcess } from '@matokeo/rehearsal/play/inProcess.ts';
import { rehearse } from '@matokeo/rehearsal/play/rehearse.ts';
import { movableLog } from '../demo/movableLog.ts';
import { type Forger, forger } from '../drill/forger.ts';
import * as scenes from '../drill/scenes.ts';
import { HOST, type Ports, type Stage, say, serverUrl, stopAll } from '../drill/stage.ts';
import { makeFolder, wrongNewFolder } from '../given.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { duration } from '../progress.ts';
import { openInFolder } from '../rehearsing/inFolder.ts';
import { copyPackage, type Prepared, prepare } from '../rehearsing/prepared.ts';
import { freePort } from '../serve/freePort.ts';
import { stoppingBySignals } from '../serve/stopping.ts';

export interface DrillOptions {
	readonly out?: string;
	readonly port: number;
	/** Seconds to look at the pages between scenes. */
	readonly look: number;
}

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const EXAMPLE = join(ROOT, 'examples', 'bolivia-2019');
const DEFAULT_OUT = join(ROOT, 'out', 'drill');
/** Forms before anything is served, and between scenes. */
const FIRST = 300;
const WAVE = 20;
/** The last wave is enrolled and never comes: one of its stations is whom the second log speaks for. */
const FORMS = FIRST + 8 * WAVE;
const PORTS_TRIED = 200;
const OPENING = `An election night on which things go wrong, in two or three minutes: a server, four witnesses and a mirror, each a process of its own on this
machine, and what each notices. It is a REHEARSAL: nobody's results, under keys that are secret to nobody. docs/runbook.md says what to do when it is real.

${FIRST} forms are played …`;

export async function runDrill(out: Output, options: DrillOptions): Promise<number> {
	const began = performance.now();
	const dir = options.out ?? DEFAULT_OUT;
	if (options.out === undefined && existsSync(DEFAULT_OUT)) rmSync(DEFAULT_OUT, { recursive: true });
	const wrong = wrongNewFolder(dir);
	const made = wrong === undefined ? makeFolder(join(dir, 'server')) : undefined;
	if (wrong !== undefined || made?.ok === false) {
		out.stderr(`${wrong ?? (made?.ok === false ? made.error : '')}\n`);
		return COULD_NOT_RUN;
	}
	const prepared = await prepare(join(EXAMPLE, 'package'), { reports: join(EXAMPLE, 'reports.csv') }, out);
	if (typeof prepared === 'number') return prepared;
	const ports = await freePorts(options.port);
	if (ports === undefined) {
		out.stderr(`There are not enough free ports from ${options.port} on: name another with --port.\n`);
		return COULD_NOT_RUN;
	}
	await copyPackage(prepared.packageFiles, join(dir, 'server'));
	const anchor = prepared.election.digest;
	const lookMs = options.look * 1000;
	const stopping = stoppingBySignals();
	const stage: Stage = { out, dir, anchor, ports, children: new Map(), faults: [], stopping, lookMs };
	try {
		await play(stage, prepared);
	} catch (error) {
		stage.faults.push(error instanceof Error ? error.message : String(error));
		out.stderr(`${error instanceof Error ? error.message : String(error)}\n`);
	} finally {
		await stopAll(stage);
		stopping.release();
	}
	if (stopping.isAsked()) return COULD_NOT_RUN;
	say(stage, ending(stage, performance.now() - began));
	return stage.faults.length === 0 ? 0 : 1;
}

function ending({ faults, dir }: Stage, milliseconds: number): string {
	const took = duration(milliseconds);
	if (faults.length === 0) return `\nEverything came as it should, in ${took}. What each of them kept lies in ${dir}.`;
	return `\n${faults.length} did NOT come as it should, in ${took}:\n${faults.map((one) => `  ${one}\n`).join('')}What each of them kept lies in ${dir}.`;
}

/** The rehearsal goes on between the scenes, so that there is always something new for witnesses and mirrors to see. */
async function play(stage: Stage, prepared: Prepared): Promise<void> {
	const { suite, election } = prepared;
	const rows = [...prepared.reports].slice(0, FORMS);
	const unheard = rows.at(-1)?.[1];
	if (unheard === undefined) throw new Error('the tables have too few forms for a drill');
	const plan = { suite, election, reports: new Map(rows), forms: new Map(), seed: 'drill' };
	const clock = clockFrom(Math.floor(Date.now() / 1000) - FIRST * 2 - 60);
	const inner = openInFolder(prepared, join(stage.dir, 'server'), clock);
	const log = movableLog(inProcess(inner));
	const between = scenario(stage, forger(suite, election, unheard), () => {
		inner.publishResults();
		inner.close();
		scenes.keepCopy(stage);
		return () => log.moveTo(httpLog(serverUrl(stage), { suite, election }));
	});
	const pace: Pace = { size: (done) => (done < FIRST ? FIRST : WAVE), before: between };
	say(stage, OPENING);
	await rehearse({ ...plan, clock, clerks: 12, misreads: 0, pace }, log);
}

/** Forms done → what happens before the next ones. */
function scenario(stage: Stage, lies: Forger, close: () => () => void): Pace['before'] {
	let liar: Server | undefined;
	const acts: ReadonlyMap<number, () => Promise<unknown>> = new Map([
		[
			FIRST,
			async () => {
				const move = close();
				await scenes.opening(stage);
				move();
			},
		],
		[FIRST + WAVE, () => scenes.oneKilled(stage)],
		[FIRST + 2 * WAVE, () => scenes.oneKilledSeen(stage)],
		[
			FIRST + 3 * WAVE,
			async () => {
				liar = await scenes.oneLies(stage);
			},
		],
		[
			FIRST + 4 * WAVE,
			async () => {
				if (liar !== undefined) await scenes.oneLiesSeen(stage, liar);
			},
		],
		[FIRST + 5 * WAVE, () => scenes.putBack(stage)],
		[FIRST + 6 * WAVE, () => scenes.split(stage, lies)],
		[FIRST + 7 * WAVE, () => scenes.splitSeen(stage)],
	]);
	return async (done) => {
		if (!stage.stopping.isAsked()) await acts.get(done)?.();
		return stage.stopping.isAsked() || done >= FIRST + 7 * WAVE ? 'stop' : 'go';
	};
}

async function freePorts(from: number): Promise<Ports | undefined> {
	const free: number[] = [];
	for (let next = from; free.length < 8; ) {
		const port = await freePort(HOST, next, PORTS_TRIED);
		if (port === undefined) return undefined;
		free.push(port);
		next = port + 1;
	}
	const [server = 0, mirror = 0, court = 0, observers = 0, newsroom = 0, cc = 0, ...others] = free;
	const [otherServer = 0, otherMirror = 0] = others;
	const witnesses = {
		'witness/court': court,
		'witness/observers': observers,
		'witness/newsroom': newsroom,
		'witness/cc': cc,
	};
	return { server, mirror, witnesses, otherServer, otherMirror };
}
