/** Several things at once, never more than so many; the first trouble ends the whole. */

export async function inParallel<T>(list: readonly T[], most: number, work: (one: T) => Promise<void>): Promise<void> {
	const next = list.values();
	const worker = async (): Promise<void> => {
		for (const one of next) await work(one);
	};
	await Promise.all(Array.from({ length: Math.min(most, list.length) }, worker));
}

/** The same, each only after those before it in the list that it depends on. */
export async function inTurn<T>(
	list: readonly T[],
	dependsOn: (one: T) => readonly T[],
	most: number,
	work: (one: T) => Promise<void>,
): Promise<void> {
	const done = new Set<T>();
	let left = list;
	while (left.length > 0) {
		const all = new Set(left);
		const ready = left.filter((one) => dependsOn(one).every((other) => done.has(other) || !all.has(other)));
		if (ready.length === 0) throw new Error('statements depend on one another in a circle');
		await inParallel(ready, most, work);
		for (const one of ready) done.add(one);
		left = left.filter((one) => !done.has(one));
	}
}
