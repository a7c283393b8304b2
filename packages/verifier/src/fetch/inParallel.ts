/** Work on many things, a few at once; the first failure ends it. Things are taken one at a time, so that there may be more of them than could ever be listed. */

/** `work` answers what failed. The answer is the first failure. */
export async function inParallel<T, F>(
	things: Iterable<T>,
	atOnce: number,
	work: (thing: T) => Promise<F | undefined>,
): Promise<F | undefined> {
	const iterator = things[Symbol.iterator]();
	let failure: F | undefined;
	const one = async (): Promise<void> => {
		for (let next = iterator.next(); next.done !== true && failure === undefined; next = iterator.next()) {
			const failed = await work(next.value);
			failure ??= failed;
			if (failure !== undefined) return;
		}
	};
	await Promise.all(Array.from({ length: atOnce }, one));
	return failure;
}
