/**
 * A zip from a stranger, opened for reading (B20–B24). Its list of files is held against every file's own header, and the files must lie one behind the other from the first byte to the list: nothing before, nothing between, nothing twice. A
 * file is unpacked when it is asked for, up to the size that was said. Nothing is ever written to the disk.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32, inflateRawSync } from 'node:zlib';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { BundleFiles } from './files.ts';
import {
	BUNDLE_BYTES_MAX,
	BUNDLE_FILE_BYTES_MAX,
	BUNDLE_RATIO_FROM_BYTES,
	BUNDLE_RATIO_MAX,
	PACKED_OVER_BYTES,
} from './limits.ts';
import { shownName, wrongName } from './names.ts';
import { END_BYTES, readDirectory, readTail, WIDE_END_BYTES, widened, type ZipEntry } from './zipDirectory.ts';

const HEADER = 0x04034b50;
const HEADER_BYTES = 30;
const DESCRIPTOR = 0x08074b50;
/** Sizes stand behind the file, since whoever packed it did not know them before. */
const SIZES_BEHIND = 8;
const DIRECTORY_MODE = 0o040000;
const REGULAR_MODE = 0o100000;
const MODE_KIND = 0o170000;
const DOS_DIRECTORY = 0x10;
/** What deflate makes of nothing. */
const EMPTY_DEFLATED_BYTES = 2;

type ReadAt = (at: number, length: number) => Buffer;

/** Trouble of the disk is an exception; the file stays open until `close`. */
export function openZip(path: string): Result<BundleFiles> {
	const file = openSync(path, 'r');
	const readAt: ReadAt = (at, length) => {
		const bytes = Buffer.alloc(length);
		let got = 0;
		while (got < length) {
			const more = readSync(file, bytes, got, length - got, at + got);
			if (more === 0) throw new Error(`${path} became shorter while it was read`);
			got += more;
		}
		return bytes;
	};
	const opened = filesIn(readAt, fstatSync(file).size, () => closeSync(file));
	if (!opened.ok) closeSync(file);
	return opened;
}

function filesIn(readAt: ReadAt, size: number, close: () => void): Result<BundleFiles> {
	if (size < END_BYTES) return err('B23: the file is too short for a zip');
	const tailBytes = Math.min(size, END_BYTES + WIDE_END_BYTES);
	const tail = readTail(readAt(size - tailBytes, tailBytes), size);
	if (!tail.ok) return tail;
	const listed = readDirectory(readAt(tail.value.start, tail.value.length), tail.value.count);
	if (!listed.ok) return listed;
	const wrong = wrongNames(listed.value) ?? wrongSizes(listed.value);
	if (wrong !== undefined) return err(wrong);
	const placed = placesOf(readAt, listed.value, tail.value.start);
	if (!placed.ok) return placed;
	const files = new Map([...placed.value].filter(([{ name }]) => !name.endsWith('/')));
	const byName = new Map([...files.keys()].map((entry) => [entry.name, entry]));
	return ok({
		sizes: new Map([...byName].map(([name, entry]) => [name, entry.size])),
		read: (name) => {
			const entry = byName.get(name);
			const start = entry === undefined ? undefined : files.get(entry);
			if (entry === undefined || start === undefined) return err('there is no such file');
			return unpacked(entry, readAt(start, entry.packed));
		},
		close,
	});
}

/** B21. Folders end in a slash and are let pass; a name that is one for a system that does not tell capitals is there twice. */
function wrongNames(entries: readonly ZipEntry[]): string | undefined {
	const names = new Set<string>();
	for (const { name, attributes, size, packed } of entries) {
		const isFolder = name.endsWith('/');
		const wrong = wrongName(isFolder ? name.slice(0, -1) : name);
		if (wrong !== undefined) return `B21: the zip holds ${wrong}: ${shownName(name)}`;
		const kind = (attributes >>> 16) & MODE_KIND;
		const folderBit = (attributes & DOS_DIRECTORY) !== 0;
		const fits = isFolder ? kind === 0 || kind === DIRECTORY_MODE : (kind === 0 || kind === REGULAR_MODE) && !folderBit;
		if (!fits) return `B22: ${shownName(name)} is a link or a special file, which a bundle never has`;
		if (isFolder && (size !== 0 || packed > EMPTY_DEFLATED_BYTES))
			return `B22: the folder ${shownName(name)} has bytes of its own`;
		const folded = (isFolder ? name.slice(0, -1) : name).toLowerCase();
		if (names.has(folded)) return `B21: the name ${shownName(name)} is there twice, or but for capital letters`;
		names.add(folded);
	}
	const files = new Set(entries.flatMap(({ name }) => (name.endsWith('/') ? [] : [name.toLowerCase()])));
	for (const { name } of entries)
		for (let at = name.indexOf('/'); at > 0 && at < name.length - 1; at = name.indexOf('/', at + 1))
			if (files.has(name.slice(0, at).toLowerCase()))
				return `B21: ${shownName(name)} lies in a folder whose name a file has`;
	return undefined;
}

