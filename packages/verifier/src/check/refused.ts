/**
 * A refusal that the log has signed, against the rules (V54): the replay stops where the log says that it refused, and the rules are asked the same. A log that refused what they admit has signed the proof
 * against itself: its refusal, the statement, and the record that it publishes.
 */
import { type Leaf, parseLeaf } from '@matokeo/core/record/leaf.ts';
import { parseRefusal, type SignedRefusal } from '@matokeo/core/record/refusalNote.ts';
import { decide, signedBy } from '@matokeo/core/rules/decide.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Evidence } from './against.ts';
import type { Problem } from './problem.ts';
import type { Run } from './run.ts';

/** What the reader holds: the refusal, and the note that was refused. */
interface HeldRefusal {
	readonly refusal: Uint8Array;
	readonly statement: Uint8Array | undefined;
}

/** Before the replay; what it answers is called after it. The problems go to the findings. */
export function expectRefused(run: Run, size: number, held: HeldRefusal): () => Evidence | undefined {
	const { findings } = run;
	findings.looked('against');
	const opened = openRefusal(run, size, held);
	if (!opened.ok) {
		findings.found({ check: 'against', ...opened.error });
		return () => undefined;
	}
	const { said, leaf } = opened.value;
	let evidence: Evidence | undefined;
	const ask = (): void => {
		evidence = judge(run, said, leaf, held);
	};
	if (said.size === 0) ask();
	else run.stops.set(said.size, [...(run.stops.get(said.size) ?? []), ask]);
	return () => {
		const index = run.rows.indexOf(leaf.id);
		if (index !== undefined)
			findings.remark(`The statement that was refused is in the log all the same, at index ${index}.`);
		return evidence;
	};
}

interface Opened {
	readonly said: SignedRefusal;
	readonly leaf: Leaf;
}

function openRefusal(
	{ context }: Run,
	size: number,
	{ refusal, statement }: HeldRefusal,
): Result<Opened, Omit<Problem, 'check'>> {
	const { suite, election } = context;
	const parsed = parseRefusal(suite, refusal, trustOf(context).logKeys);
	if (!parsed.ok)
		return err({
			expected: `a refusal signed by the log's key in this folder's package (${election.log.origin})`,
			came: parsed.error,
			means: 'Your file shows nothing about this log. Take it as you received it.',
		});
	const said = parsed.value;
	if (said.election !== election.id || said.digest !== election.digest)
		return err({
			expected: `a refusal under ${election.id} ${election.digest}`,
			came: `one under ${said.election} ${said.digest}`,
			means: 'It is about another election, or another package.',
		});
	if (said.size > size)
		return err({
			expected: `at least the ${said.size} statements after which the log refused`,
			came: `a folder of ${size}`,
			means:
				'The folder is older than your refusal, or statements were cut off. Get it again; if it stays so, keep both.',
		});
	const leaf = statement === undefined ? undefined : parseLeaf(suite, statement);
	if (leaf?.ok !== true || leaf.value.id !== said.statement)
		return err({
			expected: `beside it the statement ${said.statement} that was refused, as it was sent`,
			came: leaf === undefined ? 'no statement' : leaf.ok ? `the statement ${leaf.value.id}` : leaf.error.why,
			means: 'The rules can only be asked about the statement itself.',
		});
	return ok({ said, leaf: leaf.value });
}

function judge(run: Run, { rule, size }: SignedRefusal, leaf: Leaf, held: HeldRefusal): Evidence | undefined {
	const { context, rows, findings, damaged } = run;
	const decided = decide(context, rows, leaf, size, signedBy(context));
	const unsure =
		damaged !== undefined && damaged < size ? ' Statements before it are damaged, so this is not sure.' : '';
	if (!decided.ok) {
		const same = decided.error.rule === rule ? '' : `, not ${rule} as the log says`;
		findings.remark(
			`After ${size} statements the rules refuse this statement too: ${decided.error.rule}${same}, ${decided.error.why}.${unsure}`,
		);
		return undefined;
	}
	findings.found({
		check: 'against',
		index: size,
		statement: leaf.id,
		rule,
		expected: `a receipt: after ${size} statements the rules admit this statement`,
		came: `a refusal by ${rule}, signed by the log`,
		means: `The log refused what the rules admit. Both notes are printed below; with any copy of its first ${size} statements they show it.${unsure}`,
	});
	const notes = [held.refusal, held.statement ?? new Uint8Array(0)].map((note) => utf8Decode(note) ?? '');
	return {
		what: `The log refused by ${rule} a statement that its rules admit after ${size} statements.`,
		notes,
		proof: [],
	};
}
