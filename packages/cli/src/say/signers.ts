/**
 * Who signs: keys out of encrypted files, and in a rehearsal the rehearsal's own keys, which are secret to nobody. A key under a name of the package must be the package's key.
 */
import type { NoteSigner } from '@matokeo/core/log/note.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { openKeyFile } from '../keys/opened.ts';
import type { SecretSources } from '../keys/passphrase.ts';
import { signingWith } from '../keys/signing.ts';

export interface SignerFiles {
	readonly keyFiles: readonly string[];
	/** One for all files, or one per file in their order. */
	readonly passphraseFiles: readonly string[];
	readonly rehearsalNames: readonly string[];
}

export async function signersFrom(
	context: Context,
	{ keyFiles, passphraseFiles, rehearsalNames }: SignerFiles,
	sources: SecretSources,
): Promise<Result<readonly NoteSigner[]>> {
	const { suite, election } = context;
	if (passphraseFiles.length > 1 && passphraseFiles.length !== keyFiles.length)
		return err(
			`There are ${keyFiles.length} key files and ${passphraseFiles.length} passphrase files: give one for all, or one for each, in the same order.`,
		);
	if (rehearsalNames.length > 0 && election.mode !== 'rehearsal')
		return err(
			`The package is in mode "${election.mode}": rehearsal keys are secret to nobody and sign in rehearsals only. Use --key FILE.`,
		);
	const signers: NoteSigner[] = rehearsalNames.map((name) => rehearsalKey(suite, election.id, name));
	for (const [place, file] of keyFiles.entries()) {
		const passphraseFile = passphraseFiles[place] ?? passphraseFiles[0];
		const opened = await openKeyFile(
			suite,
			file,
			passphraseFile === undefined ? sources : { ...sources, passphraseFile },
		);
		if (!opened.ok) return opened;
		signers.push(signingWith(opened.value));
	}
	for (const { name, keyId } of signers) {
		const named = context.packageKeys.get(name);
		if (named !== undefined && named.keyId !== keyId)
			return err(
				`The package names another key for "${name}" (${named.keyId}) than this one (${keyId}): the log would refuse it. Name the right file.`,
			);
	}
	const twice = signers.find(({ name }, place) => signers.findIndex((other) => other.name === name) !== place);
	return twice === undefined ? ok(signers) : err(`"${twice.name}" is given twice: each key signs once.`);
}
