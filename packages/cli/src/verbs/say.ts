/**
 * `matokeo say TYPE …`: writes a statement, shows it, signs it, passes it on to further signers, sends it and keeps the receipt. Answers 0 when what was asked for was done, 1 when the
 * log refused, 2 when it could not run. Whether a statement may be said is the log's to decide; here only its spelling is.
 */
import type { NoteSigner } from '@matokeo/core/log/note.ts';
import { LEAF_BYTES_MAX } from '@matokeo/core/record/limits.ts';
import type { StatementType } from '@matokeo/core/record/statement.ts';
import { type Context, contextOf } from '@matokeo/core/rules/context.ts';
import { byCodeUnits, type JsonObject } from '@matokeo/core/std/canonical.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { readGiven } from '../given.ts';
import type { SecretSources } from '../keys/passphrase.ts';
import { writeNew } from '../newFile.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { BODY_BYTES_MAX, parseBodyFile, withSetting } from '../say/body.ts';
import { exampleBody } from '../say/example.ts';
import { foreignImage, type GivenImage, readImages, sendImage, withImages } from '../say/images.ts';
import { type Draft, missingFrom, newDraft, printDraft, readDraft, signedBy } from '../say/note.ts';
import { type Fetch, sendNote } from '../say/sending.ts';
import { type SignerFiles, signersFrom } from '../say/signers.ts';
import { awaitWitnessed, keepAnswer } from '../say/telling.ts';
import { statementInWords } from '../say/words.ts';
import { checkFolder, openPackageFolder } from './electionCheck.ts';

export interface SayOptions extends SignerFiles, SecretSources {
	readonly packageDir: string;
	/** A file with the body, or `-` for standard input. */
	readonly body?: string;
	readonly settings: readonly string[];
	/** Each `kind=file`. */
	readonly images: readonly string[];
	/** All who will sign; absent: those whose keys are given. */
	readonly by?: readonly string[];
	/** A note that others have signed. */
	readonly in?: string;
	readonly out?: string;
	readonly send?: URL;
	/** Asks, for so many seconds, for the receipt that the quorum of witnesses has vouched for too. */
	readonly waitWitnessed?: number;
	readonly yes?: boolean;
	readonly example?: boolean;
	readonly stdin?: () => Promise<Uint8Array>;
	readonly fetch?: Fetch;
}

export async function runSay(type: StatementType | undefined, out: Output, options: SayOptions): Promise<number> {
	const fail = (why: string): number => {
		out.stderr(`${why}\n`);
		return COULD_NOT_RUN;
	};
	const context = await openContext(options.packageDir, out);
	if (context === undefined) return COULD_NOT_RUN;
	if (options.example === true) {
		const body = type === undefined ? undefined : exampleBody(context.election, type);
		if (body === undefined) return fail('Name the type whose example you want, such as form/capture.');
		out.stdout(`${JSON.stringify(body, undefined, '\t')}\n`);
		return 0;
	}
	const signers = await signersFrom(context, options, options);
	if (!signers.ok) return fail(signers.error);
	const images = readImages(options.images);
	if (!images.ok) return fail(images.error);
	const draft = await draftFrom(context, type, signers.value, images.value, options);
	if (!draft.ok) return fail(draft.error);
	const told = wayOn(draft.value, signers.value, options);
	if (told !== undefined) return fail(told);
	const signed = await sign(context, draft.value, signers.value, out, options);
	if (!signed.ok) return fail(signed.error);
	const done = await passOn(context, signed.value, out, options);
	return done === 0 && options.send !== undefined ? sendImages(options.send, images.value, out, options) : done;
}

/** After the capture: the server takes an image that a statement in the log announces, and no other. */
async function sendImages(
	server: URL,
	images: readonly GivenImage[],
	out: Output,
	{ fetch }: SayOptions,
): Promise<number> {
	for (const image of images) {
		const sent = await sendImage(server, image, fetch);
		if (!sent.ok) {
			out.stderr(`${sent.error}\n`);
			return COULD_NOT_RUN;
		}
		out.stdout(`The server holds ${image.file}; the log says so soon.\n`);
	}
	return 0;
}

