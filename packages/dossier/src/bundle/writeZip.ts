/** Writes a zip (B2): files in the order in which they are given, as they are, with one date, so that the same files are the same bytes on every machine. Large files stream through; where a zip outgrows its old limits it becomes one of the wide form. */
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import type { Content } from './contents.ts';

/** Noon of a day: whatever the machine's time zone, the same day is written. */
export interface ZipDay {
	readonly year: number;
	/** 1 is January. */
	readonly month: number;
	readonly day: number;
}

const READABLE_BY_ALL = 0o100644;

export async function writeZip(
	target: string,
	contents: readonly Content[],
	{ year, month, day }: ZipDay,
): Promise<void> {
	const zip = new yazl.ZipFile();
	const options = {
		mtime: new Date(year, month - 1, day, 12),
		mode: READABLE_BY_ALL,
		compress: false,
		forceDosTimestamp: true,
	};
	const written = pipeline(zip.outputStream, createWriteStream(target, { flags: 'wx' }));
	const failed = new Promise<never>((_resolve, reject) => {
		zip.on('error', reject);
	});
	for (const content of contents) {
		const size = 'from' in content ? content.size : content.bytes.length;
		zip.addReadStreamLazy(content.path, { ...options, size }, (give) => {
			give(undefined, 'from' in content ? createReadStream(content.from) : Readable.from([Buffer.from(content.bytes)]));
		});
	}
	zip.end();
	await Promise.race([written, failed]);
}
