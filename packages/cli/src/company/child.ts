/**
 * Processes of this same command beside a rehearsal: witnesses, mirrors, a second server. Each is a real process that can be killed, and tells what it says line by line. What it wrote is kept up to a
 * bound, so that whoever started it can show why it ended.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
/** What a child said last, in characters: more is not shown to anybody. */
const SAID_MAX = 65_536;
/** A process of this command is up within two seconds on a free machine. */
const READY_MS_MAX = 60_000;

export interface Child {
	readonly name: string;
	/** Process number, for whoever wants to kill it. */
	readonly pid: number;
	/** Standard output and standard error, the last of it. */
	readonly said: () => string;
	/** Resolves with `true` when this was said, `false` when the process ended before or in time. */
	readonly says: (what: RegExp, withinMs?: number) => Promise<boolean>;
	readonly running: () => boolean;
	/** With an exit code, or the signal's name; resolves when the process has ended. */
	readonly ended: Promise<number | string>;
	/** Asks it to end (SIGTERM), or kills it. */
	readonly stop: (how?: 'SIGTERM' | 'SIGKILL') => Promise<number | string>;
}

/** Starts `matokeo` with these words. When this process ends in order, the child is asked to end as well. */
export function startChild(name: string, words: readonly string[]): Child {
	const child = spawn(process.execPath, [MAIN, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
	let said = '';
	let end: number | string | undefined;
	const listeners = new Set<() => void>();
	const tell = (): void => {
		for (const listener of listeners) listener();
	};
	const hear = (chunk: Buffer): void => {
		said = (said + chunk.toString('utf8')).slice(-SAID_MAX);
		tell();
	};
	child.stdout.on('data', hear);
	child.stderr.on('data', hear);
	const leave = (): void => void child.kill('SIGTERM');
	process.once('exit', leave);
	const ended = ending(child).then((how) => {
		end = how;
		process.removeListener('exit', leave);
		tell();
		return how;
	});
	return {
		name,
		pid: child.pid ?? 0,
		said: () => said,
		running: () => end === undefined,
		ended,
		says: (what, withinMs = READY_MS_MAX) =>
			new Promise((resolve) => {
				const settle = (is: boolean): void => {
					clearTimeout(timer);
					listeners.delete(look);
					resolve(is);
				};
				const look = (): void => {
					if (what.test(said)) settle(true);
					else if (end !== undefined) settle(false);
				};
				const timer = setTimeout(() => settle(false), withinMs);
				listeners.add(look);
				look();
			}),
		stop: (how = 'SIGTERM') => {
			if (end === undefined) child.kill(how);
			return ended;
		},
	};
}

function ending(child: ChildProcess): Promise<number | string> {
	return new Promise((resolve) => {
		child.on('error', (error) => resolve(error.message));
		child.on('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
	});
}
