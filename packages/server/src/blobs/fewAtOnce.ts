/** Work that may be done by so many at once, and for which so many more may wait; whoever comes then is told at once that there is no room. */

export type FewAtOnce = <T>(work: () => Promise<T>) => Promise<T> | undefined;

export function fewAtOnce(atOnce: number, waitingMax: number): FewAtOnce {
	const waiting: (() => void)[] = [];
	let busy = 0;

	const next = (): void => {
		busy--;
		waiting.shift()?.();
	};
	return (work) => {
		if (busy < atOnce) {
			busy++;
			return work().finally(next);
		}
		if (waiting.length >= waitingMax) return undefined;
		return new Promise((resolve, reject) => {
			waiting.push(() => {
				busy++;
				work().then(resolve, reject).finally(next);
			});
		});
	};
}
