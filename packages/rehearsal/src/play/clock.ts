/**
 * The time of a rehearsal: it begins when it is told to and moves on with the forms, so that the same rehearsal can be played again to the same bytes.
 */
export interface RehearsalClock {
	/** UTC seconds. */
	readonly now: () => number;
	readonly advance: (seconds: number) => void;
}

export function clockFrom(startSeconds: number): RehearsalClock {
	let time = startSeconds;
	return {
		now: () => time,
		advance: (seconds) => {
			time += seconds;
		},
	};
}
