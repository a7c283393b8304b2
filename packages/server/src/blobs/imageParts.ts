/**
 * The outer structure of PNG, JPEG and WebP (`spec/api.md`, A9), walked from the first byte to the last: an image that ends earlier or later than its file, carries a second picture, moves, or has
 * parts that no camera or scanner writes is refused. What is inside the parts is for the decoder. Sources: PNG (W3C, third edition) §5; JPEG (ITU-T T.81) annex B; WebP container (RFC 9649).
 */
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { ImageType } from '@matokeo/portal/live/imageType.ts';

export interface Walked {
	/** Bytes of everything that is not the picture. */
	readonly metadataBytes: number;
}

export function walkImage(type: ImageType, bytes: Uint8Array): Result<Walked> {
	const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	switch (type) {
		case 'image/png':
			return walkPng(view);
		case 'image/jpeg':
			return walkJpeg(view);
		case 'image/webp':
			return walkWebp(view);
	}
}

const PNG_PICTURE = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS']);
/** Registered ones that describe the picture, its colours or its making; not those of moving pictures. */
const PNG_METADATA = new Set(
	'cHRM cICP gAMA iCCP mDCV cLLI sBIT sRGB bKGD hIST pHYs sPLT eXIf tIME iTXt tEXt zTXt oFFs'.split(' '),
);

function walkPng(bytes: Buffer): Result<Walked> {
	let metadataBytes = 0;
	for (let at = 8; at + 12 <= bytes.length; ) {
		const length = bytes.readUInt32BE(at);
		const type = bytes.toString('latin1', at + 4, at + 8);
		const end = at + 12 + length;
		if (end > bytes.length) return err('a part of the PNG reaches beyond the end');
		if (at === 8 && type !== 'IHDR') return err('the PNG does not begin with its header');
		if (PNG_METADATA.has(type)) metadataBytes += length + 12;
		else if (!PNG_PICTURE.has(type)) return err('the PNG has a part that is neither picture nor known metadata');
		if (type === 'IEND') return end === bytes.length ? ok({ metadataBytes }) : err('bytes follow the end of the PNG');
		at = end;
	}
	return err('the PNG does not end');
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;

function walkJpeg(bytes: Buffer): Result<Walked> {
	let metadataBytes = 0;
	for (let at = 2; at + 2 <= bytes.length; ) {
		if (bytes[at] !== 0xff) return err('between the parts of the JPEG stand other bytes');
		const marker = bytes[at + 1] ?? 0;
		// Any number of FF may fill the space before a marker.
		if (marker === 0xff) {
			at++;
			continue;
		}
		if (marker === EOI)
			return at + 2 === bytes.length ? ok({ metadataBytes }) : err('bytes follow the end of the JPEG');
		if (marker === SOI || marker < 0xc0) return err('the JPEG has a part that no picture has');
		if (at + 4 > bytes.length) return err('the JPEG does not end');
		const length = bytes.readUInt16BE(at + 2);
		const end = at + 2 + length;
		if (length < 2 || end > bytes.length) return err('a part of the JPEG reaches beyond the end');
		if (marker >= 0xe0) metadataBytes += length + 2;
		at = marker === SOS ? endOfScan(bytes, end) : end;
	}
	return err('the JPEG does not end');
}

/** The next marker that is neither an escaped FF nor a restart within the scan. */
function endOfScan(bytes: Buffer, start: number): number {
	for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
		const next = bytes[at + 1] ?? 0xff;
		if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
	}
	return bytes.length;
}

const WEBP_PICTURE = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH']);
const WEBP_METADATA = new Set(['ICCP', 'EXIF', 'XMP ']);

function walkWebp(bytes: Buffer): Result<Walked> {
	if (bytes.length < 12 || bytes.readUInt32LE(4) + 8 !== bytes.length)
		return err('the WebP says another length than it has');
	let metadataBytes = 0;
	let at = 12;
	while (at + 8 <= bytes.length) {
		const type = bytes.toString('latin1', at, at + 4);
		const length = bytes.readUInt32LE(at + 4);
		if (WEBP_METADATA.has(type)) metadataBytes += length + 8;
		else if (!WEBP_PICTURE.has(type)) return err('the WebP moves, or has a part that no picture has');
		at += 8 + length + (length % 2);
	}
	return at === bytes.length ? ok({ metadataBytes }) : err('the WebP does not end where its file does');
}
