/** Reads `vectors/package/`: accepted folders, and refused ones as edits of an accepted one. */
import { readdirSync, readFileSync } from 'node:fs';
import { MANIFEST, makeManifest } from '../../src/election/manifest.ts';
import { base64Decode, utf8Decode, utf8Encode } from '../../src/std/bytes.ts';
import { portableSuite } from '../../src/std/portable.ts';

const ROOT = new URL('../../../../vectors/package/', import.meta.url);

/** One change of a file; exactly one of the keys beside `file` says which. */
interface Edit {
	readonly file: string;
	/** With `with`: replaces the only occurrence. */
	readonly find?: string;
	readonly with?: string;
	readonly text?: string;
	readonly base64?: string;
	readonly delete?: true;
	/** Replaces every LF. */
	readonly line_end?: string;
}

export interface Refused {
	readonly name: string;
	readonly says: string;
	readonly base: string;
	readonly edits: readonly Edit[];
	/** Otherwise the manifest is made anew after the edits. */
	readonly keep_manifest?: true;
	readonly problems: readonly {
		readonly rule: string;
		readonly file: string;
		readonly line: number;
		readonly column: number;
		/** Stands in what was expected, what came or what to do. */
		readonly phrase: string;
	}[];
}

export type Bytes = ReadonlyMap<string, Uint8Array>;

export function acceptedNames(): readonly string[] {
	return readdirSync(new URL('accepted/', ROOT)).sort();
}

export function acceptedFiles(name: string): Bytes {
	const folder = new URL(`accepted/${name}/`, ROOT);
	return new Map(readdirSync(folder).map((path) => [path, new Uint8Array(readFileSync(new URL(path, folder)))]));
}

export function refusedVectors(): readonly Refused[] {
	const folder = new URL('refused/', ROOT);
	return readdirSync(folder)
		.sort()
		.map((path) => ({
			name: path.replace('.json', ''),
			...(JSON.parse(readFileSync(new URL(path, folder), 'utf8')) as Omit<Refused, 'name'>),
		}));
}

export function refusedFiles(vector: Pick<Refused, 'base' | 'edits' | 'keep_manifest'>): Bytes {
	const files = new Map(acceptedFiles(vector.base));
	for (const edit of vector.edits) {
		if (edit.delete === true) files.delete(edit.file);
		else files.set(edit.file, edited(files.get(edit.file) ?? new Uint8Array(), edit));
	}
	return vector.keep_manifest === true ? files : remade(files);
}

export function remade(files: Bytes): Bytes {
	return new Map(files).set(MANIFEST, makeManifest(portableSuite, files).bytes);
}

function edited(bytes: Uint8Array, edit: Edit): Uint8Array {
	if (edit.base64 !== undefined) return base64Decode(edit.base64) ?? new Uint8Array();
	const before = utf8Decode(bytes) ?? '';
	if (edit.text !== undefined) return utf8Encode(edit.text);
	if (edit.line_end !== undefined) return utf8Encode(before.replaceAll('\n', edit.line_end));
	const parts = before.split(edit.find ?? '');
	if (parts.length !== 2) throw new Error(`“${edit.find}” stands ${parts.length - 1} times in ${edit.file}`);
	return utf8Encode(parts.join(edit.with ?? ''));
}
