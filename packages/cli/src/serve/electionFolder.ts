/**
 * A server's folder as a person names it: the election package in it, and the key with which its log signs. The package lies in `package/`; a folder without it is served from what was published.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Election } from '@matokeo/core/election/types.ts';
import type { NoteSigner } from '@matokeo/core/log/note.ts';
import { keyIdOf } from '@matokeo/core/rules/context.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { openKeyFile } from '../keys/opened.ts';
import type { SecretSources } from '../keys/passphrase.ts';
import { signingWith } from '../keys/signing.ts';
import type { Output } from '../output.ts';
import { checkFolder, openPackageFolder } from '../verbs/electionCheck.ts';

export interface ElectionFolder {
	readonly election: Election;
	readonly packageFiles: ReadonlyMap<string, Uint8Array>;
}

/** `undefined` with the reason on standard error. */
export async function openElectionFolder(suite: Suite, dir: string, out: Output): Promise<ElectionFolder | undefined> {
	const places = [join(dir, 'package'), join(dir, 'public', 'package')];
	const place = places.find((path) => existsSync(path));
	if (place === undefined) {
		out.stderr(
			`"${dir}" is no server's folder: there is neither "package" nor "public/package" in it. Name the folder of a log, or a new one with the election package in "package".\n`,
		);
		return undefined;
	}
	const folder = await openPackageFolder(place, out);
	if (folder === undefined) return undefined;
	const { problems, election } = checkFolder(suite, folder);
	if (election !== undefined) return { election, packageFiles: folder.files };
	out.stderr(
		`The package in ${place} has ${problems.length} problem(s): \`matokeo election check ${place}\` names them. Nothing was opened.\n`,
	);
	return undefined;
}

export interface LogSigner {
	readonly signer: NoteSigner;
	/** Whether the key is secret to nobody. */
	readonly rehearsal: boolean;
}

/** The log's key out of a file; in a rehearsal whose log key is the rehearsal's own, without one. */
export async function logSigner(
	suite: Suite,
	election: Election,
	keyFile: string | undefined,
	sources: SecretSources,
): Promise<Result<LogSigner>> {
	const { key, spare } = election.log;
	if (keyFile !== undefined) {
		const opened = await openKeyFile(suite, keyFile, sources);
		if (!opened.ok) return opened;
		const { name, keyId } = opened.value;
		const named = [key, spare].find((one) => one.name === name);
		if (named !== undefined && keyIdOf(suite, name, named.publicKey) === keyId)
			return ok({ signer: signingWith(opened.value), rehearsal: false });
		return err(
			`"${keyFile}" holds the key "${name}" (${keyId}); the package names "${key.name}" (${keyIdOf(suite, key.name, key.publicKey)}) and, as a spare, "${spare.name}". Name the right file. Nothing was signed.`,
		);
	}
	const { name, keyId, sign } = rehearsalKey(suite, election.id, key.name);
	if (election.mode === 'rehearsal' && keyIdOf(suite, key.name, key.publicKey) === keyId)
		return ok({ signer: { name, keyId, sign }, rehearsal: true });
	return err(
		`The log signs with the key "${key.name}": name its file with --key. Only a rehearsal with rehearsal keys needs none.`,
	);
}
