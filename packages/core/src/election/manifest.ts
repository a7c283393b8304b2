/**
 * The manifest of a package (`spec/package.md`, P1–P5): `sha256sum` format, byte-sorted, every file of the folder but itself.
 * The SHA-256 of its bytes is the election's digest: the anchor that is printed before polling.
 */
import { utf8Decode, utf8Encode } from '../std/bytes.ts';
import { err, ok, type Result } from '../std/result.ts';
import type { Suite } from '../std/suite.ts';
import { LIMITS } from './limits.ts';
import { type Problem, quote } from './problem.ts';

export const MANIFEST = 'manifest.sha256';

export type Files = ReadonlyMap<string, Uint8Array>;

export interface ManifestEntry {
	/** 64 lower-case hex digits. */
	readonly sha256: string;
	readonly path: string;
}

/** `undefined` if a file of a package may be called so, else what is wrong with the path. */
export function wrongPath(path: string): string | undefined {
	if (!/^[a-z0-9._/-]*$/.test(path)) return 'characters other than a–z 0–9 . _ / -';
	if (path.length > LIMITS.pathLengthMax) return `more than ${LIMITS.pathLengthMax} characters`;
	const segments = path.split('/');
	if (segments.includes('')) return 'an empty part (a slash at an end, or two slashes)';
	if (segments.some((segment) => /^\.+$/.test(segment))) return 'a part of dots only';
	return undefined;
}

/** Entries of all files but the manifest, byte-sorted. */
function manifestOf(suite: Suite, files: Files): readonly ManifestEntry[] {
	return [...files]
		.filter(([path]) => path !== MANIFEST)
		.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
		.map(([path, bytes]) => ({ sha256: suite.sha256Hex(bytes), path }));
}

export function printManifest(entries: readonly ManifestEntry[]): string {
	return entries.map((entry) => `${entry.sha256}  ${entry.path}\n`).join('');
}

/** The inverse of `printManifest`, for what it prints of sorted, different, proper paths; else all problems. */
export function parseManifest(text: string): Result<readonly ManifestEntry[], readonly Problem[]> {
	const problems: Problem[] = [];
	const entries: ManifestEntry[] = [];
	const tell = (line: number, column: number, rule: string, expected: string, came: string, toDo = REMAKE) =>
		problems.push({ rule, file: MANIFEST, line, column, expected, came, toDo });
	const lines = text.split('\n');
	if (lines.pop() !== '') tell(lines.length + 1, 1, 'P1', 'a line feed after the last line', 'the end of the file');
	lines.forEach((line, index) => {
		const parts = /^([0-9a-f]{64}) {2}(.*)$/u.exec(line);
		const [, sha256, path] = parts ?? [];
		if (sha256 === undefined || path === undefined) {
			tell(index + 1, 1, 'P1', '64 hex digits in lower case, two spaces, a path', quote(line));
			return;
		}
		const wrong = wrongPath(path);
		if (wrong !== undefined)
			tell(
				index + 1,
				67,
				'P2',
				PATH_IN_WORDS,
				`${quote(path)}: ${wrong}`,
				'rename the file, then write the manifest again',
			);
		if (path === MANIFEST) tell(index + 1, 67, 'P3', 'every file but the manifest', quote(path));
		const before = entries.at(-1)?.path ?? '';
		if (path <= before)
			tell(index + 1, 67, 'P1', 'paths in byte order, each once', `${quote(path)} after ${quote(before)}`);
		entries.push({ sha256, path });
	});
	if (entries.length === 0 && problems.length === 0) tell(1, 1, 'P1', 'at least one file', 'none');
	return problems.length > 0 ? err(problems) : ok(entries);
}

/** Manifest against files: everything listed is there with that digest, and nothing else is. */
export function checkManifest(suite: Suite, files: Files): Result<string, readonly Problem[]> {
	const bytes = files.get(MANIFEST);
	const fits = bytes !== undefined && bytes.length <= LIMITS.manifestBytesMax;
	const text = fits ? utf8Decode(bytes) : undefined;
	if (bytes === undefined || text === undefined) {
		const wrong = fits ? 'bytes that are not UTF-8' : `more than ${LIMITS.manifestBytesMax} bytes`;
		const came = bytes === undefined ? 'no such file' : wrong;
		return err([{ rule: 'P1', file: MANIFEST, line: 0, column: 0, expected: 'a manifest', came, toDo: REMAKE }]);
	}
	const parsed = parseManifest(text);
	if (!parsed.ok) return parsed;
	const problems: Problem[] = [];
	const tell = (
		file: string,
		line: number,
		column: number,
		rule: string,
		expected: string,
		came: string,
		toDo: string,
	) => problems.push({ rule, file, line, column, expected, came, toDo });
	parsed.value.forEach((entry, index) => {
		const file = files.get(entry.path);
		const line = index + 1;
		if (file === undefined) {
			tell(
				MANIFEST,
				line,
				67,
				'P3',
				'every listed file in the folder',
				`no file ${entry.path}`,
				`put the file back; ${REMAKE}`,
			);
		} else if (suite.sha256Hex(file) !== entry.sha256) {
			const came = `${suite.sha256Hex(file)}: ${entry.path} has been changed`;
			tell(MANIFEST, line, 1, 'P4', `the digest ${entry.sha256}`, came, `restore the file; ${REMAKE}`);
		}
	});
	const listed = new Set(parsed.value.map((entry) => entry.path));
	for (const path of files.keys()) {
		if (path === MANIFEST || listed.has(path)) continue;
		const wrong = wrongPath(path);
		if (wrong !== undefined) tell(path, 0, 0, 'P2', PATH_IN_WORDS, wrong, 'rename the file');
		else tell(path, 0, 0, 'P3', 'every file listed in the manifest', 'an unlisted file', `delete the file; ${REMAKE}`);
	}
	return problems.length > 0 ? err(problems) : ok(suite.sha256Hex(bytes));
}

/** What the manifest and the anchor of these files must be. */
export function makeManifest(suite: Suite, files: Files): { readonly bytes: Uint8Array; readonly digest: string } {
	const bytes = utf8Encode(printManifest(manifestOf(suite, files)));
	return { bytes, digest: suite.sha256Hex(bytes) };
}

const PATH_IN_WORDS = 'a path of a–z 0–9 . _ / -, without empty parts or parts of dots';
const REMAKE = 'if the change is meant, and nothing was published yet, run `matokeo election digest DIR --write`';
