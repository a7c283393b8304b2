/** Both disks pass the same contract (D3, D15), and a whole log lies on either, to the same bytes; the memory twin alone shows what a power cut takes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { afterEach, describe, expect, it } from 'vitest';
import type { Disk } from '../src/ports/disk.ts';
import { openDisk } from '../src/storage/disk.ts';
import { memoryDisk } from '../src/storage/memoryDisk.ts';
import { memoryStore } from '../src/storage/memoryStore.ts';
import { capture, enrolment, imageOf, newFolder, openIn, opening, presidential, removeFolders } from './lib/world.ts';

afterEach(removeFolders);

const NO_CALLS = { written: () => undefined, renamed: () => undefined };

function text(disk: Disk, path: string): string | undefined {
	const bytes = disk.read(path);
	return bytes === undefined ? undefined : utf8Decode(bytes);
}

const DISKS: readonly (readonly [string, (dir: string) => Disk])[] = [
	['files', openDisk],
	['memory', () => memoryDisk()],
];

describe.each(DISKS)('D3 the disk: %s', (_name, open) => {
	const file = (dir: string, name: string, content: string) => ({ path: join(dir, name), bytes: utf8Encode(content) });

	it('D3 reads what was written and replaced, and nothing where nothing is', () => {
		const dir = newFolder();
		const disk = open(dir);
		const calls: string[] = [];
		disk.write([file(dir, 'a/1', 'one'), file(dir, 'b', 'two')], () => calls.push(text(disk, join(dir, 'a/1')) ?? ''));
		disk.replace(file(dir, 'b', 'three'), () => calls.push(text(disk, join(dir, 'b')) ?? ''));
		expect(calls).toEqual(['one', 'two']);
		expect(['a/1', 'b', 'c', 'b/c'].map((name) => text(disk, join(dir, name)))).toEqual([
			'one',
			'three',
			undefined,
			undefined,
		]);
		expect(disk.sizeOf(join(dir, 'b'))).toBe(5);
		expect(disk.sizeOf(join(dir, 'c'))).toBeUndefined();
	});

	it('D16 links a file under a second name, and leaves what is there already', () => {
		const dir = newFolder();
		const disk = open(dir);
		disk.write([file(dir, 'held', 'image'), file(dir, 'other', 'another')]);
		disk.link(join(dir, 'held'), join(dir, 'shown/it'));
		disk.link(join(dir, 'other'), join(dir, 'shown/it'));
		disk.syncFolders([join(dir, 'shown'), join(dir, 'nowhere')]);
		expect(text(disk, join(dir, 'shown/it'))).toBe('image');
		disk.remove([join(dir, 'held'), join(dir, 'held')]);
		expect(text(disk, join(dir, 'shown/it'))).toBe('image');
	});

	it('removes files and whole folders, and passes over what is not there', () => {
		const dir = newFolder();
		const disk = open(dir);
		disk.write([file(dir, '000.p/1', 'a'), file(dir, '000.p/2', 'b'), file(dir, '000', 'c')]);
		disk.remove([join(dir, '000.p'), join(dir, '001.p')]);
		expect(['000.p/1', '000.p/2', '000'].map((name) => text(disk, join(dir, name)))).toEqual([
			undefined,
			undefined,
			'c',
		]);
	});

	it('D15 keeps many at once and does not write again what has as many bytes', async () => {
		const dir = newFolder();
		const disk = open(dir);
		const calls: string[] = [];
		const told = { written: () => calls.push('written'), renamed: () => calls.push('renamed') };
		await disk.keep([file(dir, 'aa/aa1', 'one'), file(dir, 'bb/bb1', 'two')], told);
		await disk.keep([file(dir, 'aa/aa1', 'ONE'), file(dir, 'bb/bb1', 'longer')], NO_CALLS);
		await disk.syncFoldersLater([join(dir, 'aa'), join(dir, 'bb')]);
		expect(calls).toEqual(['written', 'renamed']);
		expect([text(disk, join(dir, 'aa/aa1')), text(disk, join(dir, 'bb/bb1'))]).toEqual(['one', 'longer']);
	});
});

describe('the memory twin of the disk', () => {
	const bytes = utf8Encode('x');

	it('D3 a power cut leaves what was written, and takes links and removals of folders that were not synced', () => {
		const disk = memoryDisk();
		disk.write([{ path: '/a/1', bytes }]);
		disk.link('/a/1', '/b/1');
		disk.link('/a/1', '/c/1');
		disk.syncFolders(['/c']);
		disk.remove(['/a/1']);
		disk.crash(() => false);
		expect([...disk.paths()].sort()).toEqual(['/a/1', '/c/1']);
	});

	it('D3 a power cut in the middle of a write leaves any of its files, as they happened to reach the disk', () => {
		const disk = memoryDisk();
		const cut = () => {
			throw new Error('cut');
		};
		expect(() =>
			disk.write(
				['/a/1', '/a/2', '/a/3'].map((path) => ({ path, bytes })),
				() => (disk.read('/a/2') === undefined ? undefined : cut()),
			),
		).toThrow('cut');
		disk.crash((path) => path === '/a/2');
		expect([...disk.paths()]).toEqual(['/a/2']);
	});

	it('a copy that is put back is what was copied, whatever was written since', () => {
		const disk = memoryDisk();
		disk.write([{ path: '/a', bytes }]);
		const copy = disk.copy();
		disk.write([{ path: '/b', bytes }]);
		disk.tamper('/a', undefined);
		disk.restore(copy);
		disk.crash(() => false);
		expect([...disk.paths()]).toEqual(['/a']);
	});
});

it('D1 a log lies on both disks to the same bytes', async () => {
	const image = imageOf('a form');
	const dirs = [newFolder(), '/log'] as const;
	const twin = memoryDisk();
	const logs = [openIn(dirs[0]).log, openIn(dirs[1], { disk: twin, store: memoryStore() }).log];
	for (const log of logs) {
		await log.hold([image]);
		log.append([opening().bytes, enrolment().bytes, capture('001', image, presidential(1, 2, 3, 4)).bytes]);
		log.announceHeld();
		log.publishResults();
		log.close();
	}
	const onDisk = readdirSync(dirs[0], { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !entry.name.startsWith('matokeo.sqlite'))
		.map((entry) => join(entry.parentPath, entry.name));
	const inMemory = [...twin.paths()].map((path) => relative(dirs[1], path)).sort();
	expect(onDisk.map((path) => relative(dirs[0], path)).sort()).toEqual(inMemory);
	for (const path of onDisk)
		expect(Buffer.compare(readFileSync(path), twin.read(join(dirs[1], relative(dirs[0], path))) ?? bytesOf())).toBe(0);
});

function bytesOf(): Uint8Array {
	return new Uint8Array(0);
}
