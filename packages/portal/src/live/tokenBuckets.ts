/**
 * Rate limits as purses (`spec/api.md`, A16): each name has one, it fills by so much a second up to a burst, and what a request costs is taken out of it. A purse that is not full enough says
 * how long to wait, and that is true. Bounded: the name that was not heard of longest is forgotten first.
 */

export interface Rate {
	/** What comes back per second. */
	readonly perSecond: number;
	/** What may be spent at once after a rest. */
	readonly burst: number;
}

export interface TokenBuckets {
	/** Takes the cost; or takes nothing and says after how many whole seconds it could. */
	readonly take: (name: string, cost: number) => number | undefined;
	/** As `take`, without taking. */
	readonly ask: (name: string, cost: number) => number | undefined;
	/** Takes it even if that leaves a debt, of a burst at most. */
	readonly charge: (name: string, cost: number) => void;
}

interface Purse {
	tokens: number;
	/** Milliseconds. */
	at: number;
}

export function tokenBuckets({ perSecond, burst }: Rate, namesMax: number, nowMs: () => number): TokenBuckets {
	const purses = new Map<string, Purse>();

	const filled = (name: string): Purse => {
		const now = nowMs();
		const known = purses.get(name);
		const purse = known ?? { tokens: burst, at: now };
		purse.tokens = Math.min(burst, purse.tokens + ((now - purse.at) / 1_000) * perSecond);
		purse.at = now;
		if (known !== undefined) purses.delete(name);
		purses.set(name, purse);
		if (purses.size > namesMax) for (const oldest of purses.keys()) if (purses.delete(oldest)) break;
		return purse;
	};
	/** What costs more than a burst is asked for when the purse is full: it is never impossible. */
	const wait = ({ tokens }: Purse, cost: number): number | undefined => {
		const missing = Math.min(cost, burst) - tokens;
		return missing <= 0 ? undefined : Math.max(1, Math.ceil(missing / perSecond));
	};
	const spend = (purse: Purse, cost: number): void => {
		purse.tokens = Math.max(-burst, purse.tokens - cost);
	};

	return {
		ask: (name, cost) => wait(filled(name), cost),
		take: (name, cost) => {
			const purse = filled(name);
			const seconds = wait(purse, cost);
			if (seconds === undefined) spend(purse, cost);
			return seconds;
		},
		charge: (name, cost) => spend(filled(name), cost),
	};
}
