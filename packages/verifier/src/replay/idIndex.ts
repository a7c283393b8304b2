/**
 * Statement id → index of its leaf, for a million statements in some forty bytes each: the ids as bytes one after another, and an
 * open-addressing table of places over them. Every answer compares all 32 bytes, so nobody gains by grinding ids that begin alike.
 */
import { hexEncode } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';

export interface IdIndex {
	readonly get: (id: string) => number | undefined;
	/** `id` is 64 lower-case hex digits and not there yet. */
	readonly put: (id: string, index: number) => void;
	readonly size: () => number;
	/** The id that was put as the nth, counted from 0. */
	readonly idAt: (place: number) => string;
}

const ID_BYTES = 32;
const INDEX_MAX = 0xffff_ffff;
const CHUNK_IDS = 4096;
const SLOTS_LEAST = 1024;

const NIBBLE = new Uint8Array(128).fill(255);
for (const [value, digit] of [...'0123456789abcdef'].entries()) NIBBLE[digit.charCodeAt(0)] = value;

export function idIndex(): IdIndex {
	const chunks: Uint8Array[] = [];
	const indexes: Uint32Array[] = [];
	const wanted = new Uint8Array(ID_BYTES);
	let slots = new Uint32Array(SLOTS_LEAST);
	let count = 0;

	function matches(entry: number): boolean {
		const bytes = chunks[Math.floor(entry / CHUNK_IDS)];
		const at = (entry % CHUNK_IDS) * ID_BYTES;
		for (let i = 0; i < ID_BYTES; i++) if (bytes?.[at + i] !== wanted[i]) return false;
		return true;
	}

	/** The slot that holds the wanted id, else the free one where it belongs. */
	function slotOf(): number {
		const mask = slots.length - 1;
		let slot = prefix(wanted, 0) & mask;
		for (let entry = slots[slot] ?? 0; entry !== 0 && !matches(entry - 1); entry = slots[slot] ?? 0)
			slot = (slot + 1) & mask;
		return slot;
	}

	function grow(): void {
		const larger = new Uint32Array(slots.length * 2);
		const mask = larger.length - 1;
		for (let entry = 0; entry < count; entry++) {
			const bytes = chunks[Math.floor(entry / CHUNK_IDS)] ?? wanted;
			let slot = prefix(bytes, (entry % CHUNK_IDS) * ID_BYTES) & mask;
			while (larger[slot] !== 0) slot = (slot + 1) & mask;
			larger[slot] = entry + 1;
		}
		slots = larger;
	}

	return {
		get: (id) => {
			// Most ids that are asked for are not there, and that is often seen from their first bytes alone.
			if (slots[firstBytes(id) & (slots.length - 1)] === 0 || !read(id, wanted)) return undefined;
			const entry = slots[slotOf()] ?? 0;
			return entry === 0 ? undefined : indexes[Math.floor((entry - 1) / CHUNK_IDS)]?.[(entry - 1) % CHUNK_IDS];
		},
		put: (id, index) => {
			assert(read(id, wanted), 'a statement id is 64 hex digits');
			assert(index <= INDEX_MAX, 'a log of more statements than 32 bits count does not fit into memory anyway');
			if (count * 2 >= slots.length) grow();
			const slot = slotOf();
			assert(slots[slot] === 0, 'a statement id is remembered once');
			if (count % CHUNK_IDS === 0) {
				chunks.push(new Uint8Array(CHUNK_IDS * ID_BYTES));
				indexes.push(new Uint32Array(CHUNK_IDS));
			}
			chunks.at(-1)?.set(wanted, (count % CHUNK_IDS) * ID_BYTES);
			indexes.at(-1)?.fill(index, count % CHUNK_IDS, (count % CHUNK_IDS) + 1);
			count++;
			slots[slot] = count;
		},
		size: () => count,
		idAt: (place) => {
			const at = (place % CHUNK_IDS) * ID_BYTES;
			return hexEncode((chunks[Math.floor(place / CHUNK_IDS)] ?? wanted).subarray(at, at + ID_BYTES));
		},
	};
}

/** Ids are SHA-256: any four of their bytes are a hash. */
function prefix(bytes: Uint8Array, at: number): number {
	return ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
}

function firstBytes(id: string): number {
	let value = 0;
	for (let i = 0; i < 8; i++) value = (value << 4) | (NIBBLE[id.charCodeAt(i)] ?? 0);
	return value;
}

function read(id: string, into: Uint8Array): boolean {
	if (id.length !== 2 * ID_BYTES) return false;
	for (let i = 0; i < ID_BYTES; i++) {
		const high = NIBBLE[id.charCodeAt(2 * i)] ?? 255;
		const low = NIBBLE[id.charCodeAt(2 * i + 1)] ?? 255;
		if (high > 15 || low > 15) return false;
		into[i] = high * 16 + low;
	}
	return true;
}
