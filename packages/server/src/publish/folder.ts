/**
 * Where things lie in the folder of a log (`spec/storage.md`, D13). `public/` is all that anybody may see; what stands beside it is the server's own.
 */
import { join } from 'node:path';
import { type Bundle, printBundlePath, printTilePath, type Tile } from '@matokeo/core/log/tilePath.ts';
import type { TileReader } from '@matokeo/core/log/tiles.ts';
import type { Digest } from '@matokeo/core/record/said.ts';
import type { ReadFile } from '../ports/disk.ts';
import { readIfThere } from '../storage/disk.ts';

const DATABASE_FILE = 'matokeo.sqlite';

export interface Folder {
	readonly dir: string;
	readonly database: string;
	readonly checkpoint: string;
	/** The newest checkpoint that the quorum of witnesses has seen. */
	readonly witnessed: string;
	/** What the log was shown against itself; beside the database. */
	readonly evidence: string;
	readonly verifierKey: string;
	readonly tile: (tile: Tile) => string;
	readonly bundle: (bundle: Bundle) => string;
	/** Of the election package, by the file's path in it. */
	readonly packageFile: (path: string) => string;
	readonly packageFolder: string;
	readonly results: (contest: string) => string;
	/** Papers of certificates and declarations, by their path in the site. */
	readonly papers: string;
	readonly pageState: string;
	/** Every blob that is held, public or sealed. */
	readonly heldBlob: (digest: Digest) => string;
	readonly publicBlob: (digest: Digest) => string;
}

export function folderOf(dir: string): Folder {
	const open = join(dir, 'public');
	return {
		dir,
		database: join(dir, DATABASE_FILE),
		checkpoint: join(open, 'checkpoint'),
		witnessed: join(open, 'witnessed'),
		evidence: join(dir, 'log.evidence.json'),
		verifierKey: join(open, 'log.vkey'),
		tile: (tile) => join(open, printTilePath(tile)),
		bundle: (bundle) => join(open, printBundlePath(bundle)),
		packageFile: (path) => join(open, 'package', path),
		packageFolder: join(open, 'package'),
		papers: join(open, 'papers'),
		pageState: join(open, 'pages.json'),
		results: (contest) => join(open, 'results', `${contest}.json`),
		heldBlob: (digest) => join(dir, 'blob', digest.slice(0, 2), digest),
		publicBlob: (digest) => join(open, 'blob', digest.slice(0, 2), digest),
	};
}

/** Reads published tiles; whoever uses one checks it against a root. */
export function publishedTiles({ tile }: Folder, read: ReadFile = readIfThere): TileReader {
	return (wanted) => read(tile(wanted));
}
