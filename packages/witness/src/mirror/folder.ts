/** What lies where in a mirror's folder (M2): the log's files as the log serves them, and beside them what is the mirror's own. Names are made here and from nothing that was sent. */
import { join } from 'node:path';

export interface MirrorFolder {
	readonly dir: string;
	/** The files of the log: what `matokeo verify` takes. */
	readonly public: string;
	/** Evidence against the log, one file each. */
	readonly evidence: string;
	/** Statements that wait, their answers, and checkpoints of others. Not to be lost. */
	readonly database: string;
	/** Events of the statements for pages: made again at every start. */
	readonly events: string;
	/** Images that wait, by digest. */
	readonly images: string;
}

export function mirrorFolder(dir: string): MirrorFolder {
	return {
		dir,
		public: join(dir, 'public'),
		evidence: join(dir, 'evidence'),
		database: join(dir, 'mirror.sqlite'),
		events: join(dir, 'events.sqlite'),
		images: join(dir, 'pending'),
	};
}

/** `sha256`: 64 hex digits. */
export function pendingImage({ images }: MirrorFolder, sha256: string): string {
	return join(images, sha256);
}
