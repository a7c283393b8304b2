/** What a server's pages say of its witnesses (`spec/api.md`), and a mirror of its images, as far as a drill looks at it. What does not have that shape is nothing. */

export interface SeenStanding {
	readonly quorum: string;
	/** Of the newest checkpoint that the quorum has seen. */
	readonly size: number;
	readonly witnesses: readonly SeenWitness[];
}

export interface SeenWitness {
	readonly name: string;
	readonly state: string;
	/** Of the last checkpoint that it cosigned. */
	readonly size: number;
	readonly claims?: number;
}

/** `undefined` while nobody answers. `url`: the server's, without a slash at its end. */
export async function witnessing(url: string): Promise<SeenStanding | undefined> {
	try {
		const response = await fetch(`${url}/api/v1/witnesses`, { signal: AbortSignal.timeout(5_000) });
		const said: unknown = await response.json();
		return standingIn(said);
	} catch {
		return undefined;
	}
}

/** Images that a mirror has still to fetch; `undefined` while it does not say. */
export async function imagesAwaited(url: string): Promise<number | undefined> {
	try {
		const response = await fetch(`${url}/mirror.json`, { signal: AbortSignal.timeout(5_000) });
		const said: unknown = await response.json();
		const awaited = memberOf(memberOf(said, 'images'), 'awaited');
		return typeof awaited === 'number' ? awaited : undefined;
	} catch {
		return undefined;
	}
}

function standingIn(said: unknown): SeenStanding | undefined {
	const quorum = textIn(memberOf(memberOf(said, 'quorum'), 'state'));
	const size = memberOf(said, 'size');
	const list = memberOf(said, 'witnesses');
	if (quorum === undefined || typeof size !== 'number' || !Array.isArray(list)) return undefined;
	return { quorum, size, witnesses: list.flatMap((one: unknown) => witnessIn(one) ?? []) };
}

function witnessIn(said: unknown): SeenWitness | undefined {
	const [name, state] = [textIn(memberOf(said, 'name')), textIn(memberOf(said, 'state'))];
	const [size, claims] = [memberOf(said, 'size'), memberOf(said, 'claims')];
	if (name === undefined || state === undefined || typeof size !== 'number') return undefined;
	return { name, state, size, ...(typeof claims === 'number' ? { claims } : {}) };
}

function textIn(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

function memberOf(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null
		? new Map<string, unknown>(Object.entries(value)).get(name)
		: undefined;
}
