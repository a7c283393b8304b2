/**
 * `--text FILE` and `--document FILE`: files that a statement names by digest (S37–S44). A text is salted first, into a file of its own beside it: nobody can guess a short text from its digest then, and the authority
 * can withhold it. Documents go as they are.
 */
import { randomBytes } from 'node:crypto';
import { LIMITS } from '@matokeo/core/election/limits.ts';
import type { Digest } from '@matokeo/core/record/said.ts';
import type { StatementType } from '@matokeo/core/record/statement.ts';
import { utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { JsonObject } from '@matokeo/core/std/canonical.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { readGiven } from '../given.ts';
import { writeNew } from '../newFile.ts';

export interface GivenFile {
	readonly file: string;
	readonly bytes: Uint8Array;
	readonly sha256: Digest;
	/** Bytes. */
	readonly size: number;
}

/** What servers take (A25). */
const TEXT_BYTES_MAX = 1_048_576;
const SALT_BYTES = 32;
const SALTED = /^[0-9a-f]{64}\n/;

/** A text that opens with a salt already is taken as it is: it was salted before. */
export function readTexts(given: readonly string[]): Result<readonly GivenFile[]> {
	const texts: GivenFile[] = [];
	for (const file of given) {
		const bytes = readGiven(file, TEXT_BYTES_MAX);
		if (!bytes.ok) return bytes;
		const text = utf8Decode(bytes.value);
		if (text === undefined || text.trim() === '')
			return err(`"${file}" is no text in UTF-8, or empty: give a document (PDF, image) with --document.`);
		if (SALTED.test(text)) texts.push(fileOf(file, bytes.value));
		else {
			const salted = utf8Encode(`${randomBytes(SALT_BYTES).toString('hex')}\n${text}`);
			const name = `${file}.salted`;
			const written = writeNew(name, salted);
			if (!written.ok)
				return err(`${written.error} If that is this very text, salted before, give it instead: --text ${name}.`);
			texts.push(fileOf(name, salted));
		}
	}
	return ok(texts);
}

export function readDocuments(given: readonly string[]): Result<readonly GivenFile[]> {
	const documents: GivenFile[] = [];
	for (const file of given) {
		const bytes = readGiven(file, LIMITS.fileBytesMax);
		if (!bytes.ok) return bytes;
		if (bytes.value.length === 0) return err(`"${file}" is empty: name the document.`);
		documents.push(fileOf(file, bytes.value));
	}
	return ok(documents);
}

const WITH_TEXT: ReadonlySet<StatementType> = new Set([
	'objection/lodge',
	'objection/answer',
	'notice/file',
	'result/dissent',
	'count/lodge',
]);
const WITH_DOCUMENT: ReadonlySet<StatementType> = new Set(['result/record', 'authority/order']);

/** The body with the digests where this type of statement has them. */
export function withFiles(
	type: StatementType,
	body: JsonObject,
	texts: readonly GivenFile[],
	documents: readonly GivenFile[],
): Result<JsonObject> {
	const [text] = texts;
	if (texts.length > 1 || (text !== undefined && !WITH_TEXT.has(type)))
		return err(`A ${type} has ${WITH_TEXT.has(type) ? 'one text' : 'no text'}: leave --text out.`);
	if (text !== undefined && body['text'] !== undefined)
		return err('The body names a text already: leave out --text, or "text" in the body.');
	const named = text === undefined ? body : { ...body, text: text.sha256 };
	if (documents.length === 0) return ok(named);
	const digests = documents.map(({ sha256 }) => sha256);
	if (type === 'objection/lodge') {
		if (body['evidence'] !== undefined)
			return err('The body names evidence already: leave out --document, or "evidence" in the body.');
		return ok({ ...named, evidence: digests });
	}
	const [document] = digests;
	if (!WITH_DOCUMENT.has(type) || document === undefined || digests.length > 1)
		return err(
			`A ${type} has ${WITH_DOCUMENT.has(type) ? 'one document' : 'no place for --document: name its digest where it belongs, with --set'}.`,
		);
	if (body['document'] !== undefined)
		return err('The body names a document already: leave out --document, or "document" in the body.');
	return ok({ ...named, document });
}

function fileOf(file: string, bytes: Uint8Array): GivenFile {
	return { file, bytes, sha256: nativeSuite().sha256Hex(bytes), size: bytes.length };
}
