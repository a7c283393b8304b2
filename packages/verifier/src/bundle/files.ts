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
	/** Of a folder: what lies in it and cannot belong to a bundle, by its shown name. A zip has nothing beside it. */
	readonly beside?: readonly string[];
	readonly close: () => void;
}

/** What file managers of macOS and Windows leave in every folder that somebody opens with them. */
const LEFT_BY_SYSTEMS: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/** An unpacked bundle. The error says which file does not belong into one. */
export function openBundleFolder(folder: string): Result<BundleFiles> {
	const sizes = new Map<string, number>();
	const beside: string[] = [];
	let total = 0;
	const walk = (path: string): string | undefined => {
		for (const entry of entriesOf(join(folder, path))) {
			const name = path === '' ? entry.name : `${path}/${entry.name}`;
			const wrong = wrongName(name);
			if (entry.isFile() && (LEFT_BY_SYSTEMS.has(entry.name) || (wrong !== undefined && path === ''))) {
				beside.push(shownName(name));
				continue;
			}
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
		beside,
		close: () => undefined,
	});
}

/**
 * Files that the list does not name. In a zip each was put in by somebody. Where one was unpacked, what lies in the folder itself may be the zip, a report that was kept there, a verifier from somebody else: it is beside the bundle, unless `isPlace` says
 * that a file of a bundle lies there.
 */
export function unlisted(
	{ sizes, beside }: BundleFiles,
	isListed: (path: string) => boolean,
	isPlace: (path: string) => boolean,
): { readonly putIn: readonly string[]; readonly beside: readonly string[] } {
	const found = [...sizes.keys()].filter((path) => !isListed(path));
	if (beside === undefined) return { putIn: found, beside: [] };
	const isBeside = (path: string): boolean => !path.includes('/') && !isPlace(path);
	return { putIn: found.filter((path) => !isBeside(path)), beside: [...beside, ...found.filter(isBeside)].sort() };
}

const BESIDE_NAMED_MAX = 10;

/** For a report; `undefined` where there is nothing. */
export function besideInWords(beside: readonly string[]): string | undefined {
	if (beside.length === 0) return undefined;
	const more = beside.length > BESIDE_NAMED_MAX ? ` and ${beside.length - BESIDE_NAMED_MAX} more` : '';
	return `${beside.slice(0, BESIDE_NAMED_MAX).join(', ')}${more}: in the same folder, no part of it, and not looked at.`;
}
