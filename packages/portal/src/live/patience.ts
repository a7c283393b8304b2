/** How long a reader waits for what is being made: until it is there, or so long. What is begun goes on; whoever comes next finds it. */

/** Waits for all of them, at most so many milliseconds. What fails in time is thrown; what fails later is for whoever asks again. */
export type Patience = (begun: readonly Promise<void>[], ms: number) => Promise<void>;

export const patiently: Patience = async (begun, ms) => {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const over = new Promise<void>((resolve) => {
		timer = setTimeout(resolve, ms);
	});
	try {
		// What fails after that has nobody to tell.
		await Promise.race([Promise.all(begun), over]);
	} finally {
		clearTimeout(timer);
	}
};
