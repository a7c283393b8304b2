/** A bundle by its name: a zip, or the folder into which somebody has unpacked one. */
import { statSync } from 'node:fs';
import { err, type Result } from '@matokeo/core/std/result.ts';
import { type BundleFiles, openBundleFolder } from './files.ts';
import { openZip } from './zip.ts';

/** The error says why it cannot be opened. Trouble of the disk is an exception. */
export function openBundle(path: string): Result<BundleFiles> {
	const stat = statSync(path, { throwIfNoEntry: false });
	if (stat === undefined) return err('there is nothing of that name; check the spelling and the folder you are in');
	if (stat.isDirectory()) return openBundleFolder(path);
	return stat.isFile() ? openZip(path) : err('it is no ordinary file');
}
