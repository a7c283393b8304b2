/** How things stand with the witnesses, as plain data for pages, operators and metrics (D26, W11): what the quorum has seen, and of each witness what it cosigned last and what is known against it. */
import type { Witnessing, WitnessStanding } from '@matokeo/portal/record.ts';
import type { Collecting, Offer } from './collecting.ts';
import type { Standing } from './dialogue.ts';
import type { Roster } from './roster.ts';

/** A log that grows is always a moment ahead of its witnesses; longer than this is worth a word. */
export const BEHIND_SECONDS_MAX = 60;

export function witnessingOf(
	roster: Roster,
	{ dialogue, witnessed, behindSince }: Pick<Collecting, 'dialogue' | 'witnessed' | 'behindSince'>,
	seconds: number,
): Witnessing {
	const seen = witnessed();
	const since = behindSince();
	const isMet = seen !== undefined && (since === undefined || seconds - since <= BEHIND_SECONDS_MAX);
	return {
		...quorumOf(roster, seen, isMet, since ?? 0),
		witnesses: roster.witnesses.map(({ name, runBy }) => {
			const { cosigned, time, standing } = dialogue(name);
			return { name, run_by: runBy, size: cosigned, time, ...standingOf(standing) };
		}),
	};
}

/** `since`: for a quorum that is away, in UTC seconds. */
export function quorumOf(
	{ policy, witnesses }: Roster,
	seen: Offer | undefined,
	isMet: boolean,
	since: number,
): Omit<Witnessing, 'witnesses'> {
	const away = isMet ? ({ state: 'met' } as const) : ({ state: 'away', since } as const);
	return {
		quorum: policy.quorum === 'none' ? { state: 'none' } : away,
		size: seen?.size ?? 0,
		time: Math.max(0, ...[...(seen?.cosigned.values() ?? [])].map((one) => one.seconds)),
		by: witnesses.filter(({ name }) => seen?.cosigned.has(name) === true).map(({ name }) => name),
	};
}

function standingOf(standing: Standing): Pick<WitnessStanding, 'state' | 'since' | 'claims'> {
	switch (standing.state) {
		case 'well':
		case 'unasked':
			return { state: standing.state };
		case 'silent':
		case 'objects':
			return { state: standing.state, since: standing.since };
		case 'unbelievable':
			return { state: standing.state, since: standing.since, claims: standing.claims };
	}
}
