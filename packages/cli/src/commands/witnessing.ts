/** Names, options and help of `matokeo witness`. */
import { number } from '../options.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import type { WitnessRunning } from '../verbs/witness.ts';
import { clockFromFile } from '../witnessing/clockFile.ts';
import { sourcesOf } from './keys.ts';
import { PORT_MAX } from './ports.ts';
import type { Verbs } from './verbs.ts';

interface WitnessFlags {
	readonly check?: true;
	readonly example?: true;
	readonly passphraseFile?: string;
	readonly identity?: string;
	readonly package?: string;
	readonly rehearsalKey?: string;
	readonly state?: string;
	readonly rehearsalClock?: string;
	readonly host: string;
	readonly port: number;
}

const WITNESS_PORT = 8710;

export function addWitness({ matokeo, output, finish }: Verbs): void {
	matokeo
		.command('witness')
		.argument('[config]', 'the configuration: see --example')
		.option('--example', 'print a configuration to begin with')
		.option('--check', 'look at the configuration and what it names, and open nothing')
		.option(
			'--passphrase-file <file>',
			'file whose first line is the passphrase of the key; else it is asked for, unseen',
		)
		.option('--identity <file>', 'age identity, if the key file was encrypted to a recipient')
		.option(
			'--rehearsal-key <name>',
			'in a rehearsal, instead of a configuration: the witness of the package that this is',
		)
		.option('--package <dir>', 'with --rehearsal-key: the election package')
		.option('--state <dir>', 'with --rehearsal-key: the folder for what it remembers')
		.option(
			'--rehearsal-clock <file>',
			'with --rehearsal-key: a file with the time of a rehearsal that plays another day, instead of the machine’s clock',
		)
		.option('--host <address>', 'with --rehearsal-key: address to listen on', '127.0.0.1')
		.option(
			'--port <number>',
			'with --rehearsal-key: port; 0 takes any that is free',
			number(WITNESS_PORT, 0, PORT_MAX),
			WITNESS_PORT,
		)
		.description('watch logs of any election, cosign what continues what was seen, keep proof of what does not')
		.action(async (config: string | undefined, flags: WitnessFlags) => finish(await run(config, flags, output)));
}

async function run(config: string | undefined, flags: WitnessFlags, output: Output): Promise<number> {
	const { identity, passphraseFile, package: folder, rehearsalKey, state, host, port } = flags;
	const fail = (why: string): number => {
		output.stderr(`error: ${why}\n`);
		return COULD_NOT_RUN;
	};
	if (flags.example === true) return (await import('../verbs/witness.ts')).runWitnessExample(output);
	const running: WitnessRunning = sourcesOf({
		...(identity === undefined ? {} : { identityFile: identity }),
		...(passphraseFile === undefined ? {} : { passphraseFile }),
	});
	if (rehearsalKey !== undefined || folder !== undefined) {
		if (rehearsalKey === undefined || folder === undefined || state === undefined || config !== undefined)
			return fail('a rehearsal needs --rehearsal-key NAME, --package DIR and --state DIR, and no configuration.');
		const { rehearsalClock } = flags;
		const clock = rehearsalClock === undefined ? {} : { clock: clockFromFile(rehearsalClock) };
		return (await import('../verbs/witness.ts')).runRehearsalWitness(
			{ package: folder, rehearsalKey, state, host, port },
			output,
			{ ...running, ...clock },
		);
	}
	if (flags.rehearsalClock !== undefined) return fail('--rehearsal-clock is for a rehearsal: give --rehearsal-key.');
	if (config === undefined)
		return fail('name a configuration: `matokeo witness --example > witness.conf` writes one to begin with.');
	return flags.check === true
		? (await import('../verbs/witness.ts')).runWitnessCheck(config, output)
		: (await import('../verbs/witness.ts')).runWitness(config, output, running);
}
