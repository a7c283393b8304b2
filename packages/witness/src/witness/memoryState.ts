/** The memory twin of a witness's state: for simulated worlds and tests. It forgets everything with its process, so no real witness may use it. */
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { LIMITS } from './limits.ts';
import type { Cosigned, Incident, Kept, WitnessState } from './state.ts';

export function memoryState(): WitnessState {
	const cosigned = new Map<string, Cosigned>();
	/** In the order in which they came. */
	const incidents = new Map<string, Incident>();

	const ofKind = ({ origin, kind }: Incident): readonly Incident[] =>
		[...incidents.values()].filter((one) => one.origin === origin && one.kind === kind);
	const forgetUnexplained = ({ origin, size, root }: Pick<Incident, 'origin' | 'size' | 'root'>): void => {
		for (const one of incidents.values())
			if (one.kind === 'unexplained' && one.origin === origin && one.size === size && bytesEqual(one.root, root))
				incidents.delete(one.id);
	};

	return {
		latest: (origin) => cosigned.get(origin),
		all: () => [...cosigned.values()].sort((a, b) => (a.origin < b.origin ? -1 : 1)),
		newestSeconds: () => Math.max(0, ...[...cosigned.values()].map(({ seconds }) => seconds)),
		advance: (next, before) => {
			const now = cosigned.get(next.origin);
			if (now?.count !== before?.count) return false;
			cosigned.set(next.origin, next);
			forgetUnexplained(next);
			return true;
		},
		keepIncident: (incident): Kept => {
			if (incidents.has(incident.id)) return 'known';
			const before = ofKind(incident);
			if (incident.kind === 'proven') {
				if (before.length >= LIMITS.provenMax) return 'full';
				forgetUnexplained(incident);
			} else if (before.length >= LIMITS.unexplainedMax) incidents.delete(before[0]?.id ?? '');
			incidents.set(incident.id, incident);
			return 'kept';
		},
		incident: (id) => incidents.get(id),
		incidents: () => [...incidents.values()].reverse(),
		close: () => undefined,
	};
}
