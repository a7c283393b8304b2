/**
 * The files of a log, whoever keeps them (`spec/storage.md`, D3): what is written is durable when the call returns, and a reader sees the old file or the new one, never half of one. The disk
 * of files is one such keeper (`storage/disk.ts`), the memory twin another (`storage/memoryDisk.ts`); both pass the same contract suite. Trouble is thrown as `Trouble`.
 */
export interface FileContent {
	/** Absolute, or from the working folder. */
	readonly path: string;
	readonly bytes: Uint8Array;
}

/** The bytes of a file; `undefined` when there is none. */
export type ReadFile = (path: string) => Uint8Array | undefined;

export interface KeepCalls {
	/** All lie complete and synced under temporary names. */
	readonly written: () => void;
	/** All are in place, perhaps not yet durably. */
	readonly renamed: () => void;
}

export interface Disk {
	readonly read: ReadFile;
	/** Bytes; `undefined` when there is nothing of this name. */
	readonly sizeOf: (path: string) => number | undefined;
	/** All of them are durable when this returns; `between` is called after each but the last is in place. */
	readonly write: (files: readonly FileContent[], between?: () => void) => void;
	/** The same for one file, with a call when it lies complete under its temporary name. */
	readonly replace: (file: FileContent, written?: () => void) => void;
	/** Gives a file a second name, in a folder that is made if need be; durable once that folder is synced. A name that is there already stays as it is. */
	readonly link: (from: string, to: string) => void;
	/**
	 * Puts many files in place at once without holding the process up: their bytes are durable when this ends, their names once their folders are synced. A file that is there already with as many
	 * bytes is synced and not written again: these are files named by their digest.
	 */
	readonly keep: (files: readonly FileContent[], calls: KeepCalls) => Promise<void>;
	/** Removes files and whole folders; those that are not there are passed over. Durable once the folder around them is synced. */
	readonly remove: (paths: readonly string[]) => void;
	/** Makes the names in these folders durable; folders that are not there are passed over. */
	readonly syncFolders: (paths: Iterable<string>) => void;
	/** The same, without holding the process up. */
	readonly syncFoldersLater: (paths: Iterable<string>) => Promise<void>;
}
