/**
 * The rehearsal's door to a log that is kept in this process. What is refused here would be refused on election night, so it stops the rehearsal.
 */
import type { Transcription } from '@matokeo/core/record/commitment.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { Answer } from '@matokeo/server/app/answer.ts';
import type { OpenedLog } from '@matokeo/server/app/openedLog.ts';
import { marksAndWitnesses, type ProceedingHere } from '../proceed/inThisProcess.ts';
import type { RehearsalLog } from './port.ts';

/** Without `proceeding` nothing is marked: the rehearsal ends with the forms. */
export function inProcess(log: OpenedLog, proceeding?: ProceedingHere): RehearsalLog {
	const waiting = new Map<StatementId, Transcription>();
	return {
		...(proceeding === undefined ? NOTHING_MARKED : marksAndWitnesses(log, proceeding)),
		size: async () => log.size(),
		append: async (leaves) => {
			if (leaves.length > 0) for (const answer of log.append(leaves)) demandReceipt(answer);
		},
		mistake: async (leaves) => {
			if (leaves.length > 0) for (const answer of log.append(leaves)) demandRefusal(answer);
		},
		hold: async (images) => {
			await log.hold(images);
		},
		announce: async () => {
			for (const answer of log.announceHeld('named')) demandReceipt(answer);
		},
		deliver: (reading, _capture, read) => {
			waiting.set(reading, read);
		},
		open: async () => {
			const deliveries = [...waiting].map(([reading, transcription]) => ({ reading, transcription }));
			waiting.clear();
			for (const delivered of log.deliverOpenings(deliveries)) {
				if (!delivered.ok) throw new Error(`an opening was refused (${delivered.error.rule}): ${delivered.error.why}`);
			}
			const opened = log.openReadings();
			for (const { answer } of opened) demandReceipt(answer);
			return new Map(opened.map(({ capture, id }) => [capture, id]));
		},
		readingsOf: () => undefined,
		publish: async () => {
			log.publishResults();
		},
	};
}

const NOTHING_MARKED: Pick<RehearsalLog, 'mark' | 'witnessed' | 'showWitnesses'> = {
	mark: async () => {
		throw new Error('this rehearsal ends with the forms: it was given nobody who marks');
	},
	witnessed: async () => [],
	showWitnesses: async () => undefined,
};

function demandReceipt(answer: Answer): void {
	if (answer.kind === 'receipt' || answer.kind === 'logged') return;
	const rule = answer.kind === 'refused' ? ` (${answer.rule})` : '';
	throw new Error(`the log answered "${answer.kind}"${rule}: ${answer.why}`);
}

function demandRefusal(answer: Answer): void {
	if (answer.kind !== 'refused') throw new Error(`what must be refused was answered "${answer.kind}"`);
}
