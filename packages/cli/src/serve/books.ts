/**
 * What the books of a server say of its start (`spec/scrutiny.md`, Y4): the program as it lies here, and every setting in force, those that nobody named marked as such. Secrets and the places of key files are no settings.
 */
import { type JsonObject, printCanonical } from '@matokeo/core/std/canonical.ts';
import type { BookSettings } from '@matokeo/server/books/keeper.ts';
import { noteOperation, type Operation } from '@matokeo/server/books/operations.ts';
import { LIMITS } from '@matokeo/server/http/limits.ts';
import { readProgram } from '@matokeo/server/main/program.ts';
import { Trouble } from '@matokeo/server/ports/trouble.ts';
import type { Output } from '../output.ts';

export interface Configured {
	readonly host: string;
	readonly port: number;
	readonly trustProxy: readonly string[];
	readonly logLevel: string;
	readonly witnesses?: ReadonlyMap<string, string>;
	readonly sayWitnessedMs?: number;
	readonly publishPages?: boolean;
	readonly election: { readonly digest: string };
}

const USUAL_HOST = '127.0.0.1';
const USUAL_PORT = 8700;
const USUAL_LEVEL = 'warn';

export function bookSettings(configured: Configured): BookSettings {
	const { version, digest } = readProgram();
	return {
		start: { version, program: digest, node: process.version, package: configured.election.digest },
		configuration: configurationOf(configured),
	};
}

function configurationOf(configured: Configured): JsonObject {
	const { host, port, trustProxy, logLevel, sayWitnessedMs, publishPages } = configured;
	const setting = (value: JsonObject[string], usual: JsonObject[string]): JsonObject => {
		return { value, default: printCanonical([value]) === printCanonical([usual]) };
	};
	const witnesses = [...(configured.witnesses ?? [])].map(([name, url]) => ({ name, url }));
	const limits: Record<string, JsonObject> = {};
	for (const [name, value] of Object.entries(LIMITS)) limits[name] = setting(settled(value), settled(value));
	return {
		host: setting(host, USUAL_HOST),
		port: setting(port, USUAL_PORT),
		trusted_proxies: setting([...trustProxy], []),
		log_level: setting(logLevel, USUAL_LEVEL),
		publish_pages: setting(publishPages === true, false),
		witnesses: setting(witnesses, []),
		...(sayWitnessedMs === undefined ? {} : { say_witnessed_ms: setting(sayWitnessedMs, 30_000) }),
		limits,
	};
}

/** Canonical JSON has no fractions: a rate is told as so many in so many seconds. */
function settled(limit: number | { readonly perSecond: number; readonly burst: number }): number | JsonObject {
	if (typeof limit === 'number') return limit;
	const { perSecond, burst } = limit;
	return perSecond >= 1
		? { burst, count: perSecond, seconds: 1 }
		: { burst, count: 1, seconds: Math.round(1 / perSecond) };
}

/** A line of the operator's own command, by the clock of this machine; that it cannot be written is said, and keeps nobody from looking. */
export function noteCommand(
	dir: string,
	out: Output,
	operation: Omit<Operation, 'time'> & Pick<Operation, 'kind'>,
): void {
	try {
		noteOperation(dir, { ...operation, time: Math.floor(Date.now() / 1000) });
	} catch (error) {
		if (!(error instanceof Trouble)) throw error;
		out.stderr(`Not written into the book of operations: ${error.message}.\n`);
	}
}
