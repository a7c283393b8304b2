/**
 * What can be said of witnesses from a folder alone: who cosigned the two checkpoints that lie in it. For pages that are made while no server asks anybody; how it stands with a witness nobody knows there.
 */
import type { Witnessing } from '@matokeo/portal/record.ts';
import type { Published } from '../publish/published.ts';
import { hasQuorum, type Offer } from './collecting.ts';
import { type OfferParts, offerOf } from './offer.ts';
import { BEHIND_SECONDS_MAX, quorumOf } from './witnessing.ts';

/** `seconds`: the log's own time at the latest checkpoint. */
export function witnessingInFolder(
	parts: OfferParts,
	latest: Published | undefined,
	witnessed: Published | undefined,
	seconds: number,
): Witnessing {
	const { policy, witnesses } = parts.roster;
	const offers = [latest, witnessed].flatMap((one): readonly Offer[] =>
		one === undefined ? [] : [offerOf(parts, one)],
	);
	const seen = offers.find((one) => hasQuorum(policy, one));
	const time = Math.max(0, ...[...(seen?.cosigned.values() ?? [])].map((one) => one.seconds));
	const isMet = seen !== undefined && (seen.size === latest?.size || seconds - time <= BEHIND_SECONDS_MAX);
	return {
		...quorumOf(parts.roster, seen, isMet, time),
		witnesses: witnesses.map(({ name, runBy }) => {
			const own = offers.find(({ cosigned }) => cosigned.has(name));
			const cosigned = { size: own?.size ?? 0, time: own?.cosigned.get(name)?.seconds ?? 0 };
			return { name, run_by: runBy, ...cosigned, state: 'unknown' };
		}),
	};
}
