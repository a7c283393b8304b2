/**
 * People who follow live: each on a connection of their own, asking every few seconds whether a contest has changed, with the tag of what they have. Bounded in time.
 */
import { setTimeout } from 'node:timers/promises';
import { connect } from '@matokeo/rehearsal/http/connection.ts';
import type { Chance } from '@matokeo/rehearsal/play/chance.ts';

export interface Following {
	readonly url: string;
	readonly addresses: readonly string[];
	readonly followers: number;
	readonly everyMs: number;
	readonly milliseconds: number;
	/** What they ask for, each one of these. */
	readonly paths: readonly string[];
	readonly chance: Chance;
}

export interface Followed {
	/** Milliseconds from question to whole answer. */
	readonly times: readonly number[];
	readonly unchanged: number;
	readonly changed: number;
	readonly bytes: number;
	/** Status, or what happened, of answers that are neither 200 nor 304 → how often. */
	readonly failed: readonly (readonly [string, number])[];
}

export async function followLive(following: Following): Promise<Followed> {
	const { url, addresses, followers, everyMs, milliseconds, paths, chance } = following;
	const times: number[] = [];
	const failed = new Map<string, number>();
	const counts = { unchanged: 0, changed: 0, bytes: 0 };
	const end = performance.now() + milliseconds;

	const ask = async (connection: ReturnType<typeof connect>, path: string, etag: string | undefined) => {
		const began = performance.now();
		try {
			const headers = { 'accept-encoding': 'gzip', ...(etag === undefined ? {} : { 'if-none-match': etag }) };
			const came = await connection.send({ method: 'GET', path, headers });
			if (came?.status !== 200 && came?.status !== 304) throw new Error(`status ${came?.status}`);
			times.push(performance.now() - began);
			if (came.status === 304) counts.unchanged++;
			else counts.changed++;
			counts.bytes += came.body.length;
			return came.headers.etag ?? etag;
		} catch (error) {
			const why = error instanceof Error ? error.message : String(error);
			failed.set(why, (failed.get(why) ?? 0) + 1);
			return etag;
		}
	};
	const follow = async (_: unknown, number: number): Promise<void> => {
		const address = addresses[number % Math.max(1, addresses.length)];
		const connection = connect(url, 1, address === undefined ? [] : [address]);
		const path = paths[number % paths.length] ?? '/';
		let etag: string | undefined;
		await setTimeout(chance.below(everyMs, 'first', String(number)));
		while (performance.now() < end) {
			etag = await ask(connection, path, etag);
			await setTimeout(everyMs);
		}
		connection.close();
	};
	await Promise.all(Array.from({ length: followers }, follow));
	return { times, ...counts, failed: [...failed] };
}
