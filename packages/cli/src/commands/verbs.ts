/** What every group of verbs is given: the command to add them to, where to write, and whom to tell the exit code. */
import type { Command } from 'commander';
import type { Output } from '../output.ts';

export interface Verbs {
	readonly matokeo: Command;
	readonly output: Output;
	/** To be called once, with the exit code. */
	readonly finish: (code: number) => void;
}
