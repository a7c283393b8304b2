/** Takes the log's figures for a comparison, in slices, so that nobody's page holds up a statement (W18): what is taken while the log grows is of some moment between two sizes, and the job says both. */
import type { Count } from '@matokeo/compare/count.ts';
import { lawOf } from '@matokeo/compare/effect/law.ts';
import type { Lodged } from '@matokeo/compare/lodged/lodged.ts';
import { areaCount, type LogParts, stationSteps } from '@matokeo/compare/log/logCount.ts';
import type { Contest } from '@matokeo/core/election/types.ts';
import type { RecordReader } from '../record.ts';
import type { ComparedStage } from '../views/countTypes.ts';
import type { ComparisonJob, PackedLaw } from './job.ts';

/** Waits its turn from time to time. */
type Slice = () => Promise<void>;

export async function takeJob(
	record: RecordReader,
	contest: Contest,
	lodged: Lodged,
	table: Uint8Array,
	slice: Slice,
): Promise<ComparisonJob> {
	const { context, baseline, rows, election } = record;
	const { size, time, checkpoint } = record.head();
	const parts: LogParts = {
		context,
		baseline,
		rows,
		checkpoint: context.suite.sha256Hex(checkpoint),
		title: election.log.origin,
	};
	const at = (stage: ComparedStage): Promise<Count> => logAt(parts, contest, lodged.level, stage, slice);
	const log = { verified: await at('verified'), reported: await at('reported') };
	const law = await packedLaw(parts, contest, log.verified, slice);
	return { table, lodged, contest, mode: election.mode, size, until: record.head().size, time, log, law };
}

async function logAt(
	parts: LogParts,
	contest: Contest,
	level: string | undefined,
	stage: ComparedStage,
	slice: Slice,
): Promise<Count> {
	if (level !== undefined) return areaCount(parts, contest, level, stage);
	const steps = stationSteps(parts, contest, stage);
	for (;;) {
		const { done, value } = steps.next();
		if (done === true) return value;
		await slice();
	}
}

async function packedLaw(parts: LogParts, contest: Contest, log: Count, slice: Slice): Promise<PackedLaw> {
	const { input, voided, hidden, areasOf } = lawOf(parts, contest);
	const keys = [...log.keys, ...(log.absent?.keys() ?? [])];
	const places = new Map<string, number>();
	const chains: (readonly string[])[] = [];
	const of = new Int32Array(keys.length);
	for (const [at, key] of keys.entries()) {
		const chain = areasOf(key);
		const name = chain.join(' ');
		const place = places.get(name) ?? chains.push(chain) - 1;
		places.set(name, place);
		of[at] = place;
		await slice();
	}
	return { input, voided, hidden, keys, chains, of };
}
