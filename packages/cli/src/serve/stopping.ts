/**
 * How a server is stopped: the first SIGINT (Ctrl-C) or SIGTERM asks it to finish, a second one ends it at once. A launcher may pass on a signal that the terminal has sent to all of us
 * already: what follows within a second is the same one.
 */
export interface Stopping {
	/** Resolves at the first signal. */
	readonly asked: Promise<void>;
	readonly isAsked: () => boolean;
	/** Waits until something is done or the first signal comes, whichever is first. */
	readonly orAsked: (milliseconds: number) => Promise<void>;
	/** Leaves the signals to whoever had them before. */
	readonly release: () => void;
}

const SAME_SIGNAL_MS = 1_000;
/** As a shell counts a process that a signal ended. */
const ENDED_BY_SIGNAL = 130;

export function stoppingBySignals(onSecond: () => void = () => process.exit(ENDED_BY_SIGNAL)): Stopping {
	let first: number | undefined;
	const gate = Promise.withResolvers<void>();
	const handle = (): void => {
		const now = performance.now();
		if (first === undefined) {
			first = now;
			gate.resolve();
		} else if (now - first >= SAME_SIGNAL_MS) onSecond();
	};
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
	for (const signal of signals) process.on(signal, handle);
	return {
		asked: gate.promise,
		isAsked: () => first !== undefined,
		orAsked: async (milliseconds) => {
			if (milliseconds <= 0) return;
			if (first !== undefined) return;
			const timer = Promise.withResolvers<void>();
			const timeout = setTimeout(timer.resolve, milliseconds);
			await Promise.race([timer.promise, gate.promise]);
			clearTimeout(timeout);
		},
		release: () => {
			for (const signal of signals) process.off(signal, handle);
		},
	};
}
