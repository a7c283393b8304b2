/**
 * Expected failure as a value: a `Result` is either what was asked for or the reason why not.
 * Trouble (disk, network) and bugs are exceptions and never come this way.
 */
export interface Ok<T> {
	readonly ok: true;
	readonly value: T;
}

export interface Err<E> {
	readonly ok: false;
	readonly error: E;
}

export type Result<T, E = string> = Ok<T> | Err<E>;

export function ok<T>(value: T): Ok<T> {
	return { ok: true, value };
}

export function err<E>(error: E): Err<E> {
	return { ok: false, error };
}

/** The end of a `switch` that handles every case: reaching it is a bug. */
export function unreachable(value: never): never {
	throw new Error(`a case that cannot be was reached: ${JSON.stringify(value)}`);
}

/** Stops before anything is signed when an invariant of our own code does not hold. */
export function assert(condition: boolean, invariant: string): asserts condition {
	if (!condition) throw new Error(`invariant broken: ${invariant}`);
}
