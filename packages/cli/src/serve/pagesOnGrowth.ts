/**
 * Keeps static pages beside the log up to it while a server runs: one publishing at a time, and one more when the log grew meanwhile. Trouble is told and tried again with the next
 * growth; it never keeps a statement from being taken.
 */
import type { PagePublisher } from '@matokeo/server/publish/pages.ts';

export interface FollowingPages {
	/** The log grew. */
	readonly grown: () => void;
	/** Publishes what is due, with the tables, and ends. */
	readonly finish: () => Promise<void>;
}

/** Tables take time in proportion to the election: so many publishings without them, then one with. */
const PUBLISHINGS_PER_TABLE = 40;

export function pagesOnGrowth({ publish }: PagePublisher, troubled: (error: unknown) => void): FollowingPages {
	let due = false;
	let finished = false;
	let count = 0;
	let running: Promise<void> | undefined;

	const one = async (tables: boolean): Promise<void> => {
		try {
			await publish({ tables });
		} catch (error) {
			troubled(error);
		}
	};
	const run = async (): Promise<void> => {
		while (due && !finished) {
			due = false;
			await one(count++ % PUBLISHINGS_PER_TABLE === 0);
		}
		running = undefined;
	};
	return {
		grown: () => {
			due = true;
			if (!finished) running ??= run();
		},
		finish: async () => {
			finished = true;
			await running;
			await one(true);
		},
	};
}
