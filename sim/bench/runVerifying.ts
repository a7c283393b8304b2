/**
 * Notes per second of `matokeo verify` on the demo, against the floor: leaf hash and sodium verification of the same notes on two workers.
 */
import { join } from 'node:path';
import { floorOf } from './floor.ts';
import { interleaved, type Line } from './measure.ts';
import { demoIn, partsOf, timed } from './parts.ts';

const RUNS = 5;

export async function benchVerifying(dir: string): Promise<readonly Line[]> {
	demoIn(dir, false);
	const folder = join(dir, 'public');
	const { suite, election, packageKeys } = await partsOf(join(folder, 'package'));
	const floor = await floorOf(suite, folder, packageKeys);
	const verify = async () => timed('verify', folder, '--anchor', election.digest, '--json');
	const times = await interleaved(RUNS, verify, floor.run);
	await floor.close();
	return [
		{
			name: 'verify ÷ floor, notes/s',
			value: times.floor / times.ours,
			unit: 'ratio',
			goal: '≥ 0.8',
			how: `${floor.notes} notes, ${floor.signatures} signatures; the whole command with process start, every image hashed; median of ${RUNS} interleaved runs`,
		},
	];
}
