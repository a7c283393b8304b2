/**
 * Bytes that are asked for again and again (`spec/api.md`, A13), with their entity tag and their compressed forms, each made once and kept while there is room. What is kept under a name
 * is good for one stamp: a file's time and size, the log's size for a page.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip';

export interface Kept {
	readonly bytes: Buffer;
	readonly type: string;
	/** Without quotes. */
	readonly tag: string;
	readonly encoded: (encoding: Encoding) => Promise<Buffer>;
}

export interface ByteCache {
	readonly get: (name: string, stamp: string) => Kept | undefined;
	readonly put: (name: string, stamp: string, bytes: Uint8Array, type: string) => Kept;
}

interface Entry {
	readonly stamp: string;
	readonly kept: Kept;
	bytes: number;
}

/** Quality that compresses as well as gzip's best at a tenth of its time. */
const BROTLI_QUALITY = 4;
const compressors: Readonly<Record<Encoding, (bytes: Buffer) => Promise<Buffer>>> = {
	br: (bytes) =>
		promisify(brotliCompress)(bytes, {
			params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
		}),
	gzip: (bytes) => promisify(gzip)(bytes),
};

export function byteCache(bytesMax: number): ByteCache {
	const entries = new Map<string, Entry>();
	/** The same bytes again, such as a table too long or too passing to be kept: neither hashed nor compressed for each reader. */
	const again = new WeakMap<Uint8Array, Kept>();
	let total = 0;

	const forget = (name: string): void => {
		total -= entries.get(name)?.bytes ?? 0;
		entries.delete(name);
	};
	const grow = (entry: Entry, bytes: number): void => {
		entry.bytes += bytes;
		total += bytes;
		for (const oldest of entries.keys()) {
			if (total <= bytesMax) break;
			forget(oldest);
		}
	};
	return {
		get: (name, stamp) => {
			const entry = entries.get(name);
			if (entry === undefined || entry.stamp !== stamp) return undefined;
			entries.delete(name);
			entries.set(name, entry);
			return entry.kept;
		},
		put: (name, stamp, given, type) => {
			const known = again.get(given);
			if (known?.type === type) return known;
			const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
			const made = new Map<Encoding, Promise<Buffer>>();
			const encoded = (encoding: Encoding): Promise<Buffer> => {
				const known = made.get(encoding);
				if (known !== undefined) return known;
				const fresh = compressors[encoding](bytes);
				made.set(encoding, fresh);
				fresh.then(
					({ length }) => entries.get(name) === entry && grow(entry, length),
					() => made.delete(encoding),
				);
				return fresh;
			};
			const tag = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
			const entry: Entry = { stamp, kept: { bytes, type, tag, encoded }, bytes: 0 };
			again.set(given, entry.kept);
			forget(name);
			entries.set(name, entry);
			grow(entry, bytes.length);
			return entry.kept;
		},
	};
}
