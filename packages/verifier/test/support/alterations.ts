/**
 * Every way in which a folder is altered in these tests, as data: what is done to a sound folder, and where the verifier must say that something is wrong. A row more is a test more.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../src/check/problem.ts';
import { blobPath, type Published, publish, put } from './publish.ts';
import { checkpointNote, imageOf, type Note, smallLog, suite } from './smallLog.ts';

export interface Altered {
	readonly dir: string;
	/** What the reader brings beside the folder. */
	readonly against?: Uint8Array;
}

export interface Alteration {
	readonly name: string;
	readonly make: (sound: Published) => Altered;
	/** Members that at least one problem has. */
	readonly finds: Partial<Problem>;
	/** Checks that must find nothing: where it would be blamed wrongly. */
	readonly clears?: readonly Problem['check'][];
	/** Only with this is it found at all. */
	readonly anchored?: boolean;
}

/** One byte of a file, changed. */
function flip(dir: string, path: string, at: number): Altered {
	const bytes = readFileSync(join(dir, path));
	bytes[at] = (bytes[at] ?? 0) ^ 1;
	put(dir, path, bytes);
	return { dir };
}

/** Where a note begins in the first bundle. */
function offsetOf(notes: readonly Note[], tag: string): number {
	let at = 2;
	for (const one of notes) {
		if (one.tag === tag) return at;
		at += one.bytes.length + 2;
	}
	throw new Error(`no note ${tag}`);
}

export function find(notes: readonly Note[], tag: string): Note {
	const found = notes.find((one) => one.tag === tag);
	if (found === undefined) throw new Error(`no note ${tag}`);
	return found;
}

function at(notes: readonly Note[], tag: string): number {
	return notes.indexOf(find(notes, tag));
}

const digestOf = (station: string, kind = 'original'): string => suite.sha256Hex(imageOf(station, kind));
const inBundle = (notes: readonly Note[], tag: string, text: string): number =>
	offsetOf(notes, tag) + Buffer.from(find(notes, tag).bytes).indexOf(text);

const log = smallLog();

/** Bytes changed where nobody signed again. */
export const BYTES: readonly Alteration[] = [
	{
		name: 'a byte in a tile',
		make: ({ dir }) => flip(dir, 'tile/0/000', 32 * 8 + 5),
		finds: { check: 'tiles', file: 'tile/0/000', index: 8 },
		clears: ['signatures', 'rules', 'spelling'],
	},
	{
		name: 'a byte in a tile of the second level',
		make: ({ dir }) => flip(dir, 'tile/1/000.p/1', 7),
		finds: { check: 'tiles', file: 'tile/1/000.p/1' },
		clears: ['signatures', 'rules'],
	},
	{
		name: 'a vote in a bundle',
		make: ({ dir }) => flip(dir, 'tile/entries/000', inBundle(log, 'capture 002', '"alba":') + 9),
		finds: { check: 'tiles', file: 'tile/entries/000', index: at(log, 'capture 002'), station: '002' },
	},
	{
		name: 'a vote in a bundle, found by the signature too',
		make: ({ dir }) => flip(dir, 'tile/entries/000', inBundle(log, 'capture 002', '"alba":') + 9),
		finds: { check: 'signatures', rule: 'S7', index: at(log, 'capture 002'), station: '002' },
	},
	{
		name: 'a brace in a bundle, which leaves no JSON',
		make: ({ dir }) => flip(dir, 'tile/entries/000', inBundle(log, 'capture 002', '{')),
		finds: { check: 'spelling', rule: 'S3', index: at(log, 'capture 002'), station: '002' },
	},
	{
		name: 'a byte in an image',
		make: ({ dir }) => flip(dir, blobPath(digestOf('001')), 3),
		finds: { check: 'blobs', file: blobPath(digestOf('001')) },
	},
	{
		name: 'a byte in the package',
		make: ({ dir }) => flip(dir, 'package/stations.csv', 60),
		finds: { check: 'anchor', file: 'package/manifest.sha256:4' },
	},
	{
		name: "a byte in the log's key",
		make: ({ dir }) => flip(dir, 'log.vkey', 40),
		finds: { check: 'checkpoint', file: 'log.vkey' },
	},
	{
		name: 'a byte in the checkpoint’s signature',
		make: ({ dir }) => flip(dir, 'checkpoint', 110),
		finds: { check: 'checkpoint', file: 'checkpoint' },
	},
	{
		name: 'a published figure',
		make: ({ dir }) => {
			const text = readFileSync(join(dir, 'results/president.json'), 'utf8');
			put(dir, 'results/president.json', text.replace('"alba":406', '"alba":407'));
			return { dir };
		},
		finds: { check: 'results', contest: 'president', file: 'results/president.json' },
		clears: ['tiles', 'signatures', 'rules', 'blobs'],
	},
];

