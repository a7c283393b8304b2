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
	statSync,
	symlinkSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { printBundlePath } from '@matokeo/core/log/tilePath.ts';
import { databaseInUse } from './inUse.ts';

const PARTS = ['package', 'log.vkey', 'tile', 'results', 'witnessed'] as const;
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
	/** Images that came lately and of which the log does not say yet that it holds them: not looked at. */
	readonly coming: number;
	readonly remove: () => void;
}

/**
 * A folder into which a server on this machine may be publishing (its database lies beside it), as it stands now, images and all; any other folder as it is, and also one beside which
 * nothing can be written.
 */
export function holdPublishedStill(folder: string): StillPublished {
	const whole = resolve(folder);
	const asItIs = { folder, coming: 0, remove: () => undefined };
	if (basename(whole) !== 'public' || !existsSync(join(dirname(whole), 'matokeo.sqlite'))) return asItIs;
	const still = join(dirname(whole), `.verify-${process.pid}`);
	const remove = (): void => rmSync(still, { recursive: true, force: true });
	try {
		linkLog(whole, still);
		link(join(whole, 'blob'), join(still, 'blob'));
		const coming = databaseInUse(join(dirname(whole), 'matokeo.sqlite')) ? dropComingImages(still) : 0;
		nameOthers(whole, still);
		return { folder: still, coming, remove };
	} catch {
		remove();
		return asItIs;
	}
}

/** An image lies there a moment before the log says that it is held; one that came within so many milliseconds may be on its way. */
const COMING_MS = 15_000;
const DIGEST = /^[0-9a-f]{64}$/;
/** Bundles of 256 statements, more than are said in that time. */
const BUNDLES_LOOKED_AT = 256;

/** While a process has the database open: of the images that came lately, those stay of which the log, as it is held here, says so. Answers how many do not. */
function dropComingImages(still: string): number {
	const since = Date.now() - COMING_MS;
	const recent = imagesIn(still).filter((path) => DIGEST.test(basename(path)) && statSync(path).birthtimeMs > since);
	if (recent.length === 0) return 0;
	const held = heldLately(still);
	const coming = recent.filter((path) => !held.has(basename(path)));
	for (const path of coming) rmSync(path);
	return coming.length;
}

function imagesIn(folder: string): readonly string[] {
	const blobs = join(folder, 'blob');
	if (!existsSync(blobs)) return [];
	const entries = readdirSync(blobs, { recursive: true, withFileTypes: true });
	return entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
}

/** Digests in the last `blob/held` statements, found in the text of the bundles: who checks them is the verifier. */
function heldLately(still: string): ReadonlySet<string> {
	const size = Number(/^[^\n]*\n([0-9]{1,15})\n/.exec(checkpointIn(still) ?? '')?.[1] ?? 0);
	const last = Math.floor(size / 256);
	const held = new Set<string>();
	for (let index = Math.max(0, last - BUNDLES_LOOKED_AT); index <= last; index++) {
		const width = Math.min(256, size - index * 256);
		const path = join(still, printBundlePath({ index, width }));
		if (width <= 0 || !existsSync(path)) continue;
		for (const said of readFileSync(path, 'latin1').split('matokeo/v1 '))
			if (said.startsWith('blob/held\n')) for (const [digest] of said.matchAll(/[0-9a-f]{64}/g)) held.add(digest);
	}
	return held;
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
