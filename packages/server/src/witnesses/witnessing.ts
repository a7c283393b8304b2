/** How things stand with the witnesses, as plain data for pages, operators and metrics (D26, W14): what the quorum has seen, and of each witness what it cosigned last and what is known against it. */
import type { Witnessing, WitnessStanding } from '@matokeo/portal/record.ts';
import type { Collecting } from './collecting.ts';
import type { Standing } from './dialogue.ts';
import type { Roster } from './roster.ts';

/** A log that grows is always a moment ahead of its witnesses; longer than this is worth a word. */
const BEHIND_SECONDS_MAX = 60;

export function witnessingOf(
	{ policy, witnesses }: Roster,
	{ dialogue, witnessed, behindSince }: Pick<Collecting, 'dialogue' | 'witnessed' | 'behindSince'>,
	seconds: number,
): Witnessing {
	const seen = witnessed();
	const since = behindSince();
	const isMet = seen !== undefined && (since === undefined || seconds - since <= BEHIND_SECONDS_MAX);
	return {
		quorum:
			policy.quorum === 'none' ? { state: 'none' } : isMet ? { state: 'met' } : { state: 'away', since: since ?? 0 },
		size: seen?.size ?? 0,
		time: Math.max(0, ...[...(seen?.cosigned.values() ?? [])].map((one) => one.seconds)),
		by: witnesses.filter(({ name }) => seen?.cosigned.has(name) === true).map(({ name }) => name),
		witnesses: witnesses.map(({ name, runBy }) => {
			const { cosigned, time, standing } = dialogue(name);
			return { name, run_by: runBy, size: cosigned, time, ...standingOf(standing) };
		}),
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
