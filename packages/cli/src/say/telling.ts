/** What the log answered, in words, and the proof of it in a file beside the note: a receipt, or a refusal that the log's key signed. */
import type { Context } from '@matokeo/core/rules/context.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { unreachable } from '@matokeo/core/std/result.ts';
import { writeNew } from '../newFile.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { shown } from './plain.ts';
import { checkReceipt, checkRefusal } from './receipt.ts';
import type { Answered, Fetch } from './sending.ts';
import { witnessedReceipt } from './witnessedReceipt.ts';

export interface Sent {
	readonly id: string;
	readonly note: Uint8Array;
	/** Where the note lies. */
	readonly file: string;
}

export function keepAnswer(context: Context, sent: Sent, answer: Answered, out: Output): number {
	switch (answer.kind) {
		case 'receipt':
			return keepReceipt(context, sent, answer.proof, out, 'It is in the log');
		case 'logged':
			return keepReceipt(
				context,
				{ ...sent, note: utf8Encode(answer.note) },
				answer.proof,
				out,
				'The same text was in the log before',
			);
		case 'refused':
			return keepRefusal(context, sent, answer, out);
		case 'later':
			out.stderr(
				`The log could not take it now: ${shown(answer.why)}. Nothing was decided; send again${answer.retryAfter > 0 ? ` in ${answer.retryAfter} seconds` : ''}: matokeo say --in ${sent.file} … --send …\n`,
			);
			return COULD_NOT_RUN;
		default:
			return unreachable(answer);
	}
}

function keepReceipt(context: Context, { id, note, file }: Sent, proof: string, out: Output, how: string): number {
	const checked = checkReceipt(context, note, proof);
	if (!checked.ok) {
		out.stderr(
			`THE RECEIPT IS FALSE: ${checked.error}.\nThe server says that the statement is in the log and does not prove it. Keep ${file}, tell others, and verify what the server publishes with \`matokeo verify\`.\n`,
		);
		return 1;
	}
	const { index, size, witnesses } = checked.value;
	const receipt = `${file}.tlog-proof`;
	const kept = writeNew(receipt, proof);
	out.stdout(
		`${how}, at index ${index}, under the signed checkpoint of size ${size}.\n` +
			`Statement ${id}\n` +
			`The receipt was checked here: signed by the log's key, proves this statement${witnesses === 0 ? '; no witness has cosigned it' : `; cosigned by ${witnesses}`}.\n`,
	);
	out.stderr(
		kept.ok
			? `Kept as ${receipt}: \`matokeo verify FOLDER --against ${receipt}\` finds out whether a published log still has it.\n`
			: `The receipt could not be kept: ${kept.error}\n${proof}`,
	);
	return 0;
}

/** Answers 0 when the receipt of the quorum is kept, 2 when it did not come in time: the one that came at once stands. */
export async function awaitWitnessed(
	context: Context,
	server: URL,
	{ note, file }: Omit<Sent, 'id'>,
	answer: Answered,
	seconds: number,
	out: Output,
	fetcher?: Fetch,
): Promise<number> {
	if (answer.kind !== 'receipt' && answer.kind !== 'logged') return COULD_NOT_RUN;
	const logged = answer.kind === 'logged' ? utf8Encode(answer.note) : note;
	const place = checkReceipt(context, logged, answer.proof);
	if (!place.ok) return COULD_NOT_RUN;
	const { index } = place.value;
	const seen = await witnessedReceipt(context, server, { note: logged, index }, seconds, fetcher);
	if (!seen.ok) {
		out.stderr(`No receipt of the witnesses: ${seen.error}. The receipt above stands; ask again later.\n`);
		return COULD_NOT_RUN;
	}
	const { proof, size, witnesses } = seen.value;
	const path = `${file}.witnessed.tlog-proof`;
	const kept = writeNew(path, proof);
	out.stdout(
		`Witnessed, under the checkpoint of size ${size}: ${witnesses.join(', ')} are the quorum of the package.\n`,
	);
	out.stderr(kept.ok ? `Kept as ${path}.\n` : `It could not be kept: ${kept.error}\n${proof}`);
	return 0;
}

function keepRefusal(
	context: Context,
	{ id, file }: Sent,
	{ rule, why, note }: Extract<Answered, { kind: 'refused' }>,
	out: Output,
): number {
	out.stdout(`Refused by rule ${shown(rule)} (spec/statements.md): ${shown(why)}.\n`);
	if (note === undefined) {
		out.stderr('The refusal is not signed: the log knows no key that signed this statement.\n');
		return 1;
	}
	const checked = checkRefusal(context, note, id, rule);
	if (!checked.ok) {
		out.stderr(`What came with it is no refusal of this statement by the log's key: ${checked.error}.\n`);
		return 1;
	}
	const path = `${file}.refusal`;
	const kept = writeNew(path, note);
	out.stderr(
		kept.ok
			? `The refusal is signed by the log's key and kept as ${path}. Whether the rules refuse it too, anybody can ask: matokeo verify URL --against ${path} --statement ${file}\n`
			: `${kept.error}\n${shown(note)}`,
	);
	return 1;
}