/** Files missing, more, cut, or of another kind. */
export const FILES: readonly Alteration[] = [
	{
		name: 'a bundle cut off',
		make: ({ dir }) => {
			truncateSync(join(dir, 'tile/entries/001.p/44'), 500);
			return { dir };
		},
		finds: { check: 'tiles', file: 'tile/entries/001.p/44' },
	},
	{
		name: 'a bundle with bytes more',
		make: ({ dir }) => {
			put(
				dir,
				'tile/entries/001.p/44',
				Buffer.concat([readFileSync(join(dir, 'tile/entries/001.p/44')), Buffer.of(0, 1, 2)]),
			);
			return { dir };
		},
		finds: { check: 'tiles', file: 'tile/entries/001.p/44' },
	},
	{
		name: 'a bundle missing',
		make: ({ dir }) => {
			rmSync(join(dir, 'tile/entries/000'));
			return { dir };
		},
		finds: { check: 'tiles', file: 'tile/entries/000', index: 0 },
	},
	{
		name: 'the last bundle and its tile missing',
		make: ({ dir }) => {
			rmSync(join(dir, 'tile/entries/001.p'), { recursive: true });
			rmSync(join(dir, 'tile/0/001.p'), { recursive: true });
			return { dir };
		},
		finds: { check: 'tiles', file: 'tile/entries/001.p/44', index: 256 },
	},
	{
		name: 'a tile missing',
		make: ({ dir }) => {
			rmSync(join(dir, 'tile/0/000'));
			return { dir };
		},
		finds: { check: 'tiles', file: 'tile/0/000' },
		clears: ['signatures', 'rules'],
	},
	{
		name: 'an image missing',
		make: ({ dir }) => {
			rmSync(join(dir, blobPath(digestOf('003'))));
			return { dir };
		},
		finds: { check: 'blobs', file: blobPath(digestOf('003')) },
	},
	{
		name: 'a tile that does not belong',
		make: ({ dir }) => {
			put(dir, 'tile/0/007', new Uint8Array(8192));
			return { dir };
		},
		finds: { check: 'tiles', file: 'tile/0/007' },
	},
	{
		name: 'a file among the tiles',
		make: ({ dir }) => {
			put(dir, 'tile/entries/notes.txt', 'hello');
			return { dir };
		},
		finds: { check: 'tiles', file: 'tile/entries/notes.txt' },
	},
	{
		name: 'a wrong partial tile beside the full one',
		make: ({ dir }) => {
			put(dir, 'tile/0/000.p/3', new Uint8Array(96));
			return { dir };
		},
		finds: { check: 'tiles', file: 'tile/0/000.p/3' },
	},
	{
		name: 'an image that no statement names',
		make: ({ dir }) => {
			put(dir, blobPath(suite.sha256Hex(Buffer.from('stranger'))), 'stranger');
			return { dir };
		},
		finds: { check: 'blobs', file: blobPath(suite.sha256Hex(Buffer.from('stranger'))) },
	},
	{
		name: 'a sealed image made public',
		make: ({ dir }) => {
			put(dir, blobPath(digestOf('001', 'sealed')), imageOf('001', 'sealed'));
			return { dir };
		},
		finds: { check: 'blobs', file: blobPath(digestOf('001', 'sealed')) },
	},
	{
		name: 'a withheld image still served',
		make: ({ dir }) => {
			put(dir, blobPath(digestOf('002')), imageOf('002'));
			return { dir };
		},
		finds: { check: 'blobs', file: blobPath(digestOf('002')) },
	},
	{
		name: 'a file more in the package',
		make: ({ dir }) => {
			put(dir, 'package/extra.txt', 'x');
			return { dir };
		},
		finds: { check: 'anchor', file: 'package/extra.txt' },
	},
	{
		name: 'an image that is a symbolic link',
		make: ({ dir }) => {
			renameSync(join(dir, blobPath(digestOf('001'))), join(dir, 'elsewhere'));
			symlinkSync(join(dir, 'elsewhere'), join(dir, blobPath(digestOf('001'))));
			return { dir };
		},
		finds: { check: 'blobs', file: blobPath(digestOf('001')) },
	},
	{
		name: 'a bundle that is a symbolic link',
		make: ({ dir }) => {
			renameSync(join(dir, 'tile/entries/000'), join(dir, 'elsewhere'));
			symlinkSync(join(dir, 'elsewhere'), join(dir, 'tile/entries/000'));
			return { dir };
		},
		finds: { check: 'tiles', file: 'tile/entries/000' },
	},
	{
		name: 'a checkpoint that is a directory',
		make: ({ dir }) => {
			rmSync(join(dir, 'checkpoint'));
			mkdirSync(join(dir, 'checkpoint'));
			return { dir };
		},
		finds: { check: 'checkpoint', file: 'checkpoint' },
	},
	{
		name: 'a checkpoint of random bytes',
		make: ({ dir }) => {
			put(dir, 'checkpoint', Buffer.from(suite.sha256(Buffer.from('garbage'))));
			return { dir };
		},
		finds: { check: 'checkpoint', file: 'checkpoint' },
	},
	{
		name: 'a checkpoint for more statements than there are atoms to write them on',
		make: ({ dir, root }) => {
			put(dir, 'checkpoint', checkpointNote(Number.MAX_SAFE_INTEGER, root));
			return { dir };
		},
		finds: { check: 'tiles', file: 'tile/entries/001' },
	},
	{
		name: 'results that stand beyond the end of the log',
		make: ({ dir }) => {
			const text = readFileSync(join(dir, 'results/council.json'), 'utf8');
			put(dir, 'results/council.json', text.replace('"size":300', '"size":9007199254740991'));
			return { dir };
		},
		finds: { check: 'results', contest: 'council', file: 'results/council.json' },
	},
	{
		name: 'the checkpoint put back to an earlier one, all else as it was',
		make: ({ dir }) => {
			put(dir, 'checkpoint', publish(log.slice(0, 280)).checkpoint);
			return { dir };
		},
		finds: { check: 'tiles', file: 'tile/entries/001.p/44' },
	},
];

/** A published log of other notes, signed anew by the log's own key. */
export function resigned(change: (notes: Note[]) => readonly Note[]): Altered {
	return { dir: publish(change([...smallLog()])).dir };
}
