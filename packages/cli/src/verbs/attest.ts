/**
 * `matokeo attest --capture ID … --package DIR (--key FILE | --rehearsal-key NAME) --out FILE`: somebody who took photographs of forms says so in the words of a law, signed with the key that signed the captures (B40–B42). Answers 0 when it is written, 2 when it
 * could not run. It asks no log: whether the key is the one of those captures is checked by whoever gets the bundle.
 */

import { loadElection } from '@matokeo/core/election/package.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { fillForm } from '@matokeo/dossier/attest/fill.ts';
import { type AttestationForm, parseForm, shippedForm, shippedForms } from '@matokeo/dossier/attest/form.ts';
import { signAttestation } from '@matokeo/verifier/bundle/attestation.ts';
import { ATTESTATION_BYTES_MAX } from '@matokeo/verifier/bundle/limits.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { readPackageFolder } from '@matokeo/verifier/node/packageFolder.ts';
import { inWords, readGiven } from '../given.ts';
import { terminalPrompt } from '../keys/passphrase.ts';
import { writeNew } from '../newFile.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { signersFrom } from '../say/signers.ts';

export interface AttestOptions {
	readonly capture: readonly string[];
	readonly package: string;
	readonly key?: string;
	readonly passphraseFile?: string;
	readonly identity?: string;
	readonly rehearsalKey?: string;
	/** Id of a form that is shipped, or a file. */
	readonly form: string;
	readonly language: string;
	readonly name?: string;
	/** "id=value". */
	readonly particular?: readonly string[];
	readonly out: string;
}

export async function runAttest(out: Output, options: AttestOptions): Promise<number> {
	const made = await attestation(options);
	const written = made.ok ? writeNew(options.out, made.value) : made;
	if (!made.ok || !written.ok) {
		out.stderr(`${written.ok ? '' : written.error}\n`);
		return COULD_NOT_RUN;
	}
	out.stdout(
		`${utf8Decode(made.value) ?? ''}\nWritten to ${options.out}. Read it again: you say this, with your key. It goes into a bundle with: matokeo bundle … --attestation ${options.out}\n`,
	);
	return 0;
}

async function attestation(options: AttestOptions): Promise<Result<Uint8Array>> {
	const suite = nativeSuite();
	const read = await readPackageFolder(options.package).catch((error: unknown) => inWords(error));
	if (typeof read === 'string') return err(`The package "${options.package}" cannot be read: ${read}.`);
	const election = loadElection(suite, read.files);
	if (!election.ok || read.problems.length > 0)
		return err(
			`"${options.package}" is no sound election package: \`matokeo election check ${options.package}\` says why.`,
		);
	const form = formNamed(options.form);
	if (!form.ok) return form;
	const particulars = particularsIn(options);
	if (!particulars.ok) return particulars;
	const { capture: captures, language } = options;
	const filled = fillForm(election.value, form.value, { captures, language, particulars: particulars.value });
	if (!filled.ok) return filled;
	if ((options.key === undefined) === (options.rehearsalKey === undefined))
		return err(
			'Say whose key signs: --key FILE, or in a rehearsal --rehearsal-key NAME. It is the key that signed the captures.',
		);
	const prompt = terminalPrompt();
	const signers = await signersFrom(
		contextOf(suite, election.value),
		{
			keyFiles: options.key === undefined ? [] : [options.key],
			passphraseFiles: options.passphraseFile === undefined ? [] : [options.passphraseFile],
			rehearsalNames: options.rehearsalKey === undefined ? [] : [options.rehearsalKey],
		},
		{
			...(prompt === undefined ? {} : { prompt }),
			...(options.identity === undefined ? {} : { identityFile: options.identity }),
		},
	);
	if (!signers.ok) return signers;
	const [signer] = signers.value;
	return signer === undefined ? err('No key signs.') : ok(signAttestation(filled.value, signer));
}

function formNamed(named: string): Result<AttestationForm> {
	const shipped = shippedForm(named);
	if (shipped !== undefined) return ok(shipped);
	const read = readGiven(named, ATTESTATION_BYTES_MAX);
	if (!read.ok)
		return err(
			`There is no form "${named}": forms are ${shippedForms().join(', ')}, or the name of a file with one. ${read.error}`,
		);
	const form = parseForm(read.value);
	return form.ok ? form : err(`"${named}" is no form of attestation: ${form.error}.`);
}

function particularsIn({ name, particular = [] }: AttestOptions): Result<ReadonlyMap<string, string>> {
	const found = new Map<string, string>(name === undefined ? [] : [['name', name]]);
	for (const one of particular) {
		const at = one.indexOf('=');
		const id = one.slice(0, at);
		if (at <= 0 || found.has(id))
			return err(`--particular "${one}": expected "id=what you say", each id once, such as --particular "device=…".`);
		found.set(id, one.slice(at + 1));
	}
	return ok(found);
}
