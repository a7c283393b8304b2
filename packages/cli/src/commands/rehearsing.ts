/** Names, options and help of the verbs that play an election: from any tables, and the demo. */

import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { type Lines, PERFECT_LINES, REALISTIC_LINES } from '@matokeo/rehearsal/http/lines.ts';
import { CLERKS_LEAST } from '@matokeo/rehearsal/play/rehearse.ts';
import { Option } from 'commander';
import { collected, number, serverUrl } from '../options.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { PORT, PORT_MAX } from './ports.ts';
import type { Verbs } from './verbs.ts';

/** More clerks than this enrol for longer than they read. */
const CLERKS_MAX = 10_000;

interface RehearseFlags {
	readonly reports: string;
	readonly forms?: string;
	readonly story?: string;
	readonly until?: number;
	readonly seed: string;
	readonly out?: string;
	readonly url?: URL;
	readonly lines: 'realistic' | 'perfect';
	readonly line?: readonly string[];
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
		.option(
			'--story <file>',
			"JSON: what happens after the forms are in; without it, with --out, the collations and the declaration of the package's law",
		)
		.option('--out <dir>', 'play in this process, into an empty or new folder')
		.option('--url <server>', 'play through a server that runs, and compare every answer with the log', serverUrl)
		.option('--until <forms>', 'stop after so many forms; nothing is certified or declared then', number(28975))
		.option('--seed <text>', 'what chance follows from', 'matokeo')
		.option('--clerks <number>', 'how many clerks read', number(60, CLERKS_LEAST, CLERKS_MAX), 60)
		.option(
			'--misreads <number>',
			'of a thousand forms, how many one of the first two clerks misreads',
			number(2, 0, 1000),
			0,
		)
		.option('--start <seconds>', 'UTC seconds at which it begins; now, unless you say', number(1571616000, 1))
		.addOption(
			new Option('--lines <kind>', 'with --url: the lines between stations and server')
				.choices(['realistic', 'perfect'])
				.default('realistic'),
		)
		.option('--line <what=number>', 'with --url: one property of the lines; repeatable', collected)
		.description('play a whole election from tables of station figures')
		.addHelpText('after', LINES_HELP)
		.action(async (dir: string, flags: RehearseFlags) => finish(await rehearse(dir, flags, output)));
}

async function rehearse(dir: string, flags: RehearseFlags, output: Output): Promise<number> {
	const { out, url, lines: kind, line, start, ...playing } = flags;
	if ((out === undefined) === (url === undefined)) {
		output.stderr('error: give one of --out DIR (plays in this process) and --url SERVER (plays through a server)\n');
		return COULD_NOT_RUN;
	}
	if (url !== undefined) {
		const lines = linesFrom(kind === 'perfect' ? PERFECT_LINES : REALISTIC_LINES, playing.seed, line ?? []);
		if (lines.ok)
			return (await import('../verbs/rehearse.ts')).runRehearseOver(dir, output, {
				...playing,
				url,
				lines: lines.value,
			});
		output.stderr(`error: ${lines.error}\n`);
		return COULD_NOT_RUN;
	}
	const begin = start ?? Math.floor(Date.now() / 1000);
	return (await import('../verbs/rehearse.ts')).runRehearse(dir, output, { ...playing, out: out ?? '', start: begin });
}

/** Property of the lines → its largest value, and what it is; shares are of a thousand. */
const LINE_WORDS: Readonly<Record<Exclude<keyof Lines, 'seed'>, readonly [most: number, what: string]>> = {
	lostAnswers: [1000, 'of a thousand requests, whose answer is lost'],
	resends: [1000, 'of a thousand statements, sent again although they were answered'],
	secondDevices: [1000, 'of a thousand captures, sent by a second device too'],
	wrongStations: [1000, 'of a thousand captures, naming a neighbouring station first'],
	wrongClocks: [1000, 'of a thousand devices, whose clock is a day off'],
	brokenUploads: [1000, 'of a thousand uploads, broken off and resumed'],
	offline: [1000, 'of a thousand stations, offline for hours'],
	offlineHoursMost: [72, 'the longest that a station is offline, hours of the night'],
	delayMsMost: [600_000, 'the longest that a request is on its way, milliseconds of the night'],
	compression: [100_000, 'seconds of the night that pass in one'],
};

const LINES_HELP = `
Lines (--line NAME=NUMBER, over what --lines says):
${Object.entries(LINE_WORDS)
	.map(([name, [, what]]) => `  ${name.padEnd(17)} ${what}`)
	.join('\n')}`;

function linesFrom(base: Lines, seed: string, given: readonly string[]): Result<Lines> {
	let lines: Lines = { ...base, seed };
	for (const one of given) {
		const [name = '', text = ''] = one.split('=');
		const known = Object.entries(LINE_WORDS).find(([word]) => word === name);
		const value = /^(0|[1-9][0-9]{0,9})$/.test(text) ? Number(text) : -1;
		if (known === undefined)
			return err(`--line ${one}: expected one of ${Object.keys(LINE_WORDS).join(', ')}, "=" and a number`);
		const [most] = known[1];
		const least = name === 'compression' ? 1 : 0;
		if (value < least || value > most) return err(`--line ${one}: expected a number from ${least} to ${most}`);
		lines = { ...lines, [name]: value };
	}
	return ok(lines);
}

/** At this pace the forms that were missing when publication was paused come in within five minutes. */
const SPEED = 20;
/** What two cores take in over the real routes, with pages being read meanwhile. */
const SPEED_MAX = 200;

interface DemoFlags {
	readonly until?: number;
	readonly finish?: true;
	readonly serve: boolean;
	readonly out?: string;
	readonly port: number;
	readonly speed: number;
	readonly alone?: true;
}

export function addDemo({ matokeo, output, finish }: Verbs): void {
	matokeo
		.command('demo')
		.option('--until <forms>', 'play to this form and no further; 28975 is where publication was paused', number(28975))
		.option('--finish', 'play to the end at once')
		.option('--no-serve', 'serve nothing: play (to the end, unless --until), verify, and end')
		.option('--speed <forms>', 'forms per second while it goes on live', number(SPEED, 1, SPEED_MAX), SPEED)
		.option('--port <number>', 'port to serve on, or the next that is free', number(PORT, 0, PORT_MAX), PORT)
		.option('--alone', 'no witnesses and no mirror beside the server')
		.option('--out <dir>', 'an empty or new folder to play into')
		.description(
			'play Bolivia 2019 from published figures to where publication was paused, and go on live to its declaration and annulment',
		)
		.action(async (flags: DemoFlags) => finish(await (await import('../verbs/demo.ts')).runDemo(output, flags)));
}

interface DrillFlags {
	readonly out?: string;
	readonly port: number;
	readonly look: number;
}

export function addDrill({ matokeo, output, finish }: Verbs): void {
	matokeo
		.command('drill')
		.option('--look <seconds>', 'time to look at the pages between the scenes', number(30, 0, 3600), 0)
		.option('--port <number>', 'first of eight ports, or the next that are free', number(PORT, 1, PORT_MAX), PORT)
		.option('--out <dir>', 'an empty or new folder for what everybody keeps')
		.description(
			'play an election night on which a witness dies, one lies, an old copy is put back and two logs are shown',
		)
		.action(async (flags: DrillFlags) => finish(await (await import('../verbs/drill.ts')).runDrill(output, flags)));
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
			finish(await (await import('../verbs/tamper.ts')).runTamper(dir, output, flags)),
		);
}
