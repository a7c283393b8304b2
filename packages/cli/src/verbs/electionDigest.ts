/**
 * `matokeo election digest DIR [--write]`: the anchor of an election package, which is printed on paper before polling (P1, P5 of `spec/package.md`).
 * Without `--write` nothing on the disk changes; answers 0 when the manifest on the disk is right and the package has no problem, 1 when not,
 * 2 when the folder cannot be read or written.
 */
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MANIFEST, makeManifest } from '@matokeo/core/election/manifest.ts';
import { printProblem } from '@matokeo/core/election/problem.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { inWords } from '../given.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { checkFolder, openPackageFolder } from './electionCheck.ts';

export interface ElectionDigestOptions {
	/** Write the manifest that belongs to the files. */
	readonly write?: boolean;
}

export async function runElectionDigest(
	dir: string,
	out: Output,
	options: ElectionDigestOptions = {},
): Promise<number> {
	const folder = await openPackageFolder(dir, out);
	if (folder === undefined) return COULD_NOT_RUN;
	if (folder.problems.length > 0) {
		for (const problem of folder.problems) out.stderr(`${printProblem(problem)}\n`);
		out.stderr('A folder with such entries has no digest.\n');
		return 1;
	}
	const suite = nativeSuite();
	const { bytes, digest } = makeManifest(suite, folder.files);
	const onDisk = folder.files.get(MANIFEST);
	const right = onDisk !== undefined && bytesEqual(onDisk, bytes);
	if (!right && options.write === true && !(await writeManifest(dir, bytes, out))) return COULD_NOT_RUN;
	const files = new Map(folder.files).set(MANIFEST, bytes);
	const { problems } = checkFolder(suite, { files, problems: [] });
	out.stdout(`${digest}\n`);
	if (!right && options.write !== true) {
		const came = onDisk === undefined ? `there is no ${MANIFEST}` : `${MANIFEST} on the disk says something else`;
		out.stderr(
			`This is the digest of the files as they are; ${came}. If the files are right, write it with --write.\n`,
		);
		return 1;
	}
	if (problems.length === 0) return 0;
	out.stderr(
		`The package has ${problems.length} problem(s): run \`matokeo election check ${dir}\` before this digest is printed.\n`,
	);
	return 1;
}

/** Whole or not at all: written beside, then renamed. */
async function writeManifest(dir: string, bytes: Uint8Array, out: Output): Promise<boolean> {
	const path = join(dir, MANIFEST);
	try {
		await writeFile(`${path}.new`, bytes);
		await rename(`${path}.new`, path);
		return true;
	} catch (error) {
		out.stderr(`"${path}" cannot be written: ${inWords(error)}.\n`);
		return false;
	}
}
