/** Names, options and help of the verbs that play an election: from any tables, and the demo. */
import { CLERKS_LEAST } from '@matokeo/rehearsal/play/rehearse.ts';
import { number } from '../options.ts';
import { runDemo } from '../verbs/demo.ts';
import { runRehearse } from '../verbs/rehearse.ts';
import { runTamper } from '../verbs/tamper.ts';
import type { Verbs } from './verbs.ts';

/** More clerks than this enrol for longer than they read. */
const CLERKS_MAX = 10_000;

interface RehearseFlags {
	readonly reports: string;
	readonly forms?: string;
	readonly until?: number;
	readonly seed: string;
	readonly out: string;
	readonly clerks: number;
	readonly misreads: number;
	readonly start?: number;
}

export function addRehearse({ matokeo, output, finish }: Verbs): void {
	matokeo
		.command('rehearse')
		.argument('<package>', 'folder of an election package in mode "rehearsal"')
		.requiredOption('--reports <file>', "CSV: officers' figures, one row per form, in the order of arrival")
		.option('--forms <file>', 'CSV: what the forms say, where that differs')
		.option('--until <forms>', 'stop after so many forms', number(28975))
		.option('--seed <text>', 'what chance follows from', 'matokeo')
		.option('--clerks <number>', 'how many clerks read', number(60, CLERKS_LEAST, CLERKS_MAX), 60)
		.option(
			'--misreads <number>',
			'of a thousand forms, how many one of the first two clerks misreads',
			number(2, 0, 1000),
			0,
		)
		.option('--start <seconds>', 'UTC seconds at which it begins; now, unless you say', number(1571616000, 1))
		.requiredOption('--out <dir>', 'an empty or new folder')
		.description('play a whole election from tables of station figures')
		.action(async (dir: string, flags: RehearseFlags) => {
			const start = flags.start ?? Math.floor(Date.now() / 1000);
			finish(await runRehearse(dir, output, { ...flags, start }));
		});
}

export function addDemo({ matokeo, output, finish }: Verbs): void {
	matokeo
		.command('demo')
		.option('--until <forms>', 'stop after so many forms; 28975 is where publication was paused in 2019', number(28975))
		.option('--finish', 'play to the end')
		.option('--no-serve', 'do not serve pages afterwards')
		.option('--out <dir>', 'an empty or new folder to play into')
		.description('play Bolivia 2019 from published figures, and verify it')
		.action(async ({ until, out, finish: whole }: { until?: number; out?: string; finish?: true }) =>
			finish(
				await runDemo(output, {
					...(until === undefined || whole === true ? {} : { until }),
					...(out === undefined ? {} : { out }),
				}),
			),
		);
}

/** Not in the list of verbs: nobody needs it but to see what finds it. */
export function addTamper({ matokeo, output, finish }: Verbs): void {
	matokeo
		.command('tamper', { hidden: true })
		.argument('<dir>', "a rehearsal server's folder")
		.option('--station <id>', 'whose vote to move; else the first station that has verified figures')
		.option('--totals', 'move it in the totals of the areas above as well, as somebody careful would')
		.description('move one vote in the database of a rehearsal, past all checks, to see it found')
		.action(async (dir: string, flags: { station?: string; totals?: true }) =>
			finish(await runTamper(dir, output, flags)),
		);
}
