/**
 * A witness put together and listening: state in a folder, desk, HTTP. Everything that belongs to one running comes in: which key, which logs, what time it is. It reads no environment, no arguments and no
 * configuration file.
 */
import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { type Rate, tokenBuckets } from '@matokeo/portal/live/tokenBuckets.ts';
import { witnessApp } from './app.ts';
import { type CrashPoint, type DeskParts, type WitnessSigner, witnessDesk } from './desk.ts';
import { evidenceFolder } from './evidenceFolder.ts';
import { LIMITS, type Limits } from './limits.ts';
import { openSqliteState } from './sqliteState.ts';
import type { Incident, WitnessState } from './state.ts';
import { Trouble } from './trouble.ts';
import { excerptsByOrigin, keysByOrigin, type WatchedLog } from './watched.ts';

export interface WitnessParts {
	/** The folder of its state; made if it is not there. */
	readonly dir: string;
	readonly suite: Suite;
	readonly signer: WitnessSigner;
	readonly logs: readonly WatchedLog[];
	/** UTC seconds. */
	readonly clock: () => number;
	readonly runBy: string;
	readonly contact: string;
	/** Whether the key is secret to nobody: its page says so first. */
	readonly rehearsal?: boolean;
	readonly host?: string;
	/** 0: any that is free. */
	readonly port: number;
	/** Empty, or a path that begins with a slash and does not end in one. */
	readonly prefix?: string;
	/** Where the world reaches it, without a slash at its end; else where it listens. */
	readonly address?: string;
	readonly trustProxy?: readonly string[];
	/** Lines for the operator, each ended. */
	readonly tell?: (text: string) => void;
	readonly limits?: Partial<Limits>;
	/** For rates; milliseconds of any steady clock. */
	readonly steadyMs?: () => number;
	readonly faults?: (point: CrashPoint) => void;
}

export interface OpenedWitness {
	/** Without a slash at its end. */
	readonly url: string;
	/** What logs are told: `/add-checkpoint` is appended. */
	readonly submission: string;
	readonly state: WitnessState;
	/** Stops listening, lets requests finish, closes the state. */
	readonly close: () => Promise<void>;
}

export const STATE_FILE = 'witness.sqlite';

export async function openWitness(parts: WitnessParts): Promise<OpenedWitness> {
	const { dir, suite, signer, logs, clock, runBy, contact, prefix = '', trustProxy = [] } = parts;
	const tell = parts.tell ?? (() => undefined);
	const limits: Limits = { ...LIMITS, ...parts.limits };
	checkKeys(signer, logs);
	mkdirSync(dir, { recursive: true, mode: 0o700 });
	const state = openSqliteState(join(dir, STATE_FILE));
	const files = evidenceFolder(dir);
	// Whoever was killed between keeping a proof and telling of it tells it now; nobody minds to hear it twice.
	for (const incident of state.incidents().toReversed())
		if (incident.kind === 'proven') tell(telling(incident, files.write));
	const nowMs = parts.steadyMs ?? (() => performance.now());
	const reporter = (incident: Incident): void => tell(telling(incident, files.write));
	const watched = { logs: keysByOrigin(logs), excerpts: excerptsByOrigin(logs) };
	const faults = parts.faults === undefined ? {} : { faults: parts.faults };
	const desk = witnessDesk({
		suite,
		...watched,
		state,
		signer,
		clock,
		reporter,
		spend: spending(limits, nowMs),
		...faults,
	});
	let submission = '';
	const app = await witnessApp({
		suite,
		desk,
		state,
		logs,
		key: signer.key,
		runBy,
		contact,
		rehearsal: parts.rehearsal === true,
		submission: () => submission,
		prefix,
		clock,
		limits,
		trustProxy,
		purse: tokenBuckets(limits.addressRequests, limits.limitedMax, nowMs),
		failed: (error) =>
			tell(`A request failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`),
	});
	try {
		await app.listen({ host: parts.host ?? '127.0.0.1', port: parts.port, listenTextResolver: () => 'listening' });
	} catch (error) {
		state.close();
		throw error;
	}
	const url = urlOf(app.server.address());
	submission = `${parts.address ?? url}${prefix}`;
	const close = async (): Promise<void> => {
		const late = setTimeout(() => app.server.closeAllConnections(), limits.closeGraceMs);
		await app.close();
		clearTimeout(late);
		state.close();
	};
	return { url, submission, state, close };
}

/** L18: a witness's key serves nothing else. */
function checkKeys({ key }: WitnessSigner, logs: readonly WatchedLog[]): void {
	assert(key.algorithm === 4, "a witness's key has algorithm 4");
	const same = logs.find((log) => bytesEqual(log.key.publicKey, key.publicKey));
	if (same !== undefined)
		throw new Trouble(
			`The key of this witness is also the key of the log "${same.key.name}": one of the two could be made to sign for the other. Make a new key with \`matokeo key new\`.`,
		);
}

function spending(limits: Limits, nowMs: () => number): NonNullable<DeskParts['spend']> {
	const purses = { cosignature: limits.originCosignatures, unexplained: limits.originUnexplained } satisfies Record<
		string,
		Rate
	>;
	const cosignature = tokenBuckets(purses.cosignature, limits.limitedMax, nowMs);
	const unexplained = tokenBuckets(purses.unexplained, limits.limitedMax, nowMs);
	return (origin, what) => (what === 'cosignature' ? cosignature : unexplained).take(origin, 1);
}

/** For the operator's eyes, and for whatever watches for the word. */
function telling(incident: Incident, write: (incident: Incident) => string): string {
	const { kind, origin, what, seconds } = incident;
	const when = new Date(seconds * 1_000).toISOString();
	if (kind === 'unexplained') return `Not cosigned: ${JSON.stringify(origin)} at ${when}: ${what}\n`;
	const said = `SECURITY: ${JSON.stringify(origin)} at ${when}: ${what}\n`;
	try {
		return `${said}  The proof: ${write(incident)}\n  Anybody confirms it with: matokeo verify --evidence FILE\n`;
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		return `${said}  The proof is on the page of this witness; its file could not be written (${why}).\n`;
	}
}

function urlOf(address: AddressInfo | string | null): string {
	assert(address !== null && typeof address === 'object', 'a listening witness has an address');
	const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
	return `http://${host}:${address.port}`;
}
