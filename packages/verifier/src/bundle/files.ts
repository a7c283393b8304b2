/**
 * The files of a bundle, wherever they lie: in a zip, or in a folder into which somebody has unpacked one. Names only, until a file is asked for. It does not know what the files say.
 */
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { readWhole } from '../node/files.ts';
import { entriesOf, kindOf } from '../node/folder.ts';
import { BUNDLE_BYTES_MAX, BUNDLE_ENTRIES_MAX, BUNDLE_FILE_BYTES_MAX } from './limits.ts';
import { shownName, wrongName } from './names.ts';

export interface BundleFiles {
	/** Path → bytes. Every name is one that B21 allows. */
	readonly sizes: ReadonlyMap<string, number>;
	/** A fresh copy; the error says why there is none. */
	readonly read: (name: string) => Result<Uint8Array>;
	readonly close: () => void;
}

/** An unpacked bundle. The error says which file does not belong into one. */
export function openBundleFolder(folder: string): Result<BundleFiles> {
	const sizes = new Map<string, number>();
	let total = 0;
	const walk = (path: string): string | undefined => {
		for (const entry of entriesOf(join(folder, path))) {
			const name = path === '' ? entry.name : `${path}/${entry.name}`;
			const wrong = wrongName(name);
			if (wrong !== undefined)
				return `B21: the folder holds ${wrong}: ${shownName(name)}. No bundle has such a file: unpack the bundle again into an empty folder`;
			const inside = entry.isDirectory() ? walk(name) : undefined;
			if (inside !== undefined) return inside;
			if (entry.isDirectory()) continue;
			if (!entry.isFile()) return `B22: ${shownName(name)}: ${kindOf(entry)}`;
			const { size } = lstatSync(join(folder, name));
			total += size;
			sizes.set(name, size);
			if (sizes.size > BUNDLE_ENTRIES_MAX) return `B20: more than ${BUNDLE_ENTRIES_MAX} files`;
			if (size > BUNDLE_FILE_BYTES_MAX || total > BUNDLE_BYTES_MAX)
				return `B20: ${shownName(name)}: at most ${BUNDLE_FILE_BYTES_MAX} bytes in a file and ${BUNDLE_BYTES_MAX} in all are read`;
		}
		return undefined;
	};
	const refused = walk('');
	if (refused !== undefined) return err(refused);
	return ok({
		sizes,
		read: (name) => {
			if (!sizes.has(name)) return err('there is no such file');
			const read = readWhole(join(folder, name), BUNDLE_FILE_BYTES_MAX);
			return read.ok ? read : err(read.error.why);
		},
		close: () => undefined,
	});
}
