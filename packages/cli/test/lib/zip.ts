/** Writes zip files byte by byte, true ones and ones that lie: about sizes, checksums, passwords. */
import { crc32, deflateRawSync } from 'node:zlib';

interface ZipEntry {
	readonly name: string;
	readonly bytes: Uint8Array;
	/** 8: deflated, 0: stored. */
	readonly method?: 0 | 8;
	readonly flags?: number;
	/** In place of the true one. */
	readonly crc32?: number;
	/** The size that is said, in place of the true one. */
	readonly said?: number;
	/** The deflated bytes, where they are at hand. */
	readonly packed?: Uint8Array;
}

export function zipOf(entries: readonly ZipEntry[]): Buffer {
	const local: Uint8Array[] = [];
	const central: Uint8Array[] = [];
	let at = 0;
	for (const entry of entries) {
		const { name, bytes, method = 8, flags = 0 } = entry;
		const data = method === 0 ? bytes : (entry.packed ?? deflateRawSync(bytes));
		const fields = Buffer.alloc(26);
		fields.writeUInt16LE(20, 0);
		fields.writeUInt16LE(flags, 2);
		fields.writeUInt16LE(method, 4);
		fields.writeUInt32LE(entry.crc32 ?? crc32(bytes), 10);
		fields.writeUInt32LE(data.length, 14);
		fields.writeUInt32LE(entry.said ?? bytes.length, 18);
		fields.writeUInt16LE(Buffer.byteLength(name), 22);
		const head = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, Buffer.from(name)]);
		const rest = Buffer.alloc(14);
		rest.writeUInt32LE(at, 10);
		central.push(Buffer.from('PK\u0001\u0002'), Buffer.from([20, 3]), fields, rest, Buffer.from(name));
		local.push(head, data);
		at += head.length + data.length;
	}
	const directory = Buffer.concat(central);
	const end = Buffer.alloc(18);
	end.writeUInt16LE(entries.length, 4);
	end.writeUInt16LE(entries.length, 6);
	end.writeUInt32LE(directory.length, 8);
	end.writeUInt32LE(at, 12);
	return Buffer.concat([...local, directory, Buffer.from('PK\u0005\u0006'), end]);
}
