/**
 * Copies of what the demo left behind, for whoever cheats: files are linked and cost nothing, until one is changed, which makes it a file of its own. The demo's own folder is never touched.
 */
import { copyFileSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder } from '../../../lib/matokeo.ts';

const made: string[] = [];

export function removeDemoCopies(): void {
	for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
}

/** A folder that goes away with the others. */
export function demoFolder(): string {
	const dir = emptyFolder('on-the-demo');
	made.push(dir);
	return dir;
}

/** The server's whole folder; its database is a file of its own, since a server writes into it. */
export function serverCopy(dir: string): string {
	const copy = demoFolder();
	for (const { name } of readdirSync(dir, { withFileTypes: true })) {
		if (name.endsWith('-wal') || name.endsWith('-shm')) continue;
		if (name.startsWith('matokeo.sqlite')) copyFileSync(join(dir, name), join(copy, name));
		else link(join(dir, name), join(copy, name));
	}
	return copy;
}

/** What the server publishes. */
export function publicCopy(dir: string): string {
	const copy = join(demoFolder(), 'public');
	link(join(dir, 'public'), copy);
	return copy;
}

function link(from: string, to: string): void {
	mkdirSync(to, { recursive: true });
	for (const entry of readdirSync(from, { withFileTypes: true })) {
		const [here, there] = [join(from, entry.name), join(to, entry.name)];
		if (entry.isDirectory()) link(here, there);
		else linkSync(here, there);
	}
}

/** Puts other bytes in the place of a file, which was linked and must not change where it came from. */
export function put(folder: string, file: string, bytes: Uint8Array | string): void {
	const path = join(folder, file);
	rmSync(path);
	writeFileSync(path, bytes);
}

/** Changes text, and fails where it is not there. */
export function retype(folder: string, file: string, from: string, to: string): void {
	const bytes = readFileSync(join(folder, file));
	const at = bytes.indexOf(from);
	if (at < 0 || from.length !== to.length)
		throw new Error(`${file} does not say ${from}, or ${to} is of another length`);
	put(folder, file, Buffer.concat([bytes.subarray(0, at), Buffer.from(to), bytes.subarray(at + from.length)]));
}
