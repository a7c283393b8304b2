/** What strangers hand in as a file: plain, packed, packed badly, packed to hurt. Every answer says what came and what to do, and none takes more than the limit. */
import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SOURCE_LIMITS, unpacked } from '../../src/comparing/unpack.ts';
import { zipOf } from '../lib/zip.ts';

const table = Buffer.from('code,a,b\n1,2,3\n');

async function whyNot(name: string, bytes: Uint8Array): Promise<string> {
	const done = await unpacked(name, bytes);
	if (done.ok) throw new Error(`unpacked to ${done.value.bytes.length} bytes`);
	return done.error;
}

async function textOf(name: string, bytes: Uint8Array): Promise<readonly [string, string]> {
	const done = await unpacked(name, bytes);
	if (!done.ok) throw new Error(done.error);
	return [done.value.name, Buffer.from(done.value.bytes).toString('utf8')];
}

describe('a file before it is read as a table', () => {
	it('is itself, or what gzip or zip holds', async () => {
		const all = [
			await textOf('a.csv', table),
			await textOf('a.csv.gz', gzipSync(table)),
			await textOf('a.zip', zipOf([{ name: 'a.csv', bytes: table }])),
			await textOf('a.zip', zipOf([{ name: 'a.csv', bytes: table, method: 0 }])),
		];
		expect(all).toEqual([1, 2, 3, 4].map(() => ['a.csv', table.toString()]));
	});

	it('leaves out folders and what systems put beside a file', async () => {
		const zip = zipOf([
			{ name: 'data/', bytes: Buffer.alloc(0) },
			{ name: 'data/count.csv', bytes: table },
			{ name: '__MACOSX/data/._count.csv', bytes: table },
			{ name: 'data/.DS_Store', bytes: table },
		]);
		expect(await textOf('a.zip', zip)).toEqual(['count.csv', table.toString()]);
	});

	const wrong: readonly (readonly [string, () => Uint8Array, string])[] = [
		['empty.csv', () => Buffer.alloc(0), '"empty.csv" is empty'],
		['form.pdf', () => Buffer.from('%PDF-1.7\n…'), 'is a PDF'],
		['empty.gz', () => gzipSync(Buffer.alloc(0)), 'holds an empty file'],
		['cut.gz', () => gzipSync(table).subarray(0, 20), 'cut or damaged on the way'],
		['cut.zip', () => zipOf([{ name: 'a.csv', bytes: table }]).subarray(0, 40), 'cut or damaged on the way'],
		['none.zip', () => zipOf([]), 'a zip without a file'],
		[
			'two.zip',
			() => zipOf(['a.csv', 'b.csv'].map((name) => ({ name, bytes: table }))),
			'a zip of 2 files ("a.csv" …): unpack it, and name the one table',
		],
		['sheet.xlsx', () => zipOf([{ name: 'xl/workbook.xml', bytes: table }]), 'save the sheet of the count as CSV'],
		['folder.tar.gz', () => gzipSync(tarOf(table)), 'holds a whole folder (tar)'],
		['secret.zip', () => zipOf([{ name: 'a.csv', bytes: table, flags: 1 }]), 'a zip with a password'],
		['crc.zip', () => zipOf([{ name: 'a.csv', bytes: table, crc32: 7 }]), 'another checksum than the zip says'],
		['lies.zip', () => zipOf([{ name: 'a.csv', bytes: table, said: 3 }]), 'cannot be unpacked'],
		[
			'many.zip',
			() => zipOf(Array.from({ length: SOURCE_LIMITS.entriesMax + 1 }, (_, at) => ({ name: `${at}`, bytes: table }))),
			'a zip of more than 1000 files',
		],
	];
	it.each(wrong)('says of %s what it is and what to do', async (name, bytes, said) => {
		expect(await whyNot(name, bytes())).toContain(said);
	});

	it('stops at the limit, whatever the package says of its size', async () => {
		const large = Buffer.alloc(SOURCE_LIMITS.bytesMax + 1);
		const packed = deflateRawSync(large);
		const entry = { name: 'bomb.csv', bytes: large, packed };
		const bombs: readonly Uint8Array[] = [gzipSync(large), zipOf([entry]), zipOf([{ ...entry, said: 100 }])];
		expect(packed.length).toBeLessThan(300_000);
		const [gz, honest, lying] = await Promise.all(bombs.map((bytes) => whyNot('bomb', bytes)));
		expect(gz).toContain('larger than 268435456 bytes once it is unpacked');
		expect(honest).toContain('larger than 268435456 bytes once it is unpacked');
		expect(lying).toContain('cannot be unpacked');
	}, 60_000);
});

/** A header block of a tar archive is enough to be known by. */
function tarOf(bytes: Uint8Array): Uint8Array {
	const block = Buffer.alloc(512);
	block.write('data/results.json', 0);
	block.write('ustar\u000000', 257);
	return Buffer.concat([block, bytes]);
}
