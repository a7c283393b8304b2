/**
 * Trouble: the disk, the clock, a file that is not ours. Nobody's checkpoint is at fault, so it is an exception, caught once at the edge, with what a person can do.
 */
export class Trouble extends Error {
	override readonly name = 'Trouble';
}
