/**
 * `bundle.json` (B3): what a bundle is about, of which log and election, which statements it holds and the digest of every file beside it. Parse and print are inverse: there is one spelling. Nothing in it is believed by whoever checks a bundle: each
 * member is held against what the files themselves say.
 */

import { utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { byCodeUnits, type Json, type JsonObject, printCanonical } from '@matokeo/core/std/canonical.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { BUNDLE_ENTRIES_MAX, BUNDLE_MANIFEST_BYTES_MAX } from './limits.ts';
import { shapeOfManifest } from './manifestShape.ts';
import { visible } from './names.ts';

/** What a bundle is about. */
export type Subject =
	/** Without a contest: every contest in which the station votes. */
	| { readonly kind: 'station'; readonly station: string; readonly contest?: string }
	| { readonly kind: 'area'; readonly area: string; readonly contest: string }
	| { readonly kind: 'objection'; readonly objection: string }
	| { readonly kind: 'declaration'; readonly declaration: string };

export interface ListedStatement {
	readonly index: number;
	/** 64 hex digits. */
	readonly id: string;
	readonly type: string;
}

/** A file that statements of the bundle name and that is not in it. `sealed`: of a kind that the package does not publish; `absent`: published, and not to be had. */
export interface LeftOut {
	readonly sha256: string;
	readonly why: 'withheld' | 'sealed' | 'never-held' | 'absent';
}

export interface ListedFile {
	readonly sha256: string;
	readonly size: number;
}

export interface BundleManifest {
	readonly subject: Subject;
	readonly election: { readonly id: string; readonly package: string; readonly mode: string };
	/** `root`: as the checkpoint has it, base64. */
	readonly log: { readonly origin: string; readonly size: number; readonly root: string };
	/** Whether the whole log was verified when the bundle was made, as its maker says; else what was found, in sentences. */
	readonly verified: boolean;
	readonly problems: readonly string[];
	/** In the order of the log. */
	readonly statements: readonly ListedStatement[];
	readonly leftOut: readonly LeftOut[];
	/** Path → file, of every file but this one. */
	readonly files: ReadonlyMap<string, ListedFile>;
}

const FORMAT = 'matokeo-bundle/v1';

/** One member to a line, so that a person can read it. */
export function printBundleManifest(manifest: BundleManifest): Uint8Array {
	const { subject, election, log, verified, problems, statements, leftOut, files } = manifest;
	const listed = [...files].sort(([a], [b]) => byCodeUnits(a, b));
	const list = (rows: readonly object[]): string =>
		rows.length === 0 ? '[]' : `[\n${rows.map((row) => `\t\t${printCanonical(row)}`).join(',\n')}\n\t]`;
	const lines = [
		`"format": ${JSON.stringify(FORMAT)}`,
		`"subject": ${printCanonical(subject)}`,
		`"election": ${printCanonical(election)}`,
		`"log": ${printCanonical(log)}`,
		`"verified": ${verified}`,
		`"problems": ${JSON.stringify(problems)}`,
		`"statements": ${list(statements)}`,
		`"left_out": ${list(leftOut)}`,
		`"files": ${list(listed.map(([path, file]) => ({ path, ...file })))}`,
	];
	return utf8Encode(`{\n${lines.map((line) => `\t${line}`).join(',\n')}\n}\n`);
}

/** Accepts what `printBundleManifest` prints. */
export function parseBundleManifest(bytes: Uint8Array): Result<BundleManifest> {
	if (bytes.length > BUNDLE_MANIFEST_BYTES_MAX) return err(`B20: bundle.json has ${bytes.length} bytes`);
	const text = utf8Decode(bytes);
	if (text === undefined) return err('B3: bundle.json is no text');
	const read = readJson(text);
	if (read === undefined) return err('B3: bundle.json is no JSON');
	if (read['format'] !== FORMAT)
		return err(`B3: bundle.json does not say "format": "${FORMAT}": it is another file, or of another version`);
	const wrong = shapeOfManifest(read, 'bundle.json');
	if (wrong !== undefined) return err(`B3: ${visible(wrong)}`);
	const manifest = manifestIn(read);
	const same = manifest !== undefined && utf8Decode(printBundleManifest(manifest)) === text;
	return same ? ok(manifest) : err('B3: bundle.json is not spelled as bundles spell it');
}

function readJson(text: string): JsonObject | undefined {
	try {
		// No value of ours is null: put in another's place, it is found when the file is printed again.
		const value: unknown = JSON.parse(text, (_name, member: unknown) => member ?? '');
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

function manifestIn(read: JsonObject): BundleManifest | undefined {
	const subject = subjectIn(read['subject']);
	const election = membersOf(read['election']);
	const log = membersOf(read['log']);
	if (subject === undefined) return undefined;
	const files = new Map(
		rowsOf(read['files']).map((row) => [
			wordIn(row, 'path'),
			{ sha256: wordIn(row, 'sha256'), size: numberIn(row, 'size') },
		]),
	);
	if (files.size > BUNDLE_ENTRIES_MAX) return undefined;
	return {
		subject,
		election: { id: wordIn(election, 'id'), package: wordIn(election, 'package'), mode: wordIn(election, 'mode') },
		log: { origin: wordIn(log, 'origin'), size: numberIn(log, 'size'), root: wordIn(log, 'root') },
		verified: read['verified'] === true,
		problems: listOf(read['problems']).map(String),
		statements: rowsOf(read['statements']).map((row) => ({
			index: numberIn(row, 'index'),
			id: wordIn(row, 'id'),
			type: wordIn(row, 'type'),
		})),
		leftOut: rowsOf(read['left_out']).map((row) => ({ sha256: wordIn(row, 'sha256'), why: whyIn(row) })),
		files,
	};
}

function subjectIn(value: Json | undefined): Subject | undefined {
	const members = membersOf(value);
	const word = (name: string): string => wordIn(members, name);
	switch (members['kind']) {
		case 'station':
			return {
				kind: 'station',
				station: word('station'),
				...(members['contest'] === undefined ? {} : { contest: word('contest') }),
			};
		case 'area':
			return { kind: 'area', area: word('area'), contest: word('contest') };
		case 'objection':
			return { kind: 'objection', objection: word('objection') };
		case 'declaration':
			return { kind: 'declaration', declaration: word('declaration') };
		default:
			return undefined;
	}
}

function whyIn(row: JsonObject): LeftOut['why'] {
	const why = row['why'];
	return why === 'withheld' || why === 'sealed' || why === 'never-held' ? why : 'absent';
}

function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: Json | undefined): value is readonly Json[] {
	return Array.isArray(value);
}

function membersOf(value: Json | undefined): JsonObject {
	return isObject(value) ? value : {};
}

function listOf(value: Json | undefined): readonly Json[] {
	return isList(value) ? value : [];
}

function rowsOf(value: Json | undefined): readonly JsonObject[] {
	return listOf(value).map(membersOf);
}

function wordIn(row: JsonObject, name: string): string {
	const value = row[name];
	return typeof value === 'string' ? value : '';
}

function numberIn(row: JsonObject, name: string): number {
	const value = row[name];
	return typeof value === 'number' ? value : 0;
}
