/**
 * From what a person named to a witness that can be opened: a configuration file with a key file, or, in a rehearsal, an election package and the name of a rehearsal key. It listens on nothing.
 */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { verifierKey } from '@matokeo/core/log/keys.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { parseConfig, printProblem, type WitnessConfig } from '@matokeo/witness/witness/config.ts';
import { LIMITS } from '@matokeo/witness/witness/limits.ts';
import { STATE_FILE, type WitnessParts } from '@matokeo/witness/witness/openWitness.ts';
import type { WatchedLog } from '@matokeo/witness/witness/watched.ts';
import { readGiven } from '../given.ts';
import { readKeyFile } from '../keys/keyFile.ts';
import { openKeyFile } from '../keys/opened.ts';
import type { SecretSources } from '../keys/passphrase.ts';
import { signingWith } from '../keys/signing.ts';
import { watchedElection } from './witnessed.ts';

export type Prepared = Omit<WitnessParts, 'suite' | 'clock' | 'tell'> & {
	readonly host: string;
	readonly rehearsal: boolean;
};

/** What a configuration file says, with what it names. */
export interface Configured extends WitnessConfig {
	/** Whole paths. */
	readonly keyFile: string;
	readonly dir: string;
	/** Of the `log` lines and of the packages. */
	readonly watched: readonly WatchedLog[];
}

export interface RehearsalWitness {
	readonly package: string;
	readonly rehearsalKey: string;
	readonly state: string;
	readonly host: string;
	readonly port: number;
}

/** The file and everything that it names but the secret in its key file: all problems, in lines. */
export async function readConfiguration(suite: Suite, file: string): Promise<Result<Configured>> {
	const bytes = readGiven(file, LIMITS.configBytesMax);
	if (!bytes.ok) return bytes;
	const config = parseConfig(suite, bytes.value);
	if (!config.ok)
		return err(
			config.error
				.map((problem) => printProblem(file, problem))
				.join('')
				.trimEnd(),
		);
	const at = (path: string): string => resolve(dirname(resolve(file)), path);
	const watched: WatchedLog[] = [...config.value.logs];
	for (const { dir, digest } of config.value.packages) {
		const opened = await watchedElection(suite, at(dir));
		if (!opened.ok) return opened;
		const { election, logs } = opened.value;
		if (election.digest !== digest)
			return err(
				`The package in "${at(dir)}" has the digest ${election.digest}, the configuration says ${digest}: one of the two is not the election that was printed. Nothing was opened.`,
			);
		const known = (log: WatchedLog): boolean =>
			watched.some(({ key }) => key.keyId === log.key.keyId && key.name === log.key.name);
		watched.push(...logs.filter((log) => !known(log)));
	}
	const keyFile = at(config.value.key);
	const sealed = readKeyFile(keyFile);
	return sealed.ok ? ok({ ...config.value, keyFile, dir: at(config.value.state), watched }) : sealed;
}

export async function configuredWitness(
	suite: Suite,
	config: Configured,
	sources: SecretSources,
): Promise<Result<Prepared>> {
	const { keyFile, name, dir, watched: logs, host, port, prefix, address, trustProxy, runBy, contact } = config;
	const key = await openKeyFile(suite, keyFile, sources, 'cosignatures');
	if (!key.ok) return key;
	if (key.value.name !== name)
		return err(
			`"${keyFile}" holds the key "${key.value.name}", the configuration says "${name}": name the right file.`,
		);
	const signer = { key: key.value, sign: signingWith(key.value).sign };
	const reached = address === undefined ? {} : { address };
	return ok({ dir, signer, logs, host, port, prefix, trustProxy, runBy, contact, rehearsal: false, ...reached });
}

export async function rehearsalWitness(suite: Suite, options: RehearsalWitness): Promise<Result<Prepared>> {
	const { package: folder, rehearsalKey: name, state: dir, host, port } = options;
	const opened = await watchedElection(suite, folder);
	if (!opened.ok) return opened;
	const { election, logs } = opened.value;
	if (election.mode !== 'rehearsal')
		return err(
			`The package is in mode "${election.mode}": rehearsal keys are secret to nobody and sign in rehearsals only. Use a configuration with a key file.`,
		);
	const { publicKey, sign } = rehearsalKey(suite, election.id, name);
	const key = verifierKey(suite, name, 4, publicKey);
	const named = trustOf(contextOf(suite, election)).witnessKeys;
	if (!named.some((one) => one.name === name && one.keyId === key.keyId))
		return err(
			`The package names no witness "${name}" with a rehearsal key; it names ${named.map((one) => one.name).join(', ')}.`,
		);
	const runBy = election.witnesses.runBy[name] ?? name;
	const contact = 'whoever rehearses';
	return ok({ dir, signer: { key, sign }, logs, host, port, runBy, contact, rehearsal: true });
}

/** Whether nothing was ever remembered there: right at the very first start, and at no other. */
export function isNewState(dir: string): boolean {
	return !existsSync(join(dir, STATE_FILE));
}
