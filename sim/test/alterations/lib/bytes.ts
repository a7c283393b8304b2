/** Alterations of published files by somebody who signs nothing: bytes changed, files cut, missing, more, or of another kind. */
import {
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { decodeBundle, encodeBundle } from '@matokeo/core/log/bundle.ts';
import type { FormCapture } from '@matokeo/core/record/statement.ts';
import { type Alter, type Alterations, type Altering, flip, offsetIn } from './alteration.ts';
import { about, only, put, type Rehearsed, stationId, suite } from './rehearsed.ts';

const STATION = stationId(12);
const BUNDLE = 'tile/entries/000';
const RESULTS = 'results/contest-1.json';

const capture = (of: Rehearsed, station = STATION) => only(about(of, 'form/capture', station));

function imageOf({ images }: FormCapture): string {
	const digest = only(images).sha256;
	return `blob/${digest.slice(0, 2)}/${digest}`;
}

const imagePath = (of: Rehearsed): string => imageOf(capture(of).statement);
const lastWidth = (of: Rehearsed): number => of.entries.length % 256;
const lastBundle = (of: Rehearsed): string => `tile/entries/001.p/${lastWidth(of)}`;
const lastTile = (of: Rehearsed): string => `tile/0/001.p/${lastWidth(of)}`;

/** A bit of a file. */
const bit =
	(path: string, at: number): Alter =>
	({ folder }) => {
		flip(folder, path, at);
		return { file: path };
	};

/** A file or folder that is taken away; what is named is `named`. */
const without =
	(path: (of: Rehearsed) => string, named = path): Alter =>
	({ of, folder }) => {
		rmSync(join(folder, path(of)), { recursive: true });
		return { file: named(of) };
	};

/** A file cut to its first half. */
const cut =
	(path: (of: Rehearsed) => string, named = path): Alter =>
	({ of, folder }) => {
		const whole = join(folder, path(of));
		truncateSync(whole, Math.floor(readFileSync(whole).length / 2));
		return { file: named(of) };
	};

/** A file or a text where there was none. */
const more =
	(path: (of: Rehearsed) => string, bytes: Uint8Array | string): Alter =>
	({ of, folder }) => {
		put(folder, path(of), bytes);
		return { file: path(of) };
	};

/** The entries of the first bundle as they are, and put back in another way. */
function rebundled({ folder }: Altering, change: (entries: Uint8Array[]) => readonly Uint8Array[]): void {
	const entries = decodeBundle(readFileSync(join(folder, BUNDLE)), 256);
	if (!entries.ok) throw new Error(entries.error);
	put(folder, BUNDLE, encodeBundle(change([...entries.value])));
}

export const BYTES: Alterations = {
	'vote in a bundle': ({ of, folder }) => {
		const { bytes, index, id } = capture(of);
		const vote = Buffer.from(bytes).indexOf('"c1-1":') + 8;
		flip(folder, BUNDLE, offsetIn(folder, BUNDLE, bytes) + vote);
		return { file: BUNDLE, station: STATION, index, statement: id };
	},
	'signature in a bundle': ({ of, folder }) => {
		const { bytes, index, id } = capture(of);
		flip(folder, BUNDLE, offsetIn(folder, BUNDLE, bytes) + bytes.length - 40);
		return { file: BUNDLE, station: STATION, index, statement: id };
	},
	'length in a bundle': ({ of, folder }) => {
		flip(folder, BUNDLE, offsetIn(folder, BUNDLE, capture(of).bytes) - 1);
		return { file: BUNDLE };
	},
	'hash in a tile': ({ of, folder }) => {
		const { index, id } = capture(of);
		flip(folder, 'tile/0/000', 32 * index + 7);
		return { file: 'tile/0/000', index, station: STATION, statement: id };
	},
	'hash in a tile of the second level': bit('tile/1/000.p/1', 3),
	'byte in an image': ({ of, folder }) => {
		flip(folder, imagePath(of), 100);
		return { file: imagePath(of) };
	},
	'register in the package': ({ folder }) => {
		flip(folder, 'package/stations.csv', offsetIn(folder, 'package/stations.csv', `,700\n`) + 3);
		return { file: 'package/stations.csv' };
	},
	'key in the package': ({ folder }) => {
		flip(folder, 'package/election.json', offsetIn(folder, 'package/election.json', 'registrar/1+') + 14);
		return { file: 'package/election.json' };
	},
	'digest in the manifest': bit('package/manifest.sha256', 5),
	'witness policy': bit('package/witnesses.policy', 2),
	'root in the checkpoint': ({ folder }) => {
		flip(folder, 'checkpoint', readFileSync(join(folder, 'checkpoint'), 'utf8').indexOf('=\n') - 10);
		return { file: 'checkpoint' };
	},
	'signature on the checkpoint': ({ folder }) => {
		flip(folder, 'checkpoint', readFileSync(join(folder, 'checkpoint')).length - 20);
		return { file: 'checkpoint' };
	},
	"log's key": bit('log.vkey', 40),
	'published vote': ({ folder }) => {
		const text = readFileSync(join(folder, RESULTS), 'utf8');
		put(
			folder,
			RESULTS,
			text.replace(/"c1-1":([1-9][0-9]*)/, (_, votes: string) => `"c1-1":${Number(votes) + 1}`),
		);
		return { file: RESULTS };
	},
	'statement dropped from a bundle': (altering) => {
		const { index, id } = capture(altering.of);
		rebundled(altering, (entries) => [...entries.slice(0, index), ...entries.slice(index + 1), Buffer.from('x')]);
		return { file: BUNDLE, index, statement: id };
	},
	'statements swapped in a bundle': (altering) => {
		const { index } = capture(altering.of);
		rebundled(altering, (entries) => {
			const [one = entries[0], other = entries[0]] = [entries[index], entries[index + 1]];
			return one === undefined || other === undefined ? [] : entries.with(index, other).with(index + 1, one);
		});
		return { file: BUNDLE, index: index + 1, station: STATION };
	},
};

export const FILES: Alterations = {
	'bundle cut': cut(() => BUNDLE),
	'last bundle cut': cut(lastBundle),
	'tile cut': cut(() => 'tile/0/000'),
	'checkpoint cut': cut(() => 'checkpoint'),
	'image cut': cut(imagePath),
	'results cut': cut(() => RESULTS),
	'package file cut': cut(() => 'package/areas.csv'),
	'bundle emptied': ({ folder }) => {
		put(folder, BUNDLE, '');
		return { file: BUNDLE };
	},
	'checkpoint emptied': ({ folder }) => {
		put(folder, 'checkpoint', '');
		return { file: 'checkpoint' };
	},
	'results emptied': ({ folder }) => {
		put(folder, RESULTS, '');
		return { file: RESULTS };
	},
	'bundle missing': without(() => BUNDLE),
	'tile missing': without(() => 'tile/0/000'),
	'end of the log missing': ({ of, folder }) => {
		rmSync(join(folder, 'tile/entries/001.p'), { recursive: true });
		rmSync(join(folder, 'tile/0/001.p'), { recursive: true });
		return { file: lastBundle(of), index: 256 };
	},
	'checkpoint missing': without(() => 'checkpoint'),
	"log's key missing": without(() => 'log.vkey'),
	'image missing': without(imagePath),
	'images missing': without(() => 'blob', imagePath),
	'package file missing': without(() => 'package/candidates.csv'),
	'package missing': without(
		() => 'package',
		() => 'package/manifest.sha256',
	),
	'image that nobody named': more(() => {
		const digest = suite.sha256Hex(Buffer.from('stranger'));
		return `blob/${digest.slice(0, 2)}/${digest}`;
	}, 'stranger'),
	'file among the images': more(() => 'blob/notes.txt', 'x'),
	'file among the tiles': more(() => 'tile/0/notes.txt', 'x'),
	'tile too many': more(() => 'tile/0/002', new Uint8Array(8192)),
	'file in the package': more(() => 'package/notes.txt', 'x'),
	'results of no contest': more(() => 'results/contest-9.json', '{}'),
	'earlier tile changed': ({ of, folder }) => {
		const width = only(readdirSync(join(folder, 'tile/0/001.p')).filter((name) => name !== String(lastWidth(of))));
		flip(folder, `tile/0/001.p/${width}`, 3);
		return { file: `tile/0/001.p/${width}` };
	},
	'link in place of a bundle': ({ folder }) => {
		renameSync(join(folder, BUNDLE), join(folder, '..', 'elsewhere'));
		symlinkSync(join('..', '..', '..', 'elsewhere'), join(folder, BUNDLE));
		return { file: BUNDLE };
	},
	'folder in place of the checkpoint': ({ folder }) => {
		rmSync(join(folder, 'checkpoint'));
		mkdirSync(join(folder, 'checkpoint'));
		return { file: 'checkpoint' };
	},
	'last tile of zeroes': ({ of, folder }) => {
		writeFileSync(join(folder, lastTile(of)), new Uint8Array(32 * lastWidth(of)));
		return { file: lastTile(of) };
	},
};

/** What is no fault, and is told all the same. */
export const TOLD: Alterations = {
	'results missing': without(
		() => RESULTS,
		() => 'contest-1',
	),
	'file beside the record': more(() => 'read-me.txt', 'hello'),
};