async function openContext(dir: string, out: Output): Promise<Context | undefined> {
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

/** A new statement, or the one that was passed on. */
async function draftFrom(
	context: Context,
	type: StatementType | undefined,
	signers: readonly NoteSigner[],
	images: readonly GivenImage[],
	options: SayOptions,
): Promise<Result<Draft>> {
	if (options.in !== undefined) {
		if (options.body !== undefined || options.settings.length > 0 || options.by !== undefined)
			return err(
				'A note that is passed on is signed as it is: leave out --body, --set and --by, or begin a new one without --in.',
			);
		const bytes = readGiven(options.in, LEAF_BYTES_MAX);
		if (!bytes.ok) return bytes;
		const draft = readDraft(context, bytes.value);
		if (!draft.ok) return err(`"${options.in}" cannot be signed or sent: ${draft.error}.`);
		const { statement } = draft.value.leaf;
		const foreign = foreignImage(statement.type === 'form/capture' ? statement.images : [], images);
		if (foreign !== undefined) return err(foreign);
		const came = statement.type;
		return type === undefined || type === came ? draft : err(`"${options.in}" is a ${came}, not a ${type}.`);
	}
	if (type === undefined)
		return err('Name a type of statement, such as form/capture, or a note that was passed on with --in.');
	const body = await bodyFrom(images, options);
	if (!body.ok) return body;
	const by = signingNames(body.value, signers, options.by);
	if (!by.ok) return by;
	const draft = newDraft(context, type, { ...body.value, by: by.value });
	return draft.ok ? draft : err(`This is no ${type}: ${draft.error}.${hintFor(draft.error, options.settings)}`);
}

/** `--set a=5` is text; whoever meant a number is told how to write one. */
function hintFor(error: string, settings: readonly string[]): string {
	const meant = settings.find((one) => {
		const [path = '', value = ''] = one.split('=');
		return /^[0-9]+$/.test(value) && error.includes(`.${path} must be an integer`);
	});
	if (meant === undefined) return ' `--help` says what belongs there.';
	return ` "${meant}" sets text: for a number write --set ${meant.replace('=', ':=')}.`;
}

async function bodyFrom(
	images: readonly GivenImage[],
	{ body, settings, stdin }: SayOptions,
): Promise<Result<JsonObject>> {
	let made: Result<JsonObject> = ok({});
	if (body !== undefined) {
		const bytes = body === '-' && stdin !== undefined ? ok(await stdin()) : readGiven(body, BODY_BYTES_MAX);
		if (!bytes.ok) return bytes;
		made = parseBodyFile(body === '-' ? 'standard input' : body, bytes.value);
	}
	for (const setting of settings) if (made.ok) made = withSetting(made.value, setting);
	return made.ok ? withImages(made.value, images) : made;
}

/** Fixed before anybody signs: `--by`, else what the body says, else the keys that are given. */
function signingNames(
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
function wayOn(draft: Draft, signers: readonly NoteSigner[], { in: from, out, send }: SayOptions): string | undefined {
	const missing = missingFrom(draft).filter((name) => !signers.some((signer) => signer.name === name));
	if (from !== undefined && signers.length === 0 && send === undefined)
		return `Give a key to sign it with (--key FILE; missing: ${missing.join(', ') || 'nobody'}), or --send URL when it is whole.`;
	if (missing.length === 0) return undefined;
	if (send !== undefined)
		return `It cannot be sent yet: ${missing.join(', ')} must sign too. Leave out --send, write it to a file with --out and pass that on.`;
	return out === undefined ? `${missing.join(', ')} must sign too: say with --out FILE where to write it.` : undefined;
}

async function sign(
	{ election }: Context,
	draft: Draft,
	signers: readonly NoteSigner[],
	out: Output,
	{ yes, prompt }: SayOptions,
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

async function passOn(context: Context, draft: Draft, out: Output, options: SayOptions): Promise<number> {
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
			`Still to sign: ${missing.join(', ')}. Pass the file on; the next signer runs\n  matokeo say --in ${file} --package DIR --key THEIRS --out NEXT\nand sees exactly what you saw.\n`,
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
