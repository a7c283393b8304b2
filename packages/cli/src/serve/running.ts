/** A server that runs: opened from its folder, told to a person, closed in order. What keeps it from opening becomes words. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '@matokeo/core/std/result.ts';
import { err, ok } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { jsonLogger } from '@matokeo/server/http/logging.ts';
import { type OpenedServer, openServer } from '@matokeo/server/main/openServer.ts';
import { Trouble } from '@matokeo/server/ports/trouble.ts';
import type { Output } from '../output.ts';
import { bookSettings } from './books.ts';
import type { ElectionFolder, LogSigner } from './electionFolder.ts';
import { portTrouble, portWords } from './freePort.ts';

export type LogLevel = 'silent' | 'error' | 'warn' | 'info';

export interface RunningParts extends ElectionFolder {
	readonly suite: Suite;
	readonly dir: string;
	readonly signing: LogSigner;
	readonly host: string;
	readonly port: number;
	readonly clock: () => number;
	readonly trustProxy: readonly string[];
	readonly logLevel: LogLevel;
	/** Where witnesses are reached, by the policy's names. */
	readonly witnesses?: ReadonlyMap<string, string>;
	/** At least so long from one `log/witnessed` to the next. */
	readonly sayWitnessedMs?: number;
	/** Told in the books; the pages are kept by whoever opens this. */
	readonly publishPages?: boolean;
}

export async function openRunning(parts: RunningParts, out: Output): Promise<Result<OpenedServer>> {
	const { dir, host, port, signing, election } = parts;
	const inTheWay = await portTrouble(host, port);
	if (inTheWay !== undefined) return err(portWords(host, port, inTheWay));
	const lost = lostDatabase(dir);
	if (lost !== undefined) return err(lost);
	try {
		const server = await openServer({
			suite: parts.suite,
			dir,
			election,
			packageFiles: parts.packageFiles,
			signer: signing.signer,
			clock: parts.clock,
			host,
			port,
			trustProxy: parts.trustProxy,
			witnesses: parts.witnesses ?? new Map(),
			...(parts.sayWitnessedMs === undefined ? {} : { sayWitnessedMs: parts.sayWitnessedMs }),
			books: bookSettings(parts),
			logger: jsonLogger((line) => out.stderr(line), parts.logLevel),
		});
		return ok(server);
	} catch (error) {
		if (error instanceof Trouble) return err(`${error.message}.`.replace(/\.\.$/, '.'));
		throw error;
	}
}

/** A log that was published and has no database must not begin anew: it would sign a second history. */
function lostDatabase(dir: string): string | undefined {
	if (existsSync(join(dir, 'matokeo.sqlite')) || !existsSync(join(dir, 'public', 'checkpoint'))) return undefined;
	return `There is no database in "${dir}", but a log was published from it: \`matokeo rebuild ${dir}\` makes the database again from what is published. Nothing was opened.`;
}
