/**
 * The demo after installation: played to the end and verified, as `npm run demo` does it.
 */
import type { Line } from './measure.ts';
import { demoIn } from './parts.ts';

export async function benchDemo(dir: string): Promise<readonly Line[]> {
	const milliseconds = demoIn(dir, true);
	return [
		{
			name: 'demo after install',
			value: milliseconds / 1000,
			unit: 'seconds',
			goal: '< 90 s',
			how: 'one run of `matokeo demo --finish --no-serve`, from process start to end',
		},
	];
}
