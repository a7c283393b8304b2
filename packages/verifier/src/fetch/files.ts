/**
 * Fetches what lies beside the tiles (V67): the checkpoint, the election package by its manifest, the log's key, results, images. Each path is of a parser's making; each file has the digest that was named for it, where one was.
 */
import { LIMITS } from '@matokeo/core/election/limits.ts';
import { MANIFEST, type ManifestEntry, parseManifest } from '@matokeo/core/election/manifest.ts';
import { type Checkpoint, parseCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { parseNote } from '@matokeo/core/log/note.ts';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { CHECKPOINT_BYTES_MAX, RESULT_BYTES_MAX, VKEY_BYTES_MAX } from '../check/limits.ts';
import type { ImageNews } from '../follow/images.ts';
import { inParallel } from './inParallel.ts';
import type { Keeping } from './keeping.ts';
import { IMAGE_BYTES_MAX, LARGE_FILES_AT_ONCE, REQUESTS_AT_ONCE } from './limits.ts';
import type { Source, Unfetched } from './source.ts';

/** A checkpoint as it was served, and what it says. Nobody has looked at who signed it. */
export interface Served {
	readonly note: Uint8Array;
	readonly checkpoint: Checkpoint;
}

export async function fetchCheckpoint({ get, url }: Source): Promise<Result<Served, Unfetched>> {
	const got = await get('checkpoint', { bytesMax: CHECKPOINT_BYTES_MAX });
	if (!got.ok && got.error.kind === 'absent')
		return err({
			kind: 'absent',
			why: `There is no checkpoint at ${url}: either nothing is logged yet, or this is not the address of a log or of a copy of one.`,
		});
	if (!got.ok) return got;
	const note = parseNote(got.value);
	const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note;
	if (checkpoint.ok) return ok({ note: got.value, checkpoint: checkpoint.value });
	return err({ kind: 'refused', why: `What lies at ${url}checkpoint is no checkpoint: ${checkpoint.error}` });
}

/** The package's digest. With another one than the anchor only the manifest was fetched, and nothing was written. */
export async function fetchPackage(
	suite: Suite,
	source: Source,
	keeping: Keeping,
	anchor?: string,
): Promise<Result<string, Unfetched>> {
	const got = await source.get(`package/${MANIFEST}`, { bytesMax: LIMITS.manifestBytesMax });
	if (!got.ok) return got;
	const digest = suite.sha256Hex(got.value);
	if (anchor !== undefined && anchor !== digest) return ok(digest);
	const text = utf8Decode(got.value);
	const entries = text === undefined ? undefined : parseManifest(text);
	if (entries?.ok !== true || entries.value.length > LIMITS.filesMax || !fitsFolder(entries.value))
		return err({ kind: 'refused', why: `${source.url}package/${MANIFEST} is no list of the files of a package` });
	let left: number = LIMITS.packageBytesMax;
	const failure = await inParallel(entries.value, LARGE_FILES_AT_ONCE, async (entry) => {
		const file = await packageFile(suite, source, keeping, entry, Math.min(left, LIMITS.fileBytesMax));
		if (!file.ok) return file.error;
		left -= file.value;
		return undefined;
	});
	if (failure !== undefined) return err(failure);
	keeping.put(`package/${MANIFEST}`, got.value);
	return ok(digest);
}

/** Whether no file lies in another one. */
function fitsFolder(entries: readonly ManifestEntry[]): boolean {
	const files = new Set([MANIFEST, ...entries.map(({ path }) => path)]);
	return entries.every(({ path }) => {
		for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1))
			if (files.has(path.slice(0, end))) return false;
		return true;
	});
}

/** Its bytes. */
async function packageFile(
	suite: Suite,
	{ get, url }: Source,
	keeping: Keeping,
	{ path, sha256 }: ManifestEntry,
	bytesMax: number,
): Promise<Result<number, Unfetched>> {
	const file = `package/${path}`;
	const size = keeping.sizeOf(file);
	const there = size !== undefined && size <= bytesMax ? keeping.read(file) : undefined;
	if (there !== undefined && suite.sha256Hex(there) === sha256) return ok(there.length);
	const got = await get(file, { bytesMax });
	if (!got.ok) return got;
	if (suite.sha256Hex(got.value) !== sha256)
		return err({ kind: 'refused', why: `${url}${file} is not the file that the package's manifest lists` });
	keeping.put(file, got.value);
	return ok(got.value.length);
}

/** The key as the source names it (the package decides, and whoever verifies compares), and the last checkpoint that the quorum has seen, where there is one. */
export async function fetchBeside(source: Source, keeping: Keeping): Promise<Unfetched | undefined> {
	const key = await keep(source, keeping, 'log.vkey', VKEY_BYTES_MAX);
	const seen = await keep(source, keeping, 'witnessed', CHECKPOINT_BYTES_MAX);
	return [key, seen].find((failure) => failure !== undefined && failure.kind !== 'absent');
}

/** Ids of contests that are names of files of results. */
const RESULT_NAME = /^[a-z0-9._-]{1,64}$/;

/** Results of these contests; those that are not there are left out. */
export async function fetchResults(
	source: Source,
	keeping: Keeping,
	contests: Iterable<string>,
): Promise<Unfetched | undefined> {
	return inParallel(contests, LARGE_FILES_AT_ONCE, async (id) => {
		if (!RESULT_NAME.test(id)) return undefined;
		const failure = await keep(source, keeping, `results/${id}.json`, RESULT_BYTES_MAX);
		return failure?.kind === 'absent' ? undefined : failure;
	});
}

export interface ImagesFetched {
	readonly fetched: number;
	/** Not there, or not what the log names: what is missing is for whoever verifies. */
	readonly missing: number;
	/** Trouble with the line, which ended it. */
	readonly trouble?: Unfetched;
}

export async function fetchImages(
	suite: Suite,
	source: Source,
	keeping: Keeping,
	images: Iterable<ImageNews>,
	progress: (done: number) => void = () => undefined,
): Promise<ImagesFetched> {
	let [done, fetched, missing] = [0, 0, 0];
	const trouble = await inParallel(images, REQUESTS_AT_ONCE, async (image) => {
		const got = await fetchImage(suite, source, keeping, image);
		if (!got.ok && got.error.kind === 'trouble') return got.error;
		if (!got.ok) missing++;
		else if (got.value === 'fetched') fetched++;
		progress(++done);
		return undefined;
	});
	return { fetched, missing, ...(trouble === undefined ? {} : { trouble }) };
}

/** An image under the digest and in the size that the log gives it. */
export async function fetchImage(
	suite: Suite,
	{ get, url }: Source,
	keeping: Keeping,
	{ sha256, size }: Pick<ImageNews, 'sha256' | 'size'>,
): Promise<Result<'fetched' | 'there', Unfetched>> {
	const path = `blob/${sha256.slice(0, 2)}/${sha256}`;
	if (keeping.sizeOf(path) === size) return ok('there');
	if (size > IMAGE_BYTES_MAX)
		return err({ kind: 'refused', why: `${url}${path} would have ${size} bytes; no image of a form has` });
	const got = await get(path, { bytesMax: size, exactly: true });
	if (!got.ok) return got;
	if (suite.sha256Hex(got.value) !== sha256)
		return err({ kind: 'refused', why: `${url}${path} is not the image that the log names` });
	keeping.put(path, got.value);
	return ok('fetched');
}

async function keep(source: Source, keeping: Keeping, path: string, bytesMax: number): Promise<Unfetched | undefined> {
	const got = await source.get(path, { bytesMax });
	if (!got.ok) return got.error;
	keeping.put(path, got.value);
	return undefined;
}
