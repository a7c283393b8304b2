/**
 * The named points at which the process may die, as a story (after Sunlight): the table says what a crash *there* leaves behind and what the next start does. Nothing
 * needs hands. Tests kill the process at each of them; nothing else listens.
 */

/** Point → what is left, what a restart does. */
export const CRASH_POINTS = {
	/** Statements were decided in memory. Nothing is left; the sender has no answer and sends again. */
	'before-commit': 'nothing',
	/** The transaction is durable, nothing is published. A restart publishes it; sending again gives the receipt. */
	'after-commit': 'statements committed, not published',
	/** Some tiles or bundles are in place, others are not. They are functions of the log: a restart writes all of them again. */
	'between-tiles': 'some tiles of a size that no checkpoint names',
	/** Tiles and bundles are synced, public images not yet linked or withheld ones not yet removed. A restart does all of it. */
	'after-tiles': 'all tiles of a size that no checkpoint names',
	/** Images are linked too; the new checkpoint is not signed. A restart signs the same one: size and root are committed. */
	'after-blobs': 'tiles and images ahead of the checkpoint',
	/** The new checkpoint lies in a temporary file. A restart removes that and publishes the same checkpoint. */
	'checkpoint-temp-written': 'a temporary file',
	/** Published; the sender has no answer and sends again: the text is logged, and here is the receipt. */
	'after-checkpoint': 'full tiles beside partial ones that they replace',
	/** A blob lies in a temporary file; its sender has no answer. A restart removes the file. */
	'blob-temp': 'a temporary file',
	/** The blob is in place, perhaps not yet durable, and not announced. Holding it again, or announcing it, syncs the folder. */
	'blob-renamed': 'a blob that no statement of the log announces',
	/** A clerk's opening is kept. The clerk may deliver it again. */
	'opening-kept': 'an opening kept in confidence',
	/** Results lie in a temporary file; the old ones stand. Publishing them again replaces them. */
	'results-temp-written': 'a temporary file',
} as const;

export type CrashPoint = keyof typeof CRASH_POINTS;

/** Called at each point; does nothing unless a test hands in something that kills. */
export type Faults = (point: CrashPoint) => void;
