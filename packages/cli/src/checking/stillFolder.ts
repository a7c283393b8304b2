/**
 * A server's folder held still while the server goes on: the published log as it stands at one moment, so that it can be compared with one view of the database. Files of the log are put
 * in place whole and never changed where they lie, so a link keeps each as it is. Images are named by their digests and need no keeping.
 */
import { cpSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Audit } from '@matokeo/server/audit/fsck.ts';
import { type Folder, folderOf } from '@matokeo/server/publish/folder.ts';

export interface StillFolder {
	readonly folder: Folder;
	/** The audit's findings, by the names of the real folder, without those that say no more than that the server went on meanwhile. */
	readonly judged: (audit: Audit) => Audit;
	readonly remove: () => void;
}

const PARTS = ['package', 'log.vkey', 'tile', 'results'] as const;
/** Publishing takes longer than linking some hundred files: a second try is rarely needed. */
const TRIES_MAX = 20;

/** The folder itself where nothing can be linked beside it: then no server can be running there either. */
export function holdStill(dir: string): StillFolder {
	const folder = folderOf(dir);
	const name = `.fsck-${process.pid}`;
	const began = Date.now();
	try {
		mkdirSync(join(dir, name));
	} catch {
		return { folder, judged: (audit) => audit, remove: () => undefined };
	}
	const still = folderOf(join(dir, name));
	linkAll(folder, still, join(dir, 'public'), join(dir, name, 'public'));
	return {
		folder: { ...still, dir, database: folder.database, heldBlob: folder.heldBlob, publicBlob: folder.publicBlob },
		judged: (audit) => judged(audit, dir, `${name}/`, began),
		remove: () => rmSync(join(dir, name), { recursive: true, force: true }),
	};
}

/** Again until the checkpoint is the same before and after: then everything in between belongs to it. */
function linkAll(folder: Folder, still: Folder, from: string, to: string): void {
	for (let tried = 0; tried < TRIES_MAX; tried++) {
		const before = bytesAt(folder.checkpoint);
		rmSync(to, { recursive: true, force: true });
		mkdirSync(to, { recursive: true });
		for (const part of PARTS) link(join(from, part), join(to, part));
		link(folder.checkpoint, still.checkpoint);
		if (bytesAt(folder.checkpoint) === before && bytesAt(still.checkpoint) === before) return;
	}
}

function link(from: string, to: string): void {
	const stat = statSync(from, { throwIfNoEntry: false });
	if (stat === undefined) return;
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

function bytesAt(path: string): string | undefined {
	return existsSync(path) ? readFileSync(path, 'latin1') : undefined;
}

function judged({ findings, count, ...rest }: Audit, dir: string, prefix: string, began: number): Audit {
	const kept = findings
		.map((finding) => ({ ...finding, where: finding.where.replace(prefix, '') }))
		.filter(({ where, problem }) => !wentOn(dir, where, problem, began));
	return { ...rest, findings: kept, count: count - (findings.length - kept.length) };
}

/** An image that was published after we began, or statements that are published by now. */
function wentOn(dir: string, where: string, problem: string, began: number): boolean {
	if (where.startsWith('public/blob/'))
		return (statSync(join(dir, where), { throwIfNoEntry: false })?.ctimeMs ?? 0) >= began;
	const unpublished = /^([0-9]+) statements are committed and not yet published/.test(problem);
	return unpublished && (statSync(join(dir, where), { throwIfNoEntry: false })?.ctimeMs ?? 0) >= began;
}
