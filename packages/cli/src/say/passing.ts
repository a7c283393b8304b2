/**
 * Passing one note along: who will sign is fixed first, each signer is shown exactly what is signed and what it means, and the note goes on as a file until nobody is missing and it is sent. Shared by every verb that signs
 * a statement; it does not know how the statement came about.
 */
import type { NoteSigner } from '@matokeo/core/log/note.ts';
import { type Context, contextOf } from '@matokeo/core/rules/context.ts';
import { byCodeUnits, type JsonObject } from '@matokeo/core/std/canonical.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import type { SecretSources } from '../keys/passphrase.ts';
import { writeNew } from '../newFile.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { checkFolder, openPackageFolder } from '../verbs/electionCheck.ts';
import { type Draft, missingFrom, printDraft, signedBy } from './note.ts';
import { type Fetch, sendNote } from './sending.ts';
import { awaitWitnessed, keepAnswer } from './telling.ts';
import { statementInWords } from './words.ts';

export interface PassingOptions extends Pick<SecretSources, 'prompt'> {
	/** A note that others have signed. */
	readonly in?: string;
	readonly out?: string;
	readonly send?: URL;
	/** Asks, for so many seconds, for the receipt that the quorum of witnesses has vouched for too. */
	readonly waitWitnessed?: number;
	readonly yes?: boolean;
	readonly fetch?: Fetch;
	/** The verb, with what it needs before `--in`, that the next signer runs; absent: `say`. */
	readonly next?: string;
}

export async function openContext(dir: string, out: Output): Promise<Context | undefined> {
	const folder = await openPackageFolder(dir, out);
	if (folder === undefined) return undefined;
	const suite = nativeSuite();
	const { problems, election } = checkFolder(suite, folder);
	if (election !== undefined) return contextOf(suite, election);
	out.stderr(
		`The package has ${problems.length} problem(s): \`matokeo election check ${dir}\` names them. Nothing is signed under it.\n`,
	);
	return undefined;
}

/** Fixed before anybody signs: `--by`, else what the body says, else the keys that are given. */
export function signingNames(
	body: JsonObject,
	signers: readonly NoteSigner[],
	given: readonly string[] | undefined,
): Result<readonly string[]> {
	const inBody = Array.isArray(body['by']) ? body['by'].map(String) : undefined;
	const names = given ?? inBody ?? signers.map(({ name }) => name);
	const by = [...new Set(names)].sort(byCodeUnits);
	if (by.length === 0)
		return err('Nobody signs: give --key FILE (in a rehearsal --rehearsal-key NAME), or all names with --by.');
	if (given !== undefined && inBody !== undefined && inBody.join() !== by.join())
		return err(`--by says ${by.join(',')}, the body says ${inBody.join(',')}: leave one of them out.`);
	return ok(by);
}

/** Why it is not worth signing: nobody would get the result. Said before anybody is asked for a signature. */
export function wayOn(
	draft: Draft,
	signers: readonly NoteSigner[],
	{ in: from, out, send }: PassingOptions,
): string | undefined {
	const missing = missingFrom(draft).filter((name) => !signers.some((signer) => signer.name === name));
	if (from !== undefined && signers.length === 0 && send === undefined)
		return `Give a key to sign it with (--key FILE; missing: ${missing.join(', ') || 'nobody'}), or --send URL when it is whole.`;
	if (missing.length === 0) return undefined;
	if (send !== undefined)
		return `It cannot be sent yet: ${missing.join(', ')} must sign too. Leave out --send, write it to a file with --out and pass that on.`;
	return out === undefined ? `${missing.join(', ')} must sign too: say with --out FILE where to write it.` : undefined;
}

/** Shows exactly what is signed and what it means, and asks. */
export async function sign(
	{ election }: Context,
	draft: Draft,
	signers: readonly NoteSigner[],
	out: Output,
	{ yes, prompt }: PassingOptions,
): Promise<Result<Draft>> {
	out.stderr(`${statementInWords(election, draft.leaf)}\n`);
	if (signers.length === 0) return ok(draft);
	if (yes !== true) {
		const names = signers.map(({ name }) => name).join(' and ');
		const answer = await prompt?.line(`Sign this as ${names}? Type yes: `);
		if (prompt === undefined)
			return err('Nothing was signed: nobody can be asked here. If this is what you mean, say so with --yes.');
		if (answer?.trim().toLowerCase() !== 'yes') return err('Nothing was signed.');
	}
	let signed: Result<Draft> = ok(draft);
	for (const signer of signers) if (signed.ok) signed = signedBy(signed.value, signer);
	return signed.ok ? signed : err(`Nothing was written: ${signed.error}.`);
}

/** Writes the note, says who is still to sign, and sends it when nobody is. */
export async function passOn(context: Context, draft: Draft, out: Output, options: PassingOptions): Promise<number> {
	const note = printDraft(draft);
	const { statement, id } = draft.leaf;
	const missing = missingFrom(draft);
	const file =
		options.out ??
		(options.send !== undefined ? options.in : undefined) ??
		(options.send === undefined ? undefined : `${statement.type.replace('/', '-')}-${id.slice(0, 12)}.note`);
	if (file === undefined) {
		out.stdout(new TextDecoder().decode(note));
		return 0;
	}
	if (file !== options.in) {
		const written = writeNew(file, note);
		if (!written.ok) {
			out.stderr(`${written.error} Nothing was sent.\n`);
			return COULD_NOT_RUN;
		}
		out.stderr(`Written to ${file}; its id is ${id}.\n`);
	}
	if (missing.length > 0) {
		out.stderr(
			`Still to sign: ${missing.join(', ')}. Pass the file on; the next signer runs\n  matokeo ${options.next ?? 'say'} --in ${file} --package DIR --key THEIRS --out NEXT\nand sees exactly what you saw.\n`,
		);
		return 0;
	}
	if (options.send === undefined) {
		out.stderr(`It is whole. Send it with: matokeo say --in ${file} --package DIR --send URL\n`);
		return 0;
	}
	const answered = await sendNote(options.send, note, options.fetch);
	if (!answered.ok) {
		out.stderr(`${answered.error}\n`);
		return COULD_NOT_RUN;
	}
	const kept = keepAnswer(context, { id, note, file }, answered.value, out);
	if (kept !== 0 || options.waitWitnessed === undefined) return kept;
	return awaitWitnessed(
		context,
		options.send,
		{ note, file },
		answered.value,
		options.waitWitnessed,
		out,
		options.fetch,
	);
}
