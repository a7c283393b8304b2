/**
 * Writes a pack, as one zip or as a folder, file by file: nothing is in memory but the file whose turn it is. The digests that `pack.json` lists are of the bytes that were written. The same files give the same bytes: names in the order they come, one
 * moment for all, no owner, no host.
 */
import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PackedFile } from '@matokeo/verifier/pack/manifest.ts';
import { ZipFile } from 'yazl';
import type { PackFile } from './packFile.ts';

export interface PackTarget {
	/** A new file, or a new or empty folder. */
	readonly path: string;
	readonly kind: 'zip' | 'folder';
	/** UTC seconds that all files in a zip bear. */
	readonly time: number;
}

/** `last`: what is said of all that was written, by then. Answers the files in the order in which they were written, those of `last` too. */
export async function writePack(
	files: Iterable<PackFile>,
	last: (written: readonly PackedFile[]) => readonly PackFile[],
	target: PackTarget,
): Promise<readonly PackedFile[]> {
	const written: PackedFile[] = [];
	const all = function* (): Generator<PackFile> {
		yield* files;
		yield* last([...written]);
	};
	if (target.kind === 'folder') await writeFolder(all(), target.path, written);
	else await writeZip(all(), target, written);
	return written;
}

async function writeFolder(files: Iterable<PackFile>, folder: string, written: PackedFile[]): Promise<void> {
	for (const file of files) {
		const path = join(folder, file.path);
		mkdirSync(dirname(path), { recursive: true });
		await pipeline(Readable.from(noted(file, written)), createWriteStream(path, { flags: 'wx' }));
	}
}

/** A file that could not be written whole is removed: half a pack would look like one from which something was taken. */
async function writeZip(files: Iterable<PackFile>, { path, time }: PackTarget, written: PackedFile[]): Promise<void> {
	const zip = new ZipFile();
	const out = createWriteStream(path, { flags: 'wx' });
	const failed = new Promise<never>((_, reject) => {
		zip.on('error', reject);
	});
	const writing = pipeline(zip.outputStream, out);
	try {
		await Promise.race([addAll(zip, files, mtimeOf(time), written), failed]);
		await Promise.race([writing, failed]);
	} catch (error) {
		out.destroy();
		await writing.catch(() => undefined);
		rmSync(path, { force: true });
		throw error;
	}
}

/** One after the other: the next is asked for when the one before has been taken in whole, so that its digest is known. */
async function addAll(zip: ZipFile, files: Iterable<PackFile>, mtime: Date, written: PackedFile[]): Promise<void> {
	for (const file of files) {
		const packed = /\.(png|jpe?g|webp|zip)$/.test(file.path) || file.path.startsWith('log/blob/');
		const options = { mtime, mode: 0o100644, compress: !packed, forceDosTimestamp: true };
		await new Promise<void>((resolve, reject) => {
			const stream = Readable.from(noted(file, written));
			stream.once('end', resolve);
			stream.once('error', reject);
			zip.addReadStream(stream, file.path, options);
		});
	}
	zip.end();
}

/** The bytes of a file in pieces; when the last has gone, its digest is in the list. */
async function* noted({ path, content }: PackFile, written: PackedFile[]): AsyncGenerator<Uint8Array> {
	const hash = createHash('sha256');
	let size = 0;
	for (const piece of pieces(content)) {
		hash.update(piece);
		size += piece.length;
		yield piece;
	}
	written.push({ path, sha256: hash.digest('hex'), size });
}

const PIECE_CHARACTERS = 65_536;

/** Rows are gathered, so that a table of a million is not a million pieces. */
export function* pieces(content: PackFile['content']): Generator<Uint8Array> {
	if (typeof content === 'function') {
		yield content();
		return;
	}
	if (typeof content === 'string') {
		yield Buffer.from(content, 'utf8');
		return;
	}
	let text = '';
	for (const part of content) {
		text += part;
		if (text.length < PIECE_CHARACTERS) continue;
		yield Buffer.from(text, 'utf8');
		text = '';
	}
	if (text.length > 0) yield Buffer.from(text, 'utf8');
}

/** A zip's time has no zone: it is made to read as UTC wherever it is made. */
function mtimeOf(seconds: number): Date {
	const utc = new Date(seconds * 1000);
	return new Date(
		utc.getUTCFullYear(),
		utc.getUTCMonth(),
		utc.getUTCDate(),
		utc.getUTCHours(),
		utc.getUTCMinutes(),
		utc.getUTCSeconds(),
	);
}
