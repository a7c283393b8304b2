/**
 * Logs that are sound in themselves: rewritten and signed again by the log's key, or made by a forger with keys of his own. Only what the reader brings shows that they are not the ones.
 */
import { MANIFEST, makeManifest } from '@matokeo/core/election/manifest.ts';
import { loadElection } from '@matokeo/core/election/package.ts';
import { printVerifierKey } from '@matokeo/core/log/keys.ts';
import { inclusionRanges, leafHash, rangeHash, rootOf } from '@matokeo/core/log/merkle.ts';
import { printProof } from '@matokeo/core/log/proof.ts';
import { ok } from '@matokeo/core/std/result.ts';
import { type Alteration, resigned } from './alterations.ts';
import { type Published, publish } from './publish.ts';
import { byForger, keyBehind, type Note, small, smallLog, suite, tick } from './smallLog.ts';

const log = smallLog();
const indexOf = (tag: string): number => log.findIndex((one) => one.tag === tag);

/** A receipt for a note of a log, under that log's checkpoint. */
export function receiptFor({ notes, checkpoint }: Published, index: number): Uint8Array {
	const hashes = notes.map(({ bytes }) => leafHash(suite, bytes));
	const read = (node: { level: number; index: number }) =>
		ok(rootOf(suite, hashes.slice(node.index * 2 ** node.level, (node.index + 1) * 2 ** node.level)));
	const proof = inclusionRanges(index, notes.length).map((range) => {
		const hash = rangeHash(suite, read, range);
		if (!hash.ok) throw new Error(hash.error);
		return hash.value;
	});
	return printProof({ index, hashes: proof, checkpoint });
}

const VKEY = /([a-z0-9./-]+)\+[0-9a-f]{8}\+([A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{44})/g;

/** An election of the same name whose every key is the forger's, and its whole log. */
export function forgedFolder(): string {
	const texts = [...small.files].filter(([path]) => path !== MANIFEST);
	const files = new Map(
		texts.map(([path, bytes]) => {
			const text = Buffer.from(bytes).toString();
			return [path, Buffer.from(byForger({ digest: '', prefix: 'forged ' }, () => text.replace(VKEY, forgedKey)))];
		}),
	);
	files.set(MANIFEST, Buffer.from(makeManifest(suite, files).bytes));
	const loaded = loadElection(suite, files);
	if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
	const election = { ...small, files, election: loaded.value };
	return byForger({ digest: loaded.value.digest, prefix: 'forged ' }, () => publish(smallLog(), { election }).dir);
}

function forgedKey(line: string, name: string): string {
	const cosigns = Buffer.from(line.slice(line.lastIndexOf('+', name.length + 10) + 1), 'base64')[0] === 4;
	return printVerifierKey(keyBehind(name, cosigns ? 4 : 1));
}

/** Logs that are sound in themselves: only what the reader brings shows that they are not the ones. */
export const REWRITTEN: readonly Alteration[] = [
	{
		name: 'a statement dropped and the whole log signed again, against an older checkpoint',
		make: (sound) => ({
			...resigned((notes) => notes.filter(({ tag }) => !tag.includes('004'))),
			against: sound.checkpoint,
		}),
		finds: { check: 'against' },
		clears: ['tiles', 'signatures', 'rules', 'spelling', 'blobs', 'results'],
	},
	{
		name: 'two statements swapped and the whole log signed again, against an older checkpoint',
		make: (sound) => ({
			...resigned((notes) =>
				[...notes.slice(0, 290), ...notes.slice(290).filter(({ tag }) => !tag.startsWith('tick'))].concat(swap(notes)),
			),
			against: sound.checkpoint,
		}),
		finds: { check: 'against' },
	},
	{
		name: 'a fork at the same size',
		make: (sound) => ({ ...resigned((notes) => [...notes.slice(0, 299), tick(10_000)]), against: sound.checkpoint }),
		finds: { check: 'against' },
		clears: ['tiles', 'signatures', 'rules'],
	},
	{
		name: 'a log cut back and signed again, against a newer checkpoint',
		make: (sound) => ({ ...resigned((notes) => notes.slice(0, 280)), against: sound.checkpoint }),
		finds: { check: 'against' },
		clears: ['tiles', 'signatures', 'rules'],
	},
	{
		name: 'a log from which the receipt’s statement was dropped',
		make: (sound) => ({
			...resigned((notes) => notes.filter(({ tag }) => !tag.includes('004'))),
			against: receiptFor(sound, indexOf('capture 004')),
		}),
		finds: { check: 'against' },
	},
	{
		name: 'a receipt that proves another statement',
		make: (sound) => {
			const receipt = Buffer.from(receiptFor(sound, 10)).toString().replace('index 10\n', 'index 11\n');
			return { dir: sound.dir, against: Buffer.from(receipt) };
		},
		finds: { check: 'against', index: 11 },
	},
	{
		name: 'a checkpoint of somebody else',
		make: (sound) => ({ dir: sound.dir, against: publish(log.slice(0, 20), { logKey: 'po/001' }).checkpoint }),
		finds: { check: 'against' },
	},
	{
		name: 'a folder with a package of its own',
		make: () => ({ dir: forgedFolder() }),
		finds: { check: 'anchor', file: 'package/manifest.sha256' },
		anchored: true,
	},
	{
		name: 'a checkpoint signed by another key',
		make: () => ({ dir: publish(log, { logKey: 'po/001' }).dir }),
		finds: { check: 'checkpoint', file: 'checkpoint' },
	},
];

/** The last ten notes with two of them exchanged. */
function swap(notes: readonly Note[]): readonly Note[] {
	const last = notes.slice(290);
	const [a, b, ...rest] = last;
	return a === undefined || b === undefined ? last : [b, a, ...rest];
}
