/**
 * `pack.json` (`spec/scrutiny.md`, Y11): of which log and election a scrutiny pack is, and the digest of every file beside it. Parse and print are inverse: there is one spelling. Nothing in it is believed: each member is held against what the files
 * themselves say.
 */
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { byCodeUnits, printCanonical } from '@matokeo/core/std/canonical.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { wrongName } from '../bundle/names.ts';
import { membersOf, readJson, rowsOf, wholeOf, wordOf } from './foreign.ts';

export interface PackedFile {
	readonly path: string;
	readonly sha256: string;
	readonly size: number;
}

export interface PackManifest {
	readonly election: { readonly id: string; readonly package: string; readonly mode: string };
	/** `time`: UTC seconds of the log's last tick; `root` in base64. */
	readonly log: { readonly origin: string; readonly size: number; readonly root: string; readonly time: number };
	/** What made it. */
	readonly program: { readonly version: string; readonly digest: string };
	readonly parts: readonly string[];
	/** By path; every file but this one and the list of sums. */
	readonly files: readonly PackedFile[];
}

export const PACK_MANIFEST = 'pack.json';
export const PACK_SUMS = 'SHA256SUMS';
const FORMAT = 'matokeo-pack/v1';
/** Tiles and images of a country. */
const FILES_MAX = 4_000_000;

export function printPackManifest({ election, log, program, parts, files }: PackManifest): string {
	const rows = [...files].sort((a, b) => byCodeUnits(a.path, b.path)).map((file) => `\t\t${printCanonical(file)}`);
	const members = [
		`"format": ${JSON.stringify(FORMAT)}`,
		`"election": ${printCanonical(election)}`,
		`"log": ${printCanonical(log)}`,
		`"program": ${printCanonical(program)}`,
		`"parts": ${JSON.stringify(parts)}`,
		`"files": [\n${rows.join(',\n')}\n\t]`,
	];
	return `{\n${members.map((member) => `\t${member}`).join(',\n')}\n}\n`;
}

/** As `sha256sum` prints it, of every file and of `pack.json` itself. */
export function printSums(files: readonly PackedFile[], manifestSha256: string): string {
	const all = [...files, { path: PACK_MANIFEST, sha256: manifestSha256 }].sort((a, b) => byCodeUnits(a.path, b.path));
	return all.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('');
}

/** Accepts what `printPackManifest` prints. */
export function parsePackManifest(bytes: Uint8Array): Result<PackManifest> {
	const text = utf8Decode(bytes);
	const read = text === undefined ? undefined : readJson(text);
	if (read === undefined) return err('Y11: pack.json is no JSON');
	if (read.get('format') !== FORMAT)
		return err(`Y11: pack.json does not say "format": "${FORMAT}": it is another file, or of another version`);
	const [election, log, program] = ['election', 'log', 'program'].map((name) => membersOf(read.get(name)));
	const word = (members: ReadonlyMap<string, unknown> | undefined, name: string): string => wordOf(members?.get(name));
	const whole = (members: ReadonlyMap<string, unknown> | undefined, name: string): number =>
		wholeOf(members?.get(name));
	const manifest: PackManifest = {
		election: { id: word(election, 'id'), package: word(election, 'package'), mode: word(election, 'mode') },
		log: { origin: word(log, 'origin'), size: whole(log, 'size'), root: word(log, 'root'), time: whole(log, 'time') },
		program: { version: word(program, 'version'), digest: word(program, 'digest') },
		parts: rowsOf(read.get('parts')).map(wordOf),
		files: rowsOf(read.get('files'))
			.slice(0, FILES_MAX)
			.map(membersOf)
			.map((file) => ({ path: word(file, 'path'), sha256: word(file, 'sha256'), size: whole(file, 'size') })),
	};
	return printPackManifest(manifest) === text && isShaped(manifest)
		? ok(manifest)
		: err('Y11: pack.json is not spelled as packs spell it: it was changed by hand, or is of another version');
}

/** Words of one line without control characters, digests where there must be some, and names of files that B21 allows. */
function isShaped({ election, log, program, parts, files }: PackManifest): boolean {
	const isWord = (word: string): boolean => /^[\x21-\x7e]{1,200}$/.test(word);
	const isDigest = (word: string): boolean => /^[0-9a-f]{64}$/.test(word);
	return (
		[election.id, election.mode, log.origin, log.root, program.version, ...parts].every(isWord) &&
		[election.package, program.digest, ...files.map(({ sha256 }) => sha256)].every(isDigest) &&
		new Set(files.map(({ path }) => path)).size === files.length &&
		files.every(({ path }) => wrongName(path) === undefined)
	);
}
