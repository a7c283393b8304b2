/**
 * `matokeo witness CONFIG`: a witness for the logs that its configuration names, until it is told to stop. Answers 0 after an orderly stop or when `--check` finds nothing, 1 when it finds something, 2
 * when it could not run. What it signs and refuses is the witness's own (`spec/witness.md`); here it is put together from a file, a key and the machine's clock.
 */
import { printVerifierKey } from '@matokeo/core/log/keys.ts';
import { grouped } from '@matokeo/core/result/describe.ts';
import type { Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { EXAMPLE } from '@matokeo/witness/witness/example.ts';
import { type OpenedWitness, openWitness } from '@matokeo/witness/witness/openWitness.ts';
import { Trouble } from '@matokeo/witness/witness/trouble.ts';
import { inWords } from '../given.ts';
import type { SecretSources } from '../keys/passphrase.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { portTrouble, portWords } from '../serve/freePort.ts';
import { type Stopping, stoppingBySignals } from '../serve/stopping.ts';
import {
	configuredWitness,
	isNewState,
	type Prepared,
	type RehearsalWitness,
	readConfiguration,
	rehearsalWitness,
} from '../witnessing/preparing.ts';

export interface WitnessRunning extends SecretSources {
	readonly stopping?: Stopping;
	readonly clock?: () => number;
}

export function runWitnessExample(out: Output): number {
	out.stdout(EXAMPLE);
	return 0;
}

export async function runWitnessCheck(file: string, out: Output): Promise<number> {
	const config = await readConfiguration(nativeSuite(), file);
	if (!config.ok) {
		out.stdout(`${config.error}\n`);
		return 1;
	}
	const { name, runBy, host, port, dir, watched } = config.value;
	const origins = [...new Set(watched.map(({ origin }) => origin))];
	out.stdout(
		`${file}: no problems.\n  ${name}, run by ${runBy}\n  listens on ${host}, port ${port}\n  remembers in ${dir}${isNewState(dir) ? ' (nothing there yet)' : ''}\n${origins.map((origin) => `  watches ${origin}\n`).join('')}`,
	);
	return 0;
}

export async function runWitness(file: string, out: Output, running: WitnessRunning): Promise<number> {
	const suite = nativeSuite();
	const config = await readConfiguration(suite, file);
	if (!config.ok) return fail(out, config.error);
	return runPrepared(suite, await configuredWitness(suite, config.value, running), out, running);
}

export async function runRehearsalWitness(
	options: RehearsalWitness,
	out: Output,
	running: WitnessRunning,
): Promise<number> {
	const suite = nativeSuite();
	return runPrepared(suite, await rehearsalWitness(suite, options), out, running);
}

async function runPrepared(
	suite: Suite,
	prepared: Result<Prepared>,
	out: Output,
	running: WitnessRunning,
): Promise<number> {
	if (!prepared.ok) return fail(out, prepared.error);
	const parts = prepared.value;
	const { host, port, dir } = parts;
	const inTheWay = await portTrouble(host, port);
	if (inTheWay !== undefined) return fail(out, portWords(host, port, inTheWay));
	const clock = running.clock ?? (() => Math.floor(Date.now() / 1000));
	const begins = isNewState(dir);
	let opened: OpenedWitness;
	try {
		opened = await openWitness({ ...parts, suite, clock, tell: out.stderr });
	} catch (error) {
		if (error instanceof Trouble) return fail(out, error.message);
		// Of the file system: what SQLite says is trouble already.
		if (error instanceof Error && 'syscall' in error)
			return fail(out, `The folder "${dir}" cannot be used: ${inWords(error)}.`);
		throw error;
	}
	const stopping = running.stopping ?? stoppingBySignals();
	out.stdout(greeting(parts, opened, clock()));
	if (begins)
		out.stderr(
			`Nothing was remembered in ${dir} yet. If this witness has run before, stop it now and bring back its state: a witness that has forgotten can be made to sign a second history.\n`,
		);
	await stopping.asked;
	out.stderr('\nStopping (once more: at once) …\n');
	await opened.close();
	stopping.release();
	out.stderr('Stopped. What was cosigned is remembered.\n');
	return 0;
}

function fail(out: Output, why: string): number {
	out.stderr(`${why}\n`);
	return COULD_NOT_RUN;
}

function greeting(
	{ signer, dir, runBy, logs, rehearsal }: Prepared,
	{ url, submission, state }: OpenedWitness,
	now: number,
): string {
	const origins = [...new Set(logs.map(({ origin }) => origin))];
	const loud = rehearsal
		? ['', 'REHEARSAL: this key is secret to nobody, and its cosignatures are worth nothing.']
		: [];
	const newest = state.newestSeconds();
	const behind =
		newest > now
			? [
					'',
					`The clock of this machine (${moment(now)}) is behind its last cosignature (${moment(newest)}): nothing is signed until it is right.`,
				]
			: [];
	return [
		`Witness ${signer.key.name}, run by ${runBy}`,
		...loud,
		...behind,
		'',
		`  page      ${url}/`,
		`  logs ask  ${submission}/add-checkpoint`,
		`  key       ${printVerifierKey(signer.key)}`,
		...origins.map((origin) => {
			const last = state.latest(origin);
			const seen = last === undefined ? 'nothing seen yet' : `${grouped(last.size)} entries at ${moment(last.seconds)}`;
			return `  watches   ${origin} (${seen})`;
		}),
		`  state     ${dir}`,
		'',
		'Stop it with Ctrl-C or SIGTERM. docs/runbook.md, "Running a witness", says what to do when it says SECURITY.',
		'',
	].join('\n');
}

function moment(seconds: number): string {
	return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
