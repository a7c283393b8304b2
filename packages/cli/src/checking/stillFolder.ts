/**
 * A server's folder held still while the server goes on: the published log as it stands at one moment, so that it can be compared with one view of the database. Images are named by their
 * digests and need no keeping.
 */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Audit } from '@matokeo/server/audit/fsck.ts';
import { type Folder, folderOf } from '@matokeo/server/publish/folder.ts';
import { linkLog } from './published.ts';

export interface StillFolder {
	readonly folder: Folder;
	/** The audit's findings, by the names of the real folder, without those that say no more than that the server went on meanwhile. */
	readonly judged: (audit: Audit) => Audit;
	readonly remove: () => void;
}

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
	linkLog(join(dir, 'public'), join(dir, name, 'public'));
	return {
		folder: { ...still, dir, database: folder.database, heldBlob: folder.heldBlob, publicBlob: folder.publicBlob },
		judged: (audit) => judged(audit, dir, `${name}/`, began),
		remove: () => rmSync(join(dir, name), { recursive: true, force: true }),
	};
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
