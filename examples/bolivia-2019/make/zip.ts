/**
 * The one file inside a ZIP archive, by its central directory (APPNOTE 4.3): stored or deflated, checked against its CRC-32. Enough for the three
 * archives of the source, and refuses every other.
 */
import { crc32, inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;

export function onlyFileIn(archive: Buffer): Buffer {
	const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
	if (end < 0 || archive.readUInt32LE(end) !== END) throw new Error('not a ZIP archive: it has no end record');
	const count = archive.readUInt16LE(end + 10);
	const entry = archive.readUInt32LE(end + 16);
	if (count !== 1 || archive.readUInt32LE(entry) !== ENTRY)
		throw new Error(`an archive with one file was expected, this has ${count}`);
	const method = archive.readUInt16LE(entry + 10);
	const check = archive.readUInt32LE(entry + 16);
	const packed = archive.readUInt32LE(entry + 20);
	const local = archive.readUInt32LE(entry + 42);
	const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
	const bytes = archive.subarray(start, start + packed);
	if (method !== 0 && method !== 8) throw new Error(`compression method ${method} is not known`);
	const file = method === 0 ? bytes : inflateRawSync(bytes);
	if (crc32(file) !== check) throw new Error('the file in the archive is damaged: its CRC-32 differs');
	return file;
}
