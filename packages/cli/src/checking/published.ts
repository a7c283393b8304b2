/**
 * What a server publishes, held still at one moment while the server goes on: files of the log are put in place whole and never changed where they lie, so a link keeps each as it is.
 */
import {
	cpSync,
	existsSync,
	linkSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	rmSync,
	symlinkSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

const PARTS = ['package', 'log.vkey', 'tile', 'results'] as const;
const CHECKPOINT = 'checkpoint';
/** Publishing takes longer than linking some hundred files: a second try is rarely needed. */
const TRIES_MAX = 20;

/** Links package, key, tiles and results of one checkpoint, and that checkpoint: again until it is the same before and after. */
export function linkLog(from: string, to: string): void {
	for (let tried = 0; tried < TRIES_MAX; tried++) {
		const before = checkpointIn(from);
		rmSync(to, { recursive: true, force: true });
		mkdirSync(to, { recursive: true });
		for (const part of [...PARTS, CHECKPOINT]) link(join(from, part), join(to, part));
		if (checkpointIn(from) === before && checkpointIn(to) === before) return;
	}
}

export interface StillPublished {
	readonly folder: string;
	readonly remove: () => void;
}

/**
 * A folder into which a server on this machine may be publishing (its database lies beside it), as it stands now, images and all; any other folder as it is, and also one beside which
 * nothing can be written.
 */
export function holdPublishedStill(folder: string): StillPublished {
	const whole = resolve(folder);
	const asItIs = { folder, remove: () => undefined };
	if (basename(whole) !== 'public' || !existsSync(join(dirname(whole), 'matokeo.sqlite'))) return asItIs;
	const still = join(dirname(whole), `.verify-${process.pid}`);
	const remove = (): void => rmSync(still, { recursive: true, force: true });
	try {
		linkLog(whole, still);
		// Images were there before the checkpoint that covers them; those that came since are no harm.
		link(join(whole, 'blob'), join(still, 'blob'));
		nameOthers(whole, still);
		return { folder: still, remove };
	} catch {
		remove();
		return asItIs;
	}
}

/** What lies beside the record is not looked at; that it does is told, so its names are kept: of folders, such as those of the pages, the name alone. */
function nameOthers(from: string, to: string): void {
	for (const entry of readdirSync(from, { withFileTypes: true })) {
		const there = join(to, entry.name);
		if (existsSync(there)) continue;
		if (entry.isDirectory()) mkdirSync(there);
		else link(join(from, entry.name), there);
	}
}

function link(from: string, to: string): void {
	const stat = lstatSync(from, { throwIfNoEntry: false });
	if (stat === undefined) return;
	// Whoever looks at the copy must see that it is none of ours.
	if (stat.isSymbolicLink()) {
		symlinkSync(readlinkSync(from), to);
		return;
	}
	if (stat.isDirectory()) {
		mkdirSync(to);
		for (const name of readdirSync(from)) link(join(from, name), join(to, name));
		return;
	}
	try {
		linkSync(from, to);
	} catch {
		// A file system without links has copies; a file that has gone meanwhile is looked for again with the next try.
		if (existsSync(from)) cpSync(from, to);
	}
}

function checkpointIn(folder: string): string | undefined {
	const path = join(folder, CHECKPOINT);
	return existsSync(path) ? readFileSync(path, 'latin1') : undefined;
}
