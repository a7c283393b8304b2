/**
 * Progress for a person who waits: what is done, how much is left, how long it may still take. Rewrites its line on a terminal, writes a line every
 * few seconds elsewhere.
 */
import type { Output } from './output.ts';

export interface Progress {
	readonly step: (done: number, all: number) => void;
	readonly end: () => void;
}

const QUIET_MS = 5000;
const TERMINAL_MS = 200;

/** `from`: so many were done before we began, and say nothing about how fast it goes now. */
export function progressOn(output: Output, what: string, terminal: boolean, from = 0): Progress {
	const began = performance.now();
	let last = began;
	let written = false;
	return {
		step: (done, all) => {
			const now = performance.now();
			if (done < all && now - last < (terminal ? TERMINAL_MS : QUIET_MS)) return;
			last = now;
			written = true;
			output.stderr(
				`${terminal ? '\r\u001b[K' : ''}${line(what, done, all, from, now - began)}${terminal ? '' : '\n'}`,
			);
		},
		end: () => {
			if (terminal && written) output.stderr('\n');
		},
	};
}

function line(what: string, done: number, all: number, from: number, spentMs: number): string {
	const percent = all === 0 ? 100 : Math.floor((100 * done) / all);
	const left = done <= from ? '' : `, about ${duration((spentMs / (done - from)) * (all - done))} left`;
	return `${what}: ${done.toLocaleString('en')} of ${all.toLocaleString('en')} (${percent} %)${done < all ? left : `, ${duration(spentMs)}`}`;
}

export function duration(milliseconds: number): string {
	const seconds = milliseconds / 1000;
	if (seconds < 10) return `${seconds.toFixed(1)} s`;
	if (seconds < 120) return `${Math.round(seconds)} s`;
	return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
