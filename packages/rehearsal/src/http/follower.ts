/**
 * What a server does by itself (announcing images, opening readings), read from the published log like any stranger does: one question for all that is waited for, seldom when nothing
 * grows.
 */
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import { Trouble } from '@matokeo/server/ports/trouble.ts';
import { seenByWitnesses } from './marking.ts';
import type { Wait } from './persist.ts';
import { type Leaf, type PublishedLog, publishedLog, type Reading } from './publishedLog.ts';

export interface Follower {
	/** Ends when the log says that it holds all of these. */
	readonly held: (digests: readonly string[]) => Promise<void>;
	/** Looks once; whether the log says that this reading is open. */
	readonly openNow: () => Promise<(reading: string) => boolean>;
	/** Ends when all of these readings are open: capture → id of the last opening statement. */
	readonly opened: (
		waited: readonly { readonly reading: string; readonly capture: string }[],
	) => Promise<ReadonlyMap<string, string>>;
	/** Readings of a capture that are open, in the order of the log. */
	readonly readingsOf: (capture: string) => readonly string[] | undefined;
	/** Looks once; the size of the published log. */
	readonly sizeNow: () => Promise<number>;
	/** Ends, within so many milliseconds, when the log says that a quorum of witnesses has seen the entry at this index; answers who of it has not, if it does not say so. */
	readonly witnessed: (index: number, ms?: number) => Promise<readonly string[]>;
}

const FOLLOWED = ['blob/held', 'reading/open', 'log/witnessed'];

export function follower(given: Omit<Reading, 'onLeaf'> & { readonly wait: Wait }): Follower {
	const held = new Set<string>();
	const seen = seenByWitnesses(given.suite, given.election);
	/** Reading → the statement that opened it. */
	const openings = new Map<string, string>();
	const readings = new Map<string, readonly string[]>();
	const onLeaf = ({ bytes }: Leaf): void => {
		const head = Buffer.from(bytes.buffer, bytes.byteOffset, 32).toString('latin1');
		if (!FOLLOWED.some((type) => head.startsWith(`matokeo/v1 ${type}\n`))) return;
		const leaf = parseLeaf(given.suite, bytes);
		if (!leaf.ok) return;
		const { statement, id } = leaf.value;
		if (statement.type === 'blob/held') for (const { sha256 } of statement.blobs) held.add(sha256);
		if (statement.type === 'log/witnessed') seen.said(statement);
		if (statement.type !== 'reading/open') return;
		for (const { reading } of statement.openings) openings.set(reading, id);
		const fresh = statement.openings.map(({ reading }) => reading);
		readings.set(statement.capture, [...(readings.get(statement.capture) ?? []), ...fresh]);
	};
	const log = publishedLog({ ...given, onLeaf });
	const look = async (): Promise<void> => {
		const grown = await log.advance();
		if (!grown.ok) throw new Trouble(`what the server publishes is not sound: ${grown.error}`);
	};
	return {
		held: (digests) => {
			const missing = () => digests.filter((digest) => !held.has(digest));
			return followUntil(log, missing, 'that it holds the images', given.wait);
		},
		openNow: async () => {
			await look();
			return (reading) => openings.has(reading);
		},
		opened: async (waited) => {
			const missing = () => waited.map(({ reading }) => reading).filter((reading) => !openings.has(reading));
			await followUntil(log, missing, 'what the readings are', given.wait);
			return new Map(waited.map(({ reading, capture }) => [capture, openings.get(reading) ?? '']));
		},
		readingsOf: (capture) => readings.get(capture),
		sizeNow: async () => {
			await look();
			return log.size();
		},
		witnessed: async (index, ms) => {
			const missing = () => {
				const { met, missing: silent } = seen.covers(index);
				return met ? [] : silent;
			};
			if (ms === undefined) await followUntil(log, missing, 'that its witnesses have seen it', given.wait);
			else await look();
			for (let waited = 0; ms !== undefined && missing().length > 0 && waited < ms; waited += POLL_MS_MOST) {
				await given.wait(POLL_MS_MOST);
				await look();
			}
			return missing();
		},
	};
}

/** Milliseconds between questions: soon at first, seldom later. */
const POLL_MS_LEAST = 40;
const POLL_MS_MOST = 1_000;
/** Nobody waits longer than this for what the log must say. */
const POLL_MS_IN_ALL = 120_000;

/** `missing`: what is still waited for. */
async function followUntil(
	log: PublishedLog,
	missing: () => readonly string[],
	what: string,
	wait: Wait,
): Promise<void> {
	let pause = POLL_MS_LEAST;
	for (let waited = 0, left = missing(); left.length > 0; waited += pause) {
		const grown = await log.advance();
		if (!grown.ok) throw new Trouble(`what the server publishes is not sound: ${grown.error}`);
		left = missing();
		if (left.length === 0) return;
		if (waited > POLL_MS_IN_ALL)
			throw new Trouble(
				`at size ${log.size()} the log has not said ${what} within ${POLL_MS_IN_ALL / 1000} s: ${left.length} are missing, one is ${left[0]}; see the server's own log`,
			);
		pause = grown.value > 0 ? POLL_MS_LEAST : Math.min(POLL_MS_MOST, pause * 1.5);
		await wait(pause);
	}
}
