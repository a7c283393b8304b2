/**
 * The list of files at the end of a zip (B22, B23): read strictly, from bytes that a stranger has made. Source: PKWARE's APPNOTE 6.3.10, of which bundles need a small part: no encryption, no second disk, no comment, nothing packed but as it
 * is or by deflate. Whether the files lie as the list says is asked in `zip.ts`.
 */
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { BUNDLE_DIRECTORY_BYTES_MAX, BUNDLE_ENTRIES_MAX } from './limits.ts';
import { shownName } from './names.ts';

export interface ZipEntry {
	/** As its bytes are, each a character. */
	readonly name: string;
	readonly flags: number;
	/** 0 as it is, 8 deflated. */
	readonly method: number;
	/** Time and date, as they are. */
	readonly time: number;
	readonly crc: number;
	readonly packed: number;
	readonly size: number;
	/** Where its own header begins. */
	readonly offset: number;
	/** Mode and attributes, as the system that packed it wrote them. */
	readonly attributes: number;
}

/** Where the list lies and how long it is. */
export interface ZipTail {
	readonly count: number;
	readonly start: number;
	readonly length: number;
}

export const END_BYTES = 22;
/** What a large zip has before its end: a second, wider end of 56 bytes and 20 that say where it is. */
export const WIDE_END_BYTES = 76;

const END = 0x06054b50;
const WIDE_END = 0x06064b50;
const WIDE_LOCATOR = 0x07064b50;
const LISTED = 0x02014b50;
const FULL_16 = 0xffff;
const FULL_32 = 0xffffffff;
/** Encryption of every kind, and names or data that are not where they seem. Bits 1–3 and 11 are harmless. */
const FLAGS_ALLOWED = 0b1000_0000_1110;
const EXTRA_WIDE = 0x0001;
/** Times and owners, as common programs write them; no other extra data is let pass, since some of it renames a file. */
const EXTRAS_HARMLESS: ReadonlySet<number> = new Set([0x5455, 0x7875, 0x000a]);

/** `tail`: the last bytes of the file, at least 22 and at most 98 of them; `size`: of the whole file. */
export function readTail(tail: Buffer, size: number): Result<ZipTail> {
	const at = tail.length - END_BYTES;
	if (at < 0 || tail.readUInt32LE(at) !== END || tail.readUInt16LE(at + 20) !== 0)
		return err('B23: the file does not end as a zip does, or something stands behind its end');
	const disks = [tail.readUInt16LE(at + 4), tail.readUInt16LE(at + 6)];
	const counts = [tail.readUInt16LE(at + 8), tail.readUInt16LE(at + 10)];
	const narrow = {
		count: counts[1] ?? 0,
		length: tail.readUInt32LE(at + 12),
		start: tail.readUInt32LE(at + 16),
	};
	if (disks.some((disk) => disk !== 0) || counts[0] !== counts[1]) return err('B22: a zip in several parts');
	const isWide = narrow.count === FULL_16 || narrow.length === FULL_32 || narrow.start === FULL_32;
	const found = isWide ? wideEnd(tail, at, size, narrow) : ok({ ...narrow, end: size - END_BYTES });
	if (!found.ok) return found;
	const { count, start, length, end } = found.value;
	if (count > BUNDLE_ENTRIES_MAX) return err(`B20: ${count} files, at most ${BUNDLE_ENTRIES_MAX} are read`);
	if (length > BUNDLE_DIRECTORY_BYTES_MAX) return err(`B20: a list of ${length} bytes`);
	if (start + length !== end) return err('B23: the list of files does not lie directly before the end of the zip');
	return ok({ count, start, length });
}

