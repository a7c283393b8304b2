/**
 * Kills a log again and again, at named points and at random moments, starts it again without hands, and lets the holder look after every start. Chance follows from a seed; the moments at which a
 * process is killed at random do not, so that each run tries others.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { base64Decode } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { CRASH_POINTS } from '@matokeo/server/app/crashPoint.ts';
import { printFinding } from '@matokeo/server/audit/finding.ts';
import { audit } from '@matokeo/server/audit/fsck.ts';
import { folderOf } from '@matokeo/server/publish/folder.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import type { Build } from './faulty.ts';
import type { Holder } from './holder.ts';
import type { Life, Said } from './script.ts';

export interface Plan {
	readonly suite: Suite;
	readonly dir: string;
	readonly build: Build;
	readonly kills: number;
	/** A folder for compiled code: most of a start is compiling. */
	readonly cache: string;
	/** Kills before this one, of another run: so that together the runs visit every point. */
	readonly first: number;
	readonly steps: number;
	readonly holder: Holder;
	/** 0 … 1, from a seed. */
	readonly chance: () => number;
	/** Stop at the first complaint: enough for a build that must fail. */
	readonly untilComplaint: boolean;
}

export interface Outcome {
	readonly kills: number;
	/** Point → how often a process died there; '' stands for random moments. */
	readonly diedAt: ReadonlyMap<string, number>;
	readonly steps: number;
}

interface Child {
	/** The next line that it says; `undefined` when it has died. */
	readonly next: () => Promise<string | undefined>;
	readonly write: (line: string) => boolean;
	readonly kill: () => boolean;
	readonly gone: Promise<void>;
}

/** UTC seconds; every life begins a second later than the one before. */
const START = 1_900_000_000;

/** Processes kept ready, so that a start costs no waiting. */
const READY = 2;
/** Named points, and between them as many kills at random moments. */
const POINTS = Object.keys(CRASH_POINTS).flatMap((point) => [point, '']);
/** A kill at a random moment comes within so many milliseconds of the start: during it, or during the first steps. */
const RANDOM_MS_MAX = 40;
const FSCK_EVERY = 40;
/** At the first, or the second time that a point is passed. */
const TIMES_MAX = 2;
/** A life that did not come to its point ends after so many steps. */
const STEPS_PER_LIFE_MAX = 16;

export async function crashRun(plan: Plan): Promise<Outcome> {
	const ready: Child[] = [];
	const diedAt = new Map<string, number>();
	let step = 0;
	let kills = 0;
	try {
		while (kills < plan.kills && !(plan.untilComplaint && plan.holder.complaints.length > 0)) {
			while (ready.length < READY) ready.push(start(plan.dir, plan.cache));
			const child = ready.shift();
			assert(child !== undefined, 'a process is ready');
			const point = POINTS[(plan.first + kills) % POINTS.length] ?? '';
			const life = await live(plan, child, { point, kills }, step);
			const where = life.atPoint ? point : '';
			diedAt.set(where, (diedAt.get(where) ?? 0) + 1);
			step = life.step;
			kills++;
		}
	} finally {
		for (const child of ready) end(child);
	}
	return { kills, diedAt, steps: step };
}

/** One life of a process, from its start to its death: the first step that was not answered, and whether it died where it was to die. */
async function live(
	plan: Plan,
	child: Child,
	{ point, kills }: { readonly point: string; readonly kills: number },
	from: number,
): Promise<{ readonly step: number; readonly atPoint: boolean }> {
	const times = 1 + Math.floor(plan.chance() * TIMES_MAX);
	const { dir, build, holder } = plan;
	const life: Life = { dir, build, point, times, now: START + kills };
	let step = from;
	await child.next();
	const timer = point === '' ? setTimeout(() => end(child), plan.chance() * RANDOM_MS_MAX) : undefined;
	try {
		const opened = await ask(child, JSON.stringify(life));
		if (opened?.said === 'trouble') holder.complain(`it does not start by itself: ${opened.why ?? ''}`);
		if (opened?.said !== 'opened') return { step, atPoint: opened === undefined && point !== '' };
		await look(plan, kills);
		for (; step < from + STEPS_PER_LIFE_MAX; step++) {
			const said = await ask(child, String(step % plan.steps));
			if (said?.said === 'trouble') holder.complain(`step ${step % plan.steps}: ${said.why ?? ''}`);
			if (said?.said !== 'done') return { step, atPoint: said === undefined && point !== '' };
			holder.hold(said.acknowledged ?? [], base64Decode(said.checkpoint ?? '') ?? new Uint8Array(0));
		}
		return { step, atPoint: false };
	} finally {
		clearTimeout(timer);
		end(child);
		await child.gone;
	}
}

/** The holder looks after every start; now and then at everything, and `fsck` with it. */
async function look({ suite, dir, holder }: Plan, kills: number): Promise<void> {
	const thorough = kills % FSCK_EVERY === FSCK_EVERY - 1;
	holder.look(thorough ? 'all' : 'new');
	if (!thorough) return;
	const folder = folderOf(dir);
	const store = openSqliteStore(folder.database, 'readonly');
	const { findings } = await audit(suite, folder, store);
	store.close();
	for (const finding of findings) holder.complain(`fsck: ${printFinding(finding)}`);
}

function start(dir: string, cache: string): Child {
	const path = fileURLToPath(new URL('./child.ts', import.meta.url));
	const child = spawn(process.execPath, [path, dir], {
		stdio: ['pipe', 'pipe', 'inherit'],
		env: { ...process.env, NODE_COMPILE_CACHE: cache },
	});
	const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
	const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
	// Writing to a process that has just been killed fails, as it should.
	child.stdin.on('error', () => undefined);
	return {
		next: async () => {
			const line = await lines.next();
			return line.done === true ? undefined : line.value;
		},
		write: (line) => child.stdin.write(`${line}\n`),
		kill: () => child.kill('SIGKILL'),
		gone,
	};
}

async function ask(child: Child, line: string): Promise<Said | undefined> {
	child.write(line);
	const answer = await child.next();
	if (answer === undefined) return undefined;
	return JSON.parse(answer) as Said;
}

function end(child: Child): void {
	child.kill();
}
