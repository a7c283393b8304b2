/**
 * Trouble: the disk, the clock, a folder that does not fit the database. Nobody's statement is at fault and no rule is broken, so it is an exception, caught once at
 * the edge, with what a person can do. Never thrown for what foreign bytes say.
 */
export class Trouble extends Error {
	override readonly name = 'Trouble';
}
