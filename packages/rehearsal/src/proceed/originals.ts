/**
 * Originals of a rehearsal (S33): receiving officers see the paper forms and enter what they found. Those that the law wants inspected are seen all, of the others a share.
 */

import { areaOf, chainAbove } from '@matokeo/core/election/geography.ts';
import type { FormOriginal } from '@matokeo/core/record/acts.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import { serialOf } from '../play/images.ts';
import type { Spoken } from '../play/speaking.ts';
import { type Documents, returnName, stationIn } from '../play/stage.ts';
import type { Step } from './story.ts';
import { contestOf, known, type Telling } from './telling.ts';

/** So many go into the log at once. */
const ORIGINALS_PER_BATCH = 500;

/** Of returns whose figures stand; answers how many were seen. */
export async function seeOriginals(telling: Telling, share: number): Promise<number> {
	const { documents = new Map<string, Documents>(), room, log, election } = telling.stage;
	const inspected = new Set(
		[...election.contests.values()]
			.filter(({ collation, declaration }) =>
				[...collation, ...(declaration === undefined ? [] : [declaration])].some(
					({ requires }) => requires === 'inspected',
				),
			)
			.map(({ id }) => id),
	);
	const chosen = [...documents].flatMap(([name, { stands }]) => {
		const [contest = '', station = ''] = name.split('|');
		const wanted = inspected.has(contest) || room.chance.below(1000, 'original', contest, station) < share;
		return stands && wanted ? [{ contest, station }] : [];
	});
	for (let at = 0; at < chosen.length; at += ORIGINALS_PER_BATCH) {
		const batch = chosen.slice(at, at + ORIGINALS_PER_BATCH);
		await log.append(batch.map((one) => original(telling, { ...one, seal: 'intact', differs: [] }).bytes));
	}
	return chosen.length;
}

export async function seeOriginal(
	telling: Telling,
	step: Extract<Step, { readonly kind: 'original' }>,
): Promise<StatementId> {
	const { id, bytes } = original(telling, step);
	await telling.stage.log.append([bytes]);
	return id;
}

interface Seen {
	readonly contest: string;
	readonly station: string;
	readonly seal: FormOriginal['custody']['seal'];
	readonly differs: readonly string[];
}

function original(telling: Telling, { contest, station, seal, differs }: Seen): Spoken {
	const { room, election } = telling.stage;
	const { reading } = documentsOf(telling, contest, station);
	const officer = room.people.receiving(room.people.officeOf(stationIn(election, station)));
	return room.say(
		{
			type: 'form/original',
			attributes: { serial: 'yes', stamp: 'yes' },
			contest,
			custody: { from: 'presiding-officer', seal },
			differs,
			poll: 1,
			...(reading === undefined ? {} : { reading }),
			serial: serialOf({ contest, station }),
			station,
		},
		officer.key,
	);
}

export function documentsOf({ stage }: Telling, contest: string, station: string): Documents {
	return known(stage.documents ?? new Map<string, Documents>(), returnName({ contest, station }), 'a form');
}

/** The lowest area over the station that has a certificate, and that certificate. */
export function certificateOver(telling: Telling, contestId: string, station: string): readonly [string, StatementId] {
	const { certificates, stage } = telling;
	const contest = contestOf(telling, contestId);
	const lowest = areaOf(stationIn(stage.election, station), contest.hierarchy);
	for (const area of chainAbove(stage.election, contest, lowest)) {
		const certificate = certificates.get(`${contestId}|${area}`);
		if (certificate !== undefined) return [area, certificate];
	}
	throw new Error(`the story speaks of an error in a certificate over station ${station}, and there is none yet`);
}
