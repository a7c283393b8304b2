/** Pictures for uploads: whole ones, and ones that are something else too. */
import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

function noise(width: number, height: number): Sharp {
	const raw = Buffer.alloc(width * height * 3);
	for (let at = 0; at < raw.length; at++) raw[at] = (at * 7_919 + (at >> 5)) % 251;
	return sharp(raw, { raw: { width, height, channels: 3 } });
}

export const png = (): Promise<Buffer> => noise(90, 60).png().toBuffer();
export const jpeg = (): Promise<Buffer> => noise(90, 60).jpeg().toBuffer();
export const progressive = (): Promise<Buffer> =>
	noise(90, 60)
		.withExif({ IFD0: { Make: 'camera' } })
		.jpeg({ progressive: true })
		.toBuffer();
export const webp = (): Promise<Buffer> => noise(90, 60).webp().toBuffer();
export const gif = (): Promise<Buffer> => noise(90, 60).gif().toBuffer();

export const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
export const HTML = Buffer.from('<!doctype html><script>alert(1)</script>');
export const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

const CRC = Int32Array.from({ length: 256 }, (_, n) => {
	let c = n;
	for (let k = 0; k < 8; k++) c = (c & 1) === 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
	return c;
});

function crcOf(bytes: Buffer): number {
	let crc = -1;
	for (const byte of bytes) crc = (crc >>> 8) ^ (CRC[(crc ^ byte) & 255] ?? 0);
	return ~crc >>> 0;
}

function chunk(type: string, data: Buffer): Buffer {
	const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const head = Buffer.alloc(4);
	head.writeUInt32BE(data.length);
	const tail = Buffer.alloc(4);
	tail.writeUInt32BE(crcOf(named));
	return Buffer.concat([head, named, tail]);
}

/** A PNG with one more chunk behind its header. */
export function withChunk(image: Buffer, type: string, data: Buffer): Buffer {
	return Buffer.concat([image.subarray(0, 33), chunk(type, data), image.subarray(33)]);
}

/** A small file that says it is so many pixels wide and high, and would unpack to as many bytes. */
export function bomb(side: number): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(side, 0);
	header.writeUInt32BE(side, 4);
	header.set([8, 0, 0, 0, 0], 8);
	const data = deflateSync(Buffer.alloc(Math.min(side * (side + 1), 50_000_000)), { level: 9 });
	const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
	return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

/** The end of a ZIP archive without files, with a comment of so many bytes behind it. */
export function zipEnd(comment: number): Buffer {
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 'latin1');
	end.writeUInt16LE(comment, 20);
	return end;
}
