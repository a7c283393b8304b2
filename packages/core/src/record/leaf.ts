/**
 * A leaf of the log: one signed note whose text is a statement (S1–S4). `parseLeaf` accepts exactly what `printLeaf` prints:
 * three lines, canonical JSON, one signature per name of `by`, in that order.
 *
 * It knows spelling and shape only: whether a signature is true and whether its key may speak is decided in `rules/`.
 */
import { base64Decode, base64Encode, concat, hexDecode, hexEncode, utf8Decode, utf8Encode } from '../std/bytes.ts';
import { parseCanonical, printCanonical } from '../std/canonical.ts';
import { err, ok, type Result } from '../std/result.ts';
import type { Suite } from '../std/suite.ts';
import { LEAF_BYTES_MAX } from './limits.ts';
import type { StatementId } from './said.ts';
import { SHAPES } from './shapes.ts';
import type { Statement, StatementType } from './statement.ts';

export const VERSION = 'matokeo/v1';

export interface LeafSignature {
	readonly name: string;
	/** Eight hex digits: the first four bytes of the note key id. */
	readonly keyId: string;
	/** 64 bytes. */
	readonly signature: Uint8Array;
}

export interface Leaf {
	/** SHA-256 of the text, 64 hex digits. */
	readonly id: StatementId;
	readonly election: string;
	/** The package digest that the statement was made under. */
	readonly digest: string;
	readonly statement: Statement;
	readonly signatures: readonly LeafSignature[];
	/** What is signed: the three lines. */
	readonly text: Uint8Array;
	/** The whole note as it lies in the log. */
	readonly bytes: Uint8Array;
}

export interface Fault {
	readonly rule: 'S1' | 'S2' | 'S3' | 'S4';
	readonly why: string;
}

const NEWLINE = 10;
const DASH = '— ';
const SIGNATURE_BYTES = 68;
const HEADER = /^([a-z0-9._/-]{1,64}) ([0-9a-f]{64})$/;

/** The three lines that are signed. */
export function printText(election: string, digest: string, statement: Statement): Uint8Array {
	const { type, ...body } = statement;
	return utf8Encode(`${VERSION} ${type}\n${election} ${digest}\n${printCanonical(body)}\n`);
}

export function printLeaf(text: Uint8Array, signatures: readonly LeafSignature[]): Uint8Array {
	const lines = signatures.map(({ name, keyId, signature }) => {
		const payload = concat(hexDecode(keyId) ?? new Uint8Array(4), signature);
		return `${DASH}${name} ${base64Encode(payload)}\n`;
	});
	return concat(text, utf8Encode(`\n${lines.join('')}`));
}

export function parseLeaf(suite: Suite, bytes: Uint8Array): Result<Leaf, Fault> {
	if (bytes.length > LEAF_BYTES_MAX)
		return fault('S4', `a leaf is at most ${LEAF_BYTES_MAX} bytes, this one has ${bytes.length}`);
	const first = bytes.indexOf(NEWLINE);
	const second = bytes.indexOf(NEWLINE, first + 1);
	const third = second < 0 ? -1 : bytes.indexOf(NEWLINE, second + 1);
	if (first < 0 || third < 0) return fault('S1', 'a statement has three lines of text');
	const text = bytes.subarray(0, third + 1);
	const head = utf8Decode(bytes.subarray(0, second));
	const json = utf8Decode(bytes.subarray(second + 1, third));
	const tail = utf8Decode(bytes.subarray(third + 1));
	if (head === undefined || json === undefined || tail === undefined)
		return fault('S1', 'a statement is well-formed UTF-8');
	const type = statementType(head.slice(0, first));
	if (!type.ok) return type;
	const header = HEADER.exec(head.slice(first + 1));
	if (header === null)
		return fault('S2', 'the second line is the election id, a space and the package digest in 64 hex digits');
	const statement = parseBody(type.value, json);
	if (!statement.ok) return statement;
	const signatures = parseSignatures(tail, statement.value.by);
	if (!signatures.ok) return signatures;
	return ok({
		id: suite.sha256Hex(text),
		election: header[1] ?? '',
		digest: header[2] ?? '',
		statement: statement.value,
		signatures: signatures.value,
		text,
		bytes,
	});
}

/** The body of a statement from its third line: canonical, of the right shape, signers named once and in order. */
function parseBody(type: StatementType, json: string): Result<Statement, Fault> {
	const body = parseCanonical(json);
	if (!body.ok) return fault('S3', body.error);
	const problem = SHAPES[type](body.value, type);
	if (problem !== undefined) return fault('S4', problem);
	const statement = withType(body.value, type);
	for (let i = 1; i < statement.by.length; i++) {
		if ((statement.by[i - 1] ?? '') >= (statement.by[i] ?? ''))
			return fault('S4', 'the names in "by" must be sorted and stand once each');
	}
	return ok(statement);
}

/** The statement of a body that `parseBody` has accepted before, for a thread that was told so by another: nothing is asked again. */
export function rereadBody(type: StatementType, json: string): Statement {
	return withType(JSON.parse(json), type);
}

function withType(body: unknown, type: StatementType): Statement {
	const statement = body as { type: StatementType };
	statement.type = type;
	return statement as Statement;
}

function statementType(line: string): Result<StatementType, Fault> {
	const type = line.startsWith(`${VERSION} `) ? line.slice(VERSION.length + 1) : '';
	if (Object.hasOwn(SHAPES, type)) return ok(type as StatementType);
	return fault(
		'S1',
		`the first line must be "${VERSION} " and a statement type of this version, it is "${line.slice(0, 80)}"`,
	);
}

function parseSignatures(tail: string, by: readonly string[]): Result<readonly LeafSignature[], Fault> {
	const lines = tail.split('\n');
	if (lines[0] !== '' || lines.length !== by.length + 2 || lines[by.length + 1] !== '') {
		return fault(
			'S4',
			`an empty line and exactly one signature line for each of the ${by.length} names in "by" must follow the text`,
		);
	}
	const signatures: LeafSignature[] = [];
	for (let i = 0; i < by.length; i++) {
		const name = by[i] ?? '';
		const line = lines[i + 1] ?? '';
		const prefix = `${DASH}${name} `;
		const payload = line.startsWith(prefix) ? base64Decode(line.slice(prefix.length)) : undefined;
		if (payload === undefined || payload.length !== SIGNATURE_BYTES) {
			return fault('S4', `line ${i + 1} of the signatures must be "${prefix}" and 68 bytes in strict base64`);
		}
		signatures.push({ name, keyId: hexEncode(payload.subarray(0, 4)), signature: payload.subarray(4) });
	}
	return ok(signatures);
}

function fault(rule: Fault['rule'], why: string): { readonly ok: false; readonly error: Fault } {
	return err({ rule, why });
}
