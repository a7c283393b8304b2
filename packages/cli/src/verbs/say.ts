/**
 * `matokeo say TYPE …`: writes a statement, shows it, signs it, passes it on to further signers, sends it and keeps the receipt. Answers 0 when what was asked for was done, 1 when the
 * log refused, 2 when it could not run. Whether a statement may be said is the log's to decide; here only its spelling is.
 */
import type { NoteSigner } from '@matokeo/core/log/note.ts';
import { filesNamedBy } from '@matokeo/core/record/filesNamed.ts';
import { LEAF_BYTES_MAX } from '@matokeo/core/record/limits.ts';
import type { StatementType } from '@matokeo/core/record/statement.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import type { JsonObject } from '@matokeo/core/std/canonical.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { readGiven } from '../given.ts';
import type { SecretSources } from '../keys/passphrase.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { BODY_BYTES_MAX, parseBodyFile, withSetting } from '../say/body.ts';
import { exampleBody } from '../say/example.ts';
import { type GivenFile, readDocuments, readTexts, withFiles } from '../say/files.ts';
import { foreignFile, type GivenImage, readImages, sendFile, withImages } from '../say/images.ts';
import { type Draft, newDraft, readDraft } from '../say/note.ts';
import { openContext, type PassingOptions, passOn, sign, signingNames, wayOn } from '../say/passing.ts';
import { type SignerFiles, signersFrom } from '../say/signers.ts';
import { withTable } from '../say/table.ts';

export interface SayOptions extends SignerFiles, SecretSources, PassingOptions {
	readonly packageDir: string;
	/** A file with the body, or `-` for standard input. */
	readonly body?: string;
	readonly settings: readonly string[];
	/** Each `kind=file`. */
	readonly images: readonly string[];
	/** All who will sign; absent: those whose keys are given. */
	readonly by?: readonly string[];
	/** Texts, which are salted, and documents that the statement names. */
	readonly texts?: readonly string[];
	readonly documents?: readonly string[];
	readonly example?: boolean;
	readonly stdin?: () => Promise<Uint8Array>;
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
	const given = readFiles(options);
	if (!given.ok) return fail(given.error);
	const draft = await draftFrom(context, type, signers.value, given.value, options);
	if (!draft.ok) return fail(draft.error);
	const told = wayOn(draft.value, signers.value, options);
	if (told !== undefined) return fail(told);
	const signed = await sign(context, draft.value, signers.value, out, options);
	if (!signed.ok) return fail(signed.error);
	const done = await passOn(context, signed.value, out, options);
	if (done !== 0) return done;
	const { images, texts, documents } = given.value;
	const files = [...images, ...texts, ...documents];
	if (options.send !== undefined) return sendFiles(options.send, files, out, options);
	for (const { file } of texts)
		out.stderr(
			`The text that is named lies in ${file}: pass it on with the note, and give it again with --text when it is sent.\n`,
		);
	return 0;
}

interface Given {
	readonly images: readonly GivenImage[];
	readonly texts: readonly GivenFile[];
	readonly documents: readonly GivenFile[];
}

function readFiles({ images, texts, documents }: SayOptions): Result<Given> {
	const [a, b, c] = [readImages(images), readTexts(texts ?? []), readDocuments(documents ?? [])];
	if (!a.ok) return a;
	if (!b.ok) return b;
	return c.ok ? ok({ images: a.value, texts: b.value, documents: c.value }) : c;
}

/** After the statement: the server takes a file that a statement in the log names, and no other. */
async function sendFiles(
	server: URL,
	files: readonly GivenFile[],
	out: Output,
	{ fetch }: SayOptions,
): Promise<number> {
	for (const file of files) {
		const sent = await sendFile(server, file, fetch);
		if (!sent.ok) {
			out.stderr(`${sent.error}\n`);
			return COULD_NOT_RUN;
		}
		out.stdout(`The server holds ${file.file}; the log says so soon.\n`);
	}
	return 0;
}

/** A new statement, or the one that was passed on. */
async function draftFrom(
	context: Context,
	type: StatementType | undefined,
	signers: readonly NoteSigner[],
	given: Given,
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
		const named = statement.type === 'form/capture' ? statement.images.map(({ sha256 }) => sha256) : [];
		const { images, texts, documents } = given;
		const foreign = foreignFile([...named, ...filesNamedBy(statement)], [...images, ...texts, ...documents]);
		if (foreign !== undefined) return err(foreign);
		const came = statement.type;
		return type === undefined || type === came ? draft : err(`"${options.in}" is a ${came}, not a ${type}.`);
	}
	if (type === undefined)
		return err('Name a type of statement, such as form/capture, or a note that was passed on with --in.');
	const body = await bodyFrom(context, type, given, options);
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
	{ election }: Context,
	type: StatementType,
	{ images, texts, documents }: Given,
	{ body, settings, stdin }: SayOptions,
): Promise<Result<JsonObject>> {
	let made: Result<JsonObject> = ok({});
	if (body !== undefined) {
		const bytes = body === '-' && stdin !== undefined ? ok(await stdin()) : readGiven(body, BODY_BYTES_MAX);
		if (!bytes.ok) return bytes;
		made = parseBodyFile(body === '-' ? 'standard input' : body, bytes.value);
	}
	for (const setting of settings) if (made.ok) made = withSetting(made.value, setting);
	if (made.ok) made = withImages(made.value, images);
	if (!made.ok) return made;
	if (type !== 'count/lodge') return withFiles(type, made.value, texts, documents);
	const named = withFiles(type, made.value, texts, []);
	return named.ok ? withTable(election, named.value, documents) : named;
}
