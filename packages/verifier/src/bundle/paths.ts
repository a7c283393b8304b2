/**
 * Where things lie in a bundle (B2). Pages, images, papers and the package lie as they lie on the site, so that a page opens from the disk with its stylesheet and its images; what is the bundle's own has its own names.
 */
export const MANIFEST_PATH = 'bundle.json';
export const README_PATH = 'README.txt';
export const PROGRAM_PATH = 'verify.mjs';
export const CHECKPOINT_PATH = 'checkpoint';
export const WITNESSED_PATH = 'witnessed';
export const PACKAGE_PATH = 'package/';

const NOTE = /^statements\/(0|[1-9][0-9]{0,15})\.note$/;
const BLOB = /^blob\/([0-9a-f]{2})\/([0-9a-f]{64})$/;
const ATTESTATION = /^attestations\/([0-9a-f]{64})\.note$/;
const SHEET = /^sheets\/([0-9a-f]{64})\.json$/;
const TEXT = /^texts\/([0-9a-f]{64})\.([a-z]{2,3})\.txt$/;
/** What people look at: made by the portal out of the record, and signed by nobody. */
const SHOWN = /^(?:(?:en|sw|es)|assets|data|papers)\//;

export function notePath(index: number): string {
	return `statements/${index}.note`;
}

export function proofPath(index: number): string {
	return `statements/${index}.tlog-proof`;
}

export function bundledBlobPath(sha256: string): string {
	return `blob/${sha256.slice(0, 2)}/${sha256}`;
}

export function attestationPath(sha256: string): string {
	return `attestations/${sha256}.note`;
}

export function sheetPath(mark: string): string {
	return `sheets/${mark}.json`;
}

export function textPath(declaration: string, language: string): string {
	return `texts/${declaration}.${language}.txt`;
}

/** What a file of a bundle is, by its place; `undefined` for a place that bundles do not have. */
export type FileKind =
	| 'manifest'
	| 'readme'
	| 'program'
	| 'checkpoint'
	| 'witnessed'
	| 'package'
	| 'statement'
	| 'proof'
	| 'blob'
	| 'attestation'
	| 'sheet'
	| 'text'
	| 'shown';

const FIXED: ReadonlyMap<string, FileKind> = new Map([
	[MANIFEST_PATH, 'manifest'],
	[README_PATH, 'readme'],
	[PROGRAM_PATH, 'program'],
	[CHECKPOINT_PATH, 'checkpoint'],
	[WITNESSED_PATH, 'witnessed'],
]);

export function kindOfFile(path: string): FileKind | undefined {
	const fixed = FIXED.get(path);
	if (fixed !== undefined) return fixed;
	if (path.startsWith(PACKAGE_PATH)) return 'package';
	if (NOTE.test(path)) return 'statement';
	if (NOTE.test(path.replace(/\.tlog-proof$/, '.note'))) return 'proof';
	const blob = BLOB.exec(path);
	if (blob !== null) return blob[2]?.startsWith(blob[1] ?? '') === true ? 'blob' : undefined;
	if (ATTESTATION.test(path)) return 'attestation';
	if (SHEET.test(path)) return 'sheet';
	if (TEXT.test(path)) return 'text';
	return SHOWN.test(path) ? 'shown' : undefined;
}

/** The digest in the name of a blob or an attestation. */
export function digestIn(path: string): string {
	return (BLOB.exec(path)?.[2] ?? ATTESTATION.exec(path)?.[1]) || '';
}

/** The id in the name of a sheet (its mark) or of a text (its declaration, and the language). */
export function namedIn(path: string): { readonly id: string; readonly language?: string } | undefined {
	const sheet = SHEET.exec(path)?.[1];
	if (sheet !== undefined) return { id: sheet };
	const [, id, language] = TEXT.exec(path) ?? [];
	return id === undefined || language === undefined ? undefined : { id, language };
}
