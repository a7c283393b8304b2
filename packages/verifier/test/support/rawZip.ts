/** Zips with lies in them, written byte by byte: every member of a header can be said otherwise than it is, in the list and before the file. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface RawHeader {
	readonly name: string | Uint8Array;
	readonly flags: number;
	readonly method: number;
	readonly time: number;
	readonly crc: number;
	readonly packed: number;
	readonly size: number;
	readonly extra: Uint8Array;
}

export interface RawEntry {
	readonly name: string;
	readonly content: Uint8Array | string;
	readonly deflated?: boolean;
	/** Said in both headers. */
	readonly said?: Partial<RawHeader>;
	/** Said only in the list, or only before the file. */
	readonly listed?: Partial<RawHeader> & {
		readonly attributes?: number;
		readonly offset?: number;
		readonly comment?: string;
	};
	readonly own?: Partial<RawHeader>;
	/** Bytes between this file and the next. */
	readonly behind?: Uint8Array;
	/** In place of the packed bytes. */
	readonly packedBytes?: Uint8Array;
}

export interface RawZip {
	readonly before?: Uint8Array;
	readonly after?: Uint8Array;
	readonly comment?: string;
	readonly count?: number;
	/** A wide end (zip64) with these members said otherwise; absent: none. */
	readonly wide?: { readonly count?: number; readonly start?: number; readonly length?: number };
}

const NOTHING = new Uint8Array(0);

function u16(value: number): Buffer {
	const bytes = Buffer.alloc(2);
	bytes.writeUInt16LE(value);
	return bytes;
}

function u32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value >>> 0);
	return bytes;
}

function u64(value: number): Buffer {
	const bytes = Buffer.alloc(8);
	bytes.writeBigUInt64LE(BigInt(value));
	return bytes;
}

function headerOf(entry: RawEntry): { readonly header: RawHeader; readonly packed: Uint8Array } {
	const content = Buffer.from(entry.content);
	const packed = entry.packedBytes ?? (entry.deflated === true ? deflateRawSync(content) : content);
	const header = {
		name: entry.name,
		flags: 0,
		method: entry.deflated === true ? 8 : 0,
		time: 0x4b016000,
		crc: crc32(content),
		packed: packed.length,
		size: content.length,
		extra: NOTHING,
		...entry.said,
	};
	return { header, packed };
}

function middle({ flags, method, time, crc, packed, size }: RawHeader): Buffer {
	return Buffer.concat([u16(20), u16(flags), u16(method), u32(time), u32(crc), u32(packed), u32(size)]);
}

function named({ name, extra }: RawHeader): readonly [Buffer, Buffer] {
	return [Buffer.from(name), Buffer.from(extra)];
}

export function rawZip(entries: readonly RawEntry[], zip: RawZip = {}): Buffer {
	const parts: Uint8Array[] = [zip.before ?? NOTHING];
	const list: Uint8Array[] = [];
	let at = zip.before?.length ?? 0;
	for (const entry of entries) {
		const { header, packed } = headerOf(entry);
		const own = { ...header, ...entry.own };
		const [ownName, ownExtra] = named(own);
		const local = Buffer.concat([
			u32(0x04034b50),
			middle(own),
			u16(ownName.length),
			u16(ownExtra.length),
			ownName,
			ownExtra,
			packed,
			entry.behind ?? NOTHING,
		]);
		const { attributes = 0, offset = at, comment = '', ...said } = entry.listed ?? {};
		const listed = { ...header, ...said };
		const [name, extra] = named(listed);
		list.push(
			Buffer.concat([
				u32(0x02014b50),
				u16(0x0314),
				middle(listed),
				u16(name.length),
				u16(extra.length),
				u16(comment.length),
				u16(0),
				u16(0),
				u32(attributes),
				u32(offset),
				name,
				extra,
				Buffer.from(comment),
			]),
		);
		parts.push(local);
		at += local.length;
	}
	const directory = Buffer.concat(list);
	const count = zip.count ?? entries.length;
	const narrow = zip.wide === undefined ? { count, length: directory.length, start: at } : FULL;
	const end = Buffer.concat([
		u32(0x06054b50),
		u16(0),
		u16(0),
		u16(narrow.count),
		u16(narrow.count),
		u32(narrow.length),
		u32(narrow.start),
		u16(zip.comment?.length ?? 0),
		Buffer.from(zip.comment ?? ''),
	]);
	const wide =
		zip.wide === undefined
			? NOTHING
			: wideEnd({ count, length: directory.length, start: at, ...zip.wide }, at + directory.length);
	return Buffer.concat([...parts, directory, wide, end, zip.after ?? NOTHING]);
}

const FULL = { count: 0xffff, length: 0xffffffff, start: 0xffffffff };

function wideEnd(
	{ count, length, start }: { readonly count: number; readonly length: number; readonly start: number },
	place: number,
): Buffer {
	const record = [
		u32(0x06064b50),
		u64(44),
		u16(45),
		u16(45),
		u32(0),
		u32(0),
		u64(count),
		u64(count),
		u64(length),
		u64(start),
	];
	return Buffer.concat([...record, u32(0x07064b50), u32(0), u64(place), u32(1)]);
}
