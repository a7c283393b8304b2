/**
 * Marks and witnesses of a log that is kept in this process. Witnesses of a rehearsal have keys that are secret to nobody: those who are not told to be silent cosign at the rehearsal's time, as real ones would. While too
 * few of them do, the timeout of the package passes by the rehearsal's clock.
 */
import type { Election } from '@matokeo/core/election/types.ts';
import { cosigner } from '@matokeo/core/log/cosignature.ts';
import { parseNote, printNote } from '@matokeo/core/log/note.ts';
import { evaluateQuorum } from '@matokeo/core/log/policy.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { coverageOf, policyOf } from '@matokeo/core/rules/coverage.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { OpenedLog } from '@matokeo/server/app/openedLog.ts';
import { rehearsalKey } from '../keys.ts';
import type { RehearsalClock } from '../play/clock.ts';
import type { RehearsalLog } from '../play/port.ts';
import { frozenAt } from './frozen.ts';

export interface ProceedingHere {
	readonly suite: Suite;
	readonly election: Election;
	readonly clock: RehearsalClock;
	/** Witnesses, by their names in the policy, that cosign nothing. */
	readonly silent?: readonly string[];
}

export function marksAndWitnesses(
	log: OpenedLog,
	{ suite, election, clock, silent = [] }: ProceedingHere,
): Pick<RehearsalLog, 'mark' | 'witnessed' | 'showWitnesses'> {
	const context = contextOf(suite, election);
	const { witnesses, ...policy } = policyOf(context);
	const awake = witnesses.filter(({ name }) => !silent.includes(name));

	/** Those who are awake cosign what is published; where they are a quorum, the log says so in the log. */
	const cosign = (): void => {
		const latest = log.cosigning.latest();
		assert(latest !== undefined, 'a log in which something was marked is published');
		const note = parseNote(latest.note);
		assert(note.ok, 'a published checkpoint is a note');
		const { text, textBytes, signatures } = note.value;
		const fresh = awake.map(({ key }) => {
			const { sign } = rehearsalKey(suite, election.id, key.name);
			const { name, keyId, sign: signature } = cosigner(key, clock.now(), sign);
			return { name, keyId, signature: signature(textBytes) };
		});
		const { size, root } = latest;
		log.cosigning.cosign(size, fresh);
		if (!evaluateQuorum({ ...policy, witnesses }, new Set(awake.map(({ name }) => name))).met) return;
		log.cosigning.publishWitnessed({ size, root, note: printNote(text, [...signatures, ...fresh]) });
		if (log.cosigning.hasToSay()) demandLogged(log.append([log.cosigning.saying()]));
	};

	return {
		mark: async (places) => {
			const ids = places.map((place): StatementId => {
				const answer = log.mark(place);
				demandLogged([answer]);
				return 'id' in answer ? answer.id : '';
			});
			return ids.map((id) => frozenAt(election, log.rows(), id));
		},
		showWitnesses: async () => cosign(),
		witnessed: async (index) => {
			cosign();
			const { met, silent: missing } = coverageOf(context, log.rows(), index);
			if (met) return [];
			const { witnessTimeout } = election.proceedings;
			if (witnessTimeout === undefined)
				throw new Error(
					`the witnesses ${missing.join(', ')} are silent and the package has no "witness_timeout": nothing can be certified`,
				);
			clock.advance(witnessTimeout);
			return missing;
		},
	};
}

function demandLogged(answers: ReturnType<OpenedLog['append']>): void {
	for (const answer of answers)
		if (answer.kind !== 'receipt' && answer.kind !== 'logged')
			throw new Error(`the log answered "${answer.kind}" to what it says itself: ${answer.why}`);
}