/** B20. */
function wrongSizes(entries: readonly ZipEntry[]): string | undefined {
	let total = 0;
	for (const { name, size, packed } of entries) {
		if (size > BUNDLE_FILE_BYTES_MAX)
			return `B20: ${shownName(name)} has ${size} bytes, at most ${BUNDLE_FILE_BYTES_MAX} are read`;
		if (size > BUNDLE_RATIO_FROM_BYTES && size > packed * BUNDLE_RATIO_MAX)
			return `B20: ${shownName(name)} would grow from ${packed} to ${size} bytes: it was made to fill a disk`;
		if (packed > size + size / 4 + PACKED_OVER_BYTES)
			return `B20: ${shownName(name)} would shrink from ${packed} to ${size} bytes: nothing packs a file so`;
		total += size;
	}
	return total > BUNDLE_BYTES_MAX ? `B20: ${total} bytes in all, at most ${BUNDLE_BYTES_MAX} are read` : undefined;
}

/** B23: each entry → where its bytes begin. */
function placesOf(readAt: ReadAt, entries: readonly ZipEntry[], end: number): Result<ReadonlyMap<ZipEntry, number>> {
	const inOrder = [...entries].sort((a, b) => a.offset - b.offset);
	const places = new Map<ZipEntry, number>();
	let at = 0;
	for (const [place, entry] of inOrder.entries()) {
		const next = inOrder[place + 1]?.offset ?? end;
		const say = (what: string): { readonly ok: false; readonly error: string } =>
			err(`B23: ${shownName(entry.name)}: ${what}`);
		if (entry.offset !== at || at + HEADER_BYTES > end)
			return say('it does not lie directly behind the file before it: something else stands between, or two overlap');
		const start = headerOf(readAt, entry, end);
		if (start === undefined) return say('its own header says something else than the list of files');
		if (!isBehind(readAt, entry, start + entry.packed, next))
			return say('its bytes do not reach to the next file, or reach into it');
		places.set(entry, start);
		at = next;
	}
	return at === end ? ok(places) : err('B23: something stands before the list of files');
}

/** Where the bytes of the file begin, if its own header is the one that the list describes. */
function headerOf(readAt: ReadAt, entry: ZipEntry, end: number): number | undefined {
	const head = readAt(entry.offset, HEADER_BYTES);
	const [nameBytes, extraBytes] = [head.readUInt16LE(26), head.readUInt16LE(28)];
	const start = entry.offset + HEADER_BYTES + nameBytes + extraBytes;
	if (head.readUInt32LE(0) !== HEADER || start > end) return undefined;
	const rest = readAt(entry.offset + HEADER_BYTES, nameBytes + extraBytes);
	const wide = widened(rest.subarray(nameBytes), head.readUInt32LE(22), head.readUInt32LE(18), 0);
	if (wide === undefined) return undefined;
	const isLater = (entry.flags & SIZES_BEHIND) !== 0;
	const [crc, packed, size] = [head.readUInt32LE(14), wide.packed, wide.size];
	const same = crc === entry.crc && packed === entry.packed && size === entry.size;
	const left = isLater && crc === 0 && packed === 0 && size === 0;
	const agrees =
		head.readUInt16LE(6) === entry.flags &&
		head.readUInt16LE(8) === entry.method &&
		head.readUInt32LE(10) === entry.time &&
		rest.toString('latin1', 0, nameBytes) === entry.name;
	return agrees && (same || left) ? start : undefined;
}

/** Whether between the end of a file's bytes and the next header there is nothing, or the sizes that belong there. */
function isBehind(readAt: ReadAt, { flags, crc, packed, size }: ZipEntry, from: number, to: number): boolean {
	const length = to - from;
	if ((flags & SIZES_BEHIND) === 0) return length === 0;
	if (![12, 16, 20, 24].includes(length)) return false;
	const bytes = readAt(from, length);
	const at = length % 8 === 0 ? 4 : 0;
	if (at === 4 && bytes.readUInt32LE(0) !== DESCRIPTOR) return false;
	const wide = length >= 20;
	const sizes = [0, 1].map((place) =>
		wide ? Number(bytes.readBigUInt64LE(at + 4 + 8 * place)) : bytes.readUInt32LE(at + 4 + 4 * place),
	);
	return bytes.readUInt32LE(at) === crc && sizes[0] === packed && sizes[1] === size;
}

/** B24. */
function unpacked({ method, size, crc }: ZipEntry, packed: Buffer): Result<Uint8Array> {
	const bytes = method === 0 ? packed : inflated(packed, size);
	if (bytes === undefined || bytes.length !== size)
		return err(`B24: it does not unpack to the ${size} bytes that the zip says`);
	return crc32(bytes) === crc ? ok(bytes) : err('B24: its bytes have another checksum than the zip says');
}

function inflated(packed: Buffer, size: number): Buffer | undefined {
	try {
		const answer: unknown = inflateRawSync(packed, { info: true, maxOutputLength: Math.max(1, size) });
		if (typeof answer !== 'object' || answer === null || !('buffer' in answer) || !('engine' in answer))
			return undefined;
		const { buffer, engine } = answer;
		if (!Buffer.isBuffer(buffer) || typeof engine !== 'object' || engine === null) return undefined;
		// What stands behind the end of the packed data is nobody's.
		return 'bytesWritten' in engine && engine.bytesWritten === packed.length ? buffer : undefined;
	} catch {
		return undefined;
	}
}
