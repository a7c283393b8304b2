/**
 * Hands the bundles of the log to the workers and takes them back in order (V10): a few lie ahead of the replay, never more than a fixed number, so that memory is
 * bounded by the state of the election and not by the length of its log.
 */
import { TILE_WIDTH } from '@matokeo/core/log/limits.ts';
import { type HashReader, rootOf } from '@matokeo/core/log/merkle.ts';
import { printBundlePath, printTilePath } from '@matokeo/core/log/tilePath.ts';
import { tileHashes } from '@matokeo/core/log/tiles.ts';
import { bytesEqual, hexDecode, hexEncode } from '@matokeo/core/std/bytes.ts';
import type { BundleAnswer, KeysNews } from '../jobs/job.ts';
import type { FolderList } from '../node/folder.ts';
import type { Pool } from '../node/pool.ts';
import { BUNDLES_AHEAD_MAX, KEYS_PER_JOB } from './limits.ts';
import { replayBundle } from './replayBundle.ts';
import { noteDamage, type Run } from './run.ts';
import type { Differing } from './tiles.ts';

/** A bundle with the verdicts on the keys that it enrols. */
interface Ready {
	readonly answer: BundleAnswer;
	readonly points: readonly (readonly [string, boolean])[];
}

const DIFFERING_MAX = 1000;

/** The files of the tiles to be read. */
export type TileList = Pick<FolderList, 'bundles' | 'tiles'>;

/** From where the replay stands to `size`. `committed` is asked when a statement and its tile differ: for hashes that lead to the checkpoint. */
export async function readLog(
	run: Run,
	pool: Pool,
	list: TileList,
	size: number,
	progress: (done: number, all: number) => void,
	committed?: () => HashReader | undefined,
): Promise<readonly Differing[]> {
	const { id, digest } = run.context.election;
	const from = Math.floor(run.size / TILE_WIDTH);
	const skipped = run.size % TILE_WIDTH;
	const tiles = readableTiles(run, list, from, size);
	const differing: Differing[] = [];
	if (run.keys.length === 0) tellPackageKeys(run, pool);
	const ask = async (index: number): Promise<Ready> => {
		const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH);
		const [bundleWidths, tileWidths] = [list.bundles.get(index) ?? [], list.tiles.get(0)?.get(index) ?? []];
		const skip = index === from ? skipped : 0;
		const job = { kind: 'bundle', index, width, skip, bundleWidths, tileWidths, header: `${id} ${digest}` } as const;
		const answer = await pool.ask(job);
		if (answer.kind !== 'bundle') throw new Error('a bundle was asked for');
		tell(run, pool, answer.enrolled);
		return { answer, points: await pointsOf(pool, answer.enrolled.keys) };
	};
	const ahead: Promise<Ready>[] = [];
	let next = from;
	for (let index = from; index < tiles; index++) {
		while (next < tiles && next - index < BUNDLES_AHEAD_MAX) {
			const asked = ask(next++);
			// Failure is met where it is awaited below; until then it must not count as unhandled.
			asked.catch(() => undefined);
			ahead.push(asked);
		}
		const ready = await ahead.shift();
		if (ready === undefined) break;
		for (const [key, sound] of ready.points) run.points.set(key, sound);
		const { answer } = ready;
		sayFiles(run, answer);
		for (const at of answer.differing) if (differing.length < DIFFERING_MAX) differing.push({ tile: index, at });
		if (answer.hashes.length < Math.min(TILE_WIDTH, size - index * TILE_WIDTH) * 32) break;
		replayBundle(run, committed === undefined ? answer : asCommitted(run, answer, committed));
		run.points.clear();
		progress(Math.min(size, (index + 1) * TILE_WIDTH), size);
	}
	return differing;
}

/**
 * The bundle's hashes with those of the log in the place of statements that are not the log's: one altered statement would else make every later root another one, and with it everything that the log says of
 * what its witnesses saw.
 */
function asCommitted(run: Run, answer: BundleAnswer, committed: () => HashReader | undefined): BundleAnswer {
	if (answer.differing.length === 0 || run.standIns.size >= DIFFERING_MAX) return answer;
	const read = committed();
	const hashes = answer.hashes.slice();
	let changed = false;
	for (const at of answer.differing) {
		const index = answer.index * TILE_WIDTH + at;
		const said = read?.({ level: 0, index });
		if (said?.ok !== true || bytesEqual(said.value, hashes.subarray(at * 32, at * 32 + 32))) continue;
		hashes.set(said.value, at * 32);
		run.standIns.set(index, said.value);
		changed = true;
	}
	if (!changed) return answer;
	return { ...answer, hashes, root: Uint8Array.from(rootOf(run.context.suite, tileHashes(hashes))) };
}

function sayFiles({ findings }: Run, { files, compared }: BundleAnswer): void {
	findings.looked('tiles', compared);
	for (const file of files) findings.found({ check: 'tiles', ...file });
}

/** How many tiles of the log can be read in a row; the first that is altogether missing ends it. A false size so costs no work. */
function readableTiles(run: Run, list: TileList, from: number, size: number): number {
	const wanted = Math.ceil(size / TILE_WIDTH);
	let index = from;
	while (index < wanted && (list.bundles.has(index) || list.tiles.get(0)?.has(index) === true)) index++;
	if (index === wanted) return wanted;
	const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH);
	noteDamage(run, index * TILE_WIDTH);
	run.findings.looked('tiles');
	run.findings.found({
		check: 'tiles',
		file: printBundlePath({ index, width }),
		index: index * TILE_WIDTH,
		expected: `${wanted} bundles and tiles, for the ${size} statements of the checkpoint`,
		came: `neither this file nor ${printTilePath({ level: 0, index, width })}`,
		means: `Nothing from statement ${index * TILE_WIDTH} on can be verified. Get the folder again; it was not copied whole, or the rest is withheld.`,
	});
	return index;
}

function tellPackageKeys(run: Run, pool: Pool): void {
	const signers = [...run.context.packageKeys.values()];
	const keys = Uint8Array.from(signers.flatMap(({ key }) => [...(hexDecode(key) ?? [])]));
	const news = { names: signers.map(({ name }) => name), keyIds: signers.map(({ keyId }) => keyId), keys };
	tell(run, pool, { kind: 'keys', ...news });
}

function tell(run: Run, pool: Pool, news: KeysNews): void {
	if (news.names.length === 0) return;
	for (const [i, name] of news.names.entries()) {
		const hex = hexEncode(news.keys.subarray(32 * i, 32 * i + 32));
		run.keys.push({ name, keyId: news.keyIds[i] ?? '', hex });
	}
	pool.tell(news);
}

async function pointsOf(pool: Pool, keys: Uint8Array): Promise<Ready['points']> {
	const jobs: Promise<Ready['points']>[] = [];
	for (let i = 0; i < keys.length; i += 32 * KEYS_PER_JOB) {
		const some = keys.slice(i, i + 32 * KEYS_PER_JOB);
		jobs.push(pool.ask({ kind: 'points', keys: some }, 'soon').then((answer) => paired(some, answer)));
	}
	return (await Promise.all(jobs)).flat();
}

function paired(keys: Uint8Array, answer: Awaited<ReturnType<Pool['ask']>>): Ready['points'] {
	if (answer.kind !== 'points') throw new Error('verdicts on keys were asked for');
	return [...answer.verdicts].map((verdict, i) => [hexEncode(keys.subarray(32 * i, 32 * i + 32)), verdict === 1]);
}