function wideEnd(tail: Buffer, at: number, size: number, narrow: ZipTail): Result<ZipTail & { readonly end: number }> {
	const wide = at - WIDE_END_BYTES;
	if (wide < 0 || tail.readUInt32LE(wide) !== WIDE_END || tail.readUInt32LE(at - 20) !== WIDE_LOCATOR)
		return err('B23: a zip of the wide form (zip64) without its wide end');
	const end = size - END_BYTES - WIDE_END_BYTES;
	const rest = Number(tail.readBigUInt64LE(wide + 4));
	const disks = [tail.readUInt32LE(wide + 16), tail.readUInt32LE(wide + 20), tail.readUInt32LE(at - 16)];
	const found = {
		count: Number(tail.readBigUInt64LE(wide + 32)),
		length: Number(tail.readBigUInt64LE(wide + 40)),
		start: Number(tail.readBigUInt64LE(wide + 48)),
	};
	const agrees =
		(narrow.count === FULL_16 || narrow.count === found.count) &&
		(narrow.length === FULL_32 || narrow.length === found.length) &&
		(narrow.start === FULL_32 || narrow.start === found.start);
	const placed = Number(tail.readBigUInt64LE(at - 12)) === end && tail.readUInt32LE(at - 4) === 1;
	const counted = Number(tail.readBigUInt64LE(wide + 24)) === found.count;
	if (rest !== 44 || disks.some((disk) => disk !== 0) || !agrees || !placed || !counted)
		return err('B23: the two ends of the zip (zip64) contradict each other');
	return ok({ ...found, end });
}

/** The files in the order of the list. */
export function readDirectory(bytes: Buffer, count: number): Result<readonly ZipEntry[]> {
	const entries: ZipEntry[] = [];
	let at = 0;
	while (at < bytes.length) {
		if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== LISTED)
			return err(`B23: place ${entries.length} of the list of files is none`);
		const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place));
		const end = at + 46 + (nameBytes ?? 0) + (extraBytes ?? 0);
		if (end > bytes.length) return err('B23: the list of files is cut off');
		const name = bytes.toString('latin1', at + 46, at + 46 + (nameBytes ?? 0));
		const extra = bytes.subarray(at + 46 + (nameBytes ?? 0), end);
		if (commentBytes !== 0 || bytes.readUInt16LE(at + 34) !== 0)
			return err(`B22: ${shownName(name)} has a comment, or lies in another part`);
		const wide = widened(extra, bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42));
		if (wide === undefined) return err(`B22: ${shownName(name)} has extra data that a bundle has no use for`);
		const entry = {
			name,
			flags: bytes.readUInt16LE(at + 8),
			method: bytes.readUInt16LE(at + 10),
			time: bytes.readUInt32LE(at + 12),
			crc: bytes.readUInt32LE(at + 16),
			attributes: bytes.readUInt32LE(at + 38),
			...wide,
		};
		const wrong = wrongEntry(entry);
		if (wrong !== undefined) return err(`B22: ${shownName(name)} ${wrong}`);
		entries.push(entry);
		at = end;
	}
	return entries.length === count
		? ok(entries)
		: err(`B23: the list has ${entries.length} files, the end says ${count}`);
}

function wrongEntry({ flags, method, packed, size }: ZipEntry): string | undefined {
	if ((flags & ~FLAGS_ALLOWED) !== 0)
		return 'is encrypted, or packed in another way than bundles are: ask for the bundle without a password';
	if (method !== 0 && method !== 8) return `is packed by method ${method}; bundles know 0 (as it is) and 8 (deflate)`;
	if (![packed, size].every(Number.isSafeInteger)) return 'has a size that no file has';
	return method === 0 && packed !== size ? 'is not packed, and has two sizes' : undefined;
}

/** Sizes and place, taken from the wide extra data where the narrow ones are full; `undefined` where extra data does not belong, or widens what is not full. */
export function widened(
	extra: Buffer,
	size: number,
	packed: number,
	offset: number,
): Pick<ZipEntry, 'size' | 'packed' | 'offset'> | undefined {
	const found = { size, packed, offset };
	let wide: Buffer | undefined;
	for (let at = 0; at < extra.length; ) {
		const length = at + 4 > extra.length ? undefined : extra.readUInt16LE(at + 2);
		if (length === undefined || at + 4 + length > extra.length) return undefined;
		const id = extra.readUInt16LE(at);
		if (id === EXTRA_WIDE) {
			if (wide !== undefined) return undefined;
			wide = extra.subarray(at + 4, at + 4 + length);
		} else if (!EXTRAS_HARMLESS.has(id)) return undefined;
		at += 4 + length;
	}
	let at = 0;
	for (const member of ['size', 'packed', 'offset'] as const) {
		if (found[member] !== FULL_32) continue;
		if (wide === undefined || at + 8 > wide.length) return undefined;
		found[member] = Number(wide.readBigUInt64LE(at));
		at += 8;
	}
	return at === (wide?.length ?? 0) ? found : undefined;
}
