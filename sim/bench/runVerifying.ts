/**
 * Notes per second of `matokeo verify` on the demo, against the floor: leaf hash and sodium verification of the same notes on two workers. By the clock, as a person waits;
 * and by processor time, which work beside it on the machine hardly moves.
 */
import { join } from 'node:path';
import { floorOf } from './floor.ts';
import { interleaved, type Line, median } from './measure.ts';
import { demoIn, partsOf, spentBy } from './parts.ts';

const RUNS = 5;

export async function benchVerifying(dir: string): Promise<readonly Line[]> {
	demoIn(dir, false);
	const folder = join(dir, 'public');
	const { suite, election, packageKeys } = await partsOf(join(folder, 'package'));
	const floor = await floorOf(suite, folder, packageKeys);
	const processor = { ours: [] as number[], floor: [] as number[] };
	const ours = async (): Promise<number> => {
		const spent = spentBy('verify', folder, '--anchor', election.digest, '--json');
		processor.ours.push(spent.processor);
		return spent.wall;
	};
	const least = async (): Promise<number> => {
		const before = process.cpuUsage();
		const milliseconds = await floor.run();
		const { user, system } = process.cpuUsage(before);
		processor.floor.push((user + system) / 1000);
		return milliseconds;
	};
	const times = await interleaved(RUNS, ours, least);
	await floor.close();
	const [spent, needed] = [median(processor.ours), median(processor.floor)];
	const how = `${floor.notes} notes, ${floor.signatures} signatures; the whole command with process start, every image hashed; median of ${RUNS} interleaved runs`;
	const line = { unit: 'ratio', goal: '≥ 0.8' } as const;
	return [
		{ ...line, name: 'verify ÷ floor, notes/s', value: times.floor / times.ours, how },
		{ ...line, name: 'verify ÷ floor, notes per second of processor time', value: needed / spent, how },
		{ name: 'verify, processor time', value: spent / 1000, unit: 'seconds', how },
		{ name: 'floor, processor time', value: needed / 1000, unit: 'seconds', how },
	];
}
