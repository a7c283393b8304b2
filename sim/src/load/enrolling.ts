/**
 * The eve of a load run: the log opened and everybody enrolled, over the real routes. Verified like everything else.
 */
import type { Election } from '@matokeo/core/election/types.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { httpLog } from '@matokeo/rehearsal/http/httpLog.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { enrolAll } from '@matokeo/rehearsal/play/opening.ts';
import { peopleOf } from '@matokeo/rehearsal/play/people.ts';
import { speaker } from '@matokeo/rehearsal/play/speaking.ts';

export async function enrolOver(
	url: string,
	addresses: readonly string[],
	suite: Suite,
	election: Election,
	stations: readonly string[],
	clerks: number,
): Promise<void> {
	const log = httpLog(url, { suite, election, addresses });
	const keyOf = (name: string) => rehearsalKey(suite, election.id, name);
	await enrolAll(election, stations, log, speaker(suite, election), peopleOf(election, clerks, keyOf), keyOf);
	log.close();
	const { count, first } = log.ledger.faults();
	if (count > 0) throw new Error(`enrolling failed: ${first.join('; ')}`);
}
