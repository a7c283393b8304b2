/**
 * Replays the leaves of one bundle in order (V14): the rules are asked of every leaf again, with the verdicts on spelling and signatures that a worker has
 * brought. A leaf that is refused is void: the operator's fault, without effect, and the replay goes on.
 */
import { verifySignature } from '@matokeo/core/log/ed25519.ts';
import { tileHashes } from '@matokeo/core/log/tiles.ts';
import { filesNamedBy } from '@matokeo/core/record/filesNamed.ts';
import { type Fault, type Leaf, type LeafSignature, parseLeaf, rereadBody } from '@matokeo/core/record/leaf.ts';
import type { Statement } from '@matokeo/core/record/statement.ts';
import { decide, type Signed } from '@matokeo/core/rules/decide.ts';
import type { Refusal } from '@matokeo/core/rules/refusal.ts';
import { hexDecode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import {
	ASCII,
	type BundleAnswer,
	ENTRY_END,
	ENTRY_START,
	FIRST_SIGNATURE,
	JSON_END,
	JSON_START,
	LAYOUT,
	OWN_HEADER,
	PARSED,
} from '../jobs/job.ts';
import { typeOfCode } from '../jobs/types.ts';
import { whatDiffers } from '../proceedings/voidActs.ts';
import { PROBLEMS_PER_CHECK_MAX } from './limits.ts';
import { type Named, namedBy, namedIn } from './place.ts';
import { noteDamage, type Run } from './run.ts';

/** A signature that a worker has checked under a key of the ring. */
interface CheckedSignature extends LeafSignature {
	/** The key it was checked under, in hex. */
	readonly under: string;
	readonly holds: boolean;
}

const NONE = new Uint8Array(0);
const NOT_SIGNED: ReadonlySet<string> = new Set(['S6', 'S7']);

export function replayBundle(run: Run, answer: BundleAnswer): void {
	const { findings, tree } = run;
	tree.append(tileHashes(answer.hashes), answer.root);
	const first = answer.index * 256;
	const bytes = Buffer.from(answer.bytes.buffer);
	const ids = Buffer.from(answer.ids.buffer);
	for (const { at } of answer.faults) noteDamage(run, first + at);
	const looked = answer.count - answer.skipped;
	findings.looked('spelling', looked);
	findings.looked('signatures', answer.keyNumbers.length);
	findings.looked('rules', looked - answer.faults.length);
	const signed = signedBy(run);
	for (let i = answer.skipped; i < answer.count; i++) {
		run.size = first + i;
		const leaf = leafOf(run, answer, bytes, ids, i);
		if (leaf.ok) step(run, leaf.value, first + i, signed);
		else voidSpelling(run, leaf.error, first + i, entry(answer, bytes, i));
		run.size = first + i + 1;
		for (const stop of run.stops.get(run.size) ?? []) stop();
	}
}

function step(run: Run, leaf: Leaf, index: number, signed: Signed): void {
	const { context, rows } = run;
	const said = decide(context, rows, leaf, index, signed);
	if (!said.ok) {
		// A sheet may be megabytes: what is not listed is not explained either.
		const listed = run.findings.failed('rules') < PROBLEMS_PER_CHECK_MAX;
		const differs = listed ? whatDiffers(context, rows, leaf.statement, said.error) : undefined;
		voidLeaf(run, said.error, index, { statement: leaf.id, ...namedBy(rows, leaf.statement) }, differs);
		run.listening.onVoid?.({ index, bytes: leaf.bytes.slice(), ...said.error });
		return;
	}
	run.apply(said.value);
	rows.remember(leaf.id, index);
	rememberImages(run, leaf.statement);
	run.clock.said(said.value);
	run.proceedings.said(said.value);
	run.listening.onSaid?.(said.value);
}

/** Images whose kind the package publishes must be in the folder, and what proceedings name, unless a capture did so before. */
function rememberImages(run: Run, statement: Statement): void {
	for (const sha256 of filesNamedBy(statement))
		if (run.rows.peek('blob', sha256)?.filed === true) run.blobs.markPublic(sha256);
	if (statement.type !== 'form/capture') return;
	const { publicImages } = run.context.election;
	for (const { kind, sha256 } of statement.images) {
		if (publicImages.includes(kind)) run.blobs.markPublic(sha256);
	}
}

function leafOf(run: Run, answer: BundleAnswer, bytes: Buffer, ids: Buffer, i: number): Result<Leaf, Fault> {
	const { layout, flags, types } = answer;
	const flag = flags[i] ?? 0;
	const at = i * LAYOUT;
	const type = typeOfCode(types[i] ?? 255);
	const whole = entry(answer, bytes, i);
	if ((flag & PARSED) === 0) {
		const fault = answer.faults.find((one) => one.at === i);
		return err(fault ?? { rule: 'S1', why: 'it cannot be parsed' });
	}
	const { id: election, digest } = run.context.election;
	if ((flag & OWN_HEADER) === 0 || type === undefined) return parseLeaf(run.context.suite, whole);
	const [start = 0, end = 0] = [layout[at + JSON_START], layout[at + JSON_END]];
	const json = bytes.toString((flag & ASCII) === 0 ? 'utf8' : 'latin1', start, end);
	const statement = rereadBody(type, json);
	const signatures: CheckedSignature[] = [];
	const first = layout[at + FIRST_SIGNATURE] ?? 0;
	for (let s = 0; s < statement.by.length; s++) {
		const key = run.keys[(answer.keyNumbers[first + s] ?? 0) - 1];
		if (key === undefined) return parseLeaf(run.context.suite, whole);
		const holds = answer.verdicts[first + s] === 1;
		signatures.push({ name: key.name, keyId: key.keyId, signature: NONE, under: key.hex, holds });
	}
	const id = ids.toString('hex', i * 32, i * 32 + 32);
	return ok({ id, election, digest, statement, signatures, text: NONE, bytes: whole });
}

/** The worker's verdict where it was about this very key; else the signature is checked here. */
function signedBy({ context }: Run): Signed {
	const checkNow = (key: string, signature: Uint8Array, text: Uint8Array): boolean => {
		const publicKey = hexDecode(key);
		return publicKey !== undefined && verifySignature(context.suite, publicKey, text, signature);
	};
	return (signer, signature, leaf) => {
		if (!isChecked(signature)) return checkNow(signer.key, signature.signature, leaf.text);
		if (signature.under === signer.key) return signature.holds;
		const whole = parseLeaf(context.suite, leaf.bytes);
		const own = whole.ok ? whole.value.signatures.find(({ name }) => name === signer.name) : undefined;
		return whole.ok && own !== undefined && checkNow(signer.key, own.signature, whole.value.text);
	};
}

function isChecked(signature: LeafSignature): signature is CheckedSignature {
	return 'holds' in signature;
}

function entry({ layout }: BundleAnswer, bytes: Buffer, i: number): Uint8Array {
	return bytes.subarray(layout[i * LAYOUT + ENTRY_START], layout[i * LAYOUT + ENTRY_END]);
}

function voidSpelling(run: Run, { rule, why }: Fault, index: number, bytes: Uint8Array): void {
	run.listening.onVoid?.({ index, bytes: bytes.slice(), rule, why });
	run.findings.found({
		check: 'spelling',
		...namedIn(run.context.suite, run.rows, bytes),
		index,
		rule,
		expected: 'a statement in its one spelling',
		came: why,
		means:
			'The log holds something that no version of these rules can read: the operator must say how it came there. It counts for nothing.',
	});
}

function voidLeaf(run: Run, { rule, why }: Refusal, index: number, named: Named, differs?: string): void {
	const check = NOT_SIGNED.has(rule) ? 'signatures' : 'rules';
	const before = run.damaged;
	const after =
		before === undefined || before > index
			? ''
			: ` The statement at index ${before} is damaged or void, and this may follow from it.`;
	run.findings.found({
		check,
		...named,
		index,
		rule,
		expected: 'a statement that the rules admit at this place of the log',
		came: differs === undefined ? why : `${why}. ${differs}`,
		means: `The operator let a statement into the log that the rules refuse. It is void: it changes no figure.${after}`,
	});
	noteDamage(run, index);
}
