/**
 * The steps of following (V63–V66), one after another: a checkpoint is compared with the one before it, then the files that it adds are looked at, then what they say is replayed. Until the last of these nothing is
 * changed; in the middle of it nothing can be undone, so that trouble there ends the following.
 */
import { verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { EMPTY_EDGE } from '@matokeo/core/log/tiles.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';
import { readLog } from '../check/readLog.ts';
import type { Run, VoidLeaf } from '../check/run.ts';
import type { Pool } from '../node/pool.ts';
import type { Advance } from './advance.ts';
import { accusedOf, filesInQuestion, judgePair, type SignedNote, servedTree } from './disagreement.ts';
import type { ResultsBook } from './results.ts';
import { checkStep, stepList } from './step.ts';
import type { StepFindings } from './stepFindings.ts';

export interface StepperParts {
	readonly run: Run;
	readonly pool: Pool;
	readonly found: StepFindings;
	readonly results: ResultsBook;
	/** Void leaves since the last call. */
	readonly takeVoids: () => readonly VoidLeaf[];
	readonly progress: (done: number, all: number) => void;
}

export interface Stepper {
	readonly advance: (note: Uint8Array) => Promise<Advance>;
	/** The checkpoint that was accepted last. */
	readonly held: () => SignedNote | undefined;
}

export function stepper(parts: StepperParts): Stepper {
	const { run, pool, found, takeVoids } = parts;
	const { context, folder } = run;
	const { suite } = context;
	const accused = accusedOf(context);
	let edge = EMPTY_EDGE;
	let held: SignedNote | undefined;
	let trouble: string | undefined;
	let turn: Promise<unknown> = Promise.resolve();

	async function step(note: Uint8Array): Promise<Advance> {
		if (trouble !== undefined) throw new Error(trouble);
		const verified = verifyCheckpoint(suite, note, trustOf(context));
		if (!verified.ok) return { kind: 'not-a-checkpoint', why: verified.error };
		const { size, root } = verified.value.checkpoint;
		const served = servedTree(suite, folder, { size, root });
		const judged = held === undefined ? undefined : judgePair(run, accused, held, { note, size }, served);
		if (judged !== undefined) return judged;
		if (held === undefined || size > held.size) {
			const files = await checkStep({ suite, folder, pool, edge }, size);
			if (files.whole && !bytesEqual(files.root, root)) {
				const question = filesInQuestion(suite, served, files, run.size, size);
				return { kind: 'wrong-root', why: wrongRoot(size), files: question };
			}
			const [unfit] = files.unfit;
			if (unfit !== undefined)
				return {
					kind: 'missing-files',
					why: `${unfit.file}: ${unfit.why}`,
					files: files.unfit.map(({ file }) => file),
				};
			trouble = `following ${folder} was broken off while statements were replayed: open it anew`;
			await replay(parts, size, root);
			trouble = undefined;
			edge = files.edge;
		}
		held = { note, size };
		run.clock.cosigned(note, verified.value);
		const news = { found: found.take(), voids: takeVoids(), backDated: run.clock.take() };
		return { kind: 'ok', size, root, checkpoint: verified.value, ...news };
	}

	return {
		advance: (note) => {
			const next = turn.then(() => step(note));
			turn = next.catch(() => undefined);
			return next;
		},
		held: () => held,
	};
}

async function replay({ run, pool, results, progress }: StepperParts, size: number, root: Uint8Array): Promise<void> {
	results.before(size);
	await readLog(run, pool, stepList(run.size, size), size, progress);
	const own = run.tree.rootAt(size);
	assert(run.size === size && own !== undefined && bytesEqual(own, root), 'files stay as they are while they are read');
}

function wrongRoot(size: number): string {
	return `the statements that were served do not give the root that the log signed for ${size} statements`;
}
