/**
 * `matokeo serve DIR`: a server of one election, until it is told to stop. Answers 0 after an orderly stop, 2 when it could not run. What it serves and signs is the server's own; here it is
 * put together from a folder, a key and the machine's clock.
 */

import { join } from 'node:path';
import { grouped, plural } from '@matokeo/core/result/describe.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import type { OpenedServer } from '@matokeo/server/main/openServer.ts';
import { pagePublisher } from '@matokeo/server/publish/pages.ts';
import type { AtStart } from '@matokeo/server/witnesses/start.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import type { SecretSources } from '../keys/passphrase.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { inEnglish, shown } from '../say/plain.ts';
import { type ElectionFolder, type LogSigner, logSigner, openElectionFolder } from '../serve/electionFolder.ts';
import { type FollowingPages, pagesOnGrowth } from '../serve/pagesOnGrowth.ts';
import { type LogLevel, openRunning } from '../serve/running.ts';
import { type Stopping, stoppingBySignals } from '../serve/stopping.ts';

export interface ServeOptions extends SecretSources {
	readonly host: string;
	readonly port: number;
	/** The log's key file. */
	readonly key?: string;
	readonly trustProxy: readonly string[];
	readonly logLevel: LogLevel;
	/** Keep the pages as static files in `public/` too. */
	readonly publishPages?: boolean;
	/** Where witnesses of the package are reached, by the policy's names. */
	readonly witnesses?: ReadonlyMap<string, string>;
	readonly stopping?: Stopping;
	readonly clock?: () => number;
}

export async function runServe(dir: string, out: Output, options: ServeOptions): Promise<number> {
	const suite = nativeSuite();
	const folder = await openElectionFolder(suite, dir, out);
	if (folder === undefined) return COULD_NOT_RUN;
	const signing = await logSigner(suite, folder.election, options.key, options);
	if (!signing.ok) {
		out.stderr(`${signing.error}\n`);
		return COULD_NOT_RUN;
	}
	const clock = options.clock ?? (() => Math.floor(Date.now() / 1000));
	const { host, port, trustProxy, logLevel } = options;
	const witnesses = options.witnesses ?? new Map<string, string>();
	const listening = { host, port, trustProxy, logLevel, witnesses, publishPages: options.publishPages === true };
	const parts = { ...folder, suite, dir, signing: signing.value, clock, ...listening };
	const opened = await openRunning(parts, out);
	if (!opened.ok) {
		out.stderr(`${opened.error}\n`);
		return COULD_NOT_RUN;
	}
	const stopping = options.stopping ?? stoppingBySignals();
	const pages = options.publishPages === true ? followPages(dir, opened.value, out) : undefined;
	out.stdout(greeting(dir, folder, signing.value, opened.value, clock()));
	await stopping.asked;
	out.stderr('\nStopping: what was begun is finished (once more: at once) …\n');
	await pages?.finish();
	await opened.value.close();
	stopping.release();
	out.stderr('Stopped. Nothing acknowledged is lost.\n');
	return 0;
}

function followPages(dir: string, { service, record, onWitnessing }: OpenedServer, out: Output): FollowingPages {
	const publisher = pagePublisher({ record, dir: join(dir, 'public'), live: true });
	const pages = pagesOnGrowth(publisher, (error) =>
		out.stderr(`The static pages could not be written: ${error instanceof Error ? error.message : String(error)}\n`),
	);
	service.onGrowth(pages.grown);
	onWitnessing(pages.grown);
	pages.grown();
	return pages;
}

function greeting(
	dir: string,
	{ election }: ElectionFolder,
	{ signer, rehearsal }: LogSigner,
	{ url, service, witnessesAtStart }: OpenedServer,
	now: number,
): string {
	const size = service.log.size();
	const time = logRow(service.log.rows()).time;
	const loud = rehearsal
		? ['', `REHEARSAL: the log signs with "${signer.name}", a key that is secret to nobody. Its results are nobody's.`]
		: [];
	const behind =
		time > now
			? [
					'',
					`The clock of this machine (${moment(now)}) is behind the log's last tick (${moment(time)}): nothing is logged until it is right.`,
				]
			: [];
	return [
		`Matokeo: ${shown(inEnglish(election.title))}`,
		...loud,
		...behind,
		...witnessLines(witnessesAtStart, election),
		'',
		`  pages     ${url}/`,
		`  log       ${url}/checkpoint   ${size === 0 ? 'empty: the first statement opens it (matokeo say election/open …)' : `${plural(size, 'statement', 'statements')}`}`,
		`  API       ${url}/openapi.json`,
		`  anchor    ${election.digest}`,
		`  folder    ${dir} (${grouped(election.stations.size)} stations, ${plural(election.contests.size, 'contest', 'contests')})`,
		'',
		'Stop it with Ctrl-C or SIGTERM. docs/runbook.md says what to do when something fails.',
		'',
	].join('\n');
}

/** D28: loud when nobody could have told of an old copy. */
function witnessLines(
	{ enough, answered, silent, at }: AtStart,
	election: ElectionFolder['election'],
): readonly string[] {
	if (Object.keys(election.witnesses.runBy).length === 0) return [];
	const lines = [...silent].map(([name, why]) => `  witness   ${name}: ${why}`);
	const seen = answered.map(
		(name) => `${name} (${at.has(name) ? `saw ${grouped(at.get(name) ?? 0)}` : 'nothing yet'})`,
	);
	if (seen.length > 0) lines.unshift(`  witnesses ${seen.join(', ')}`);
	if (enough) return ['', ...lines];
	const none = answered.length + silent.size === 0;
	return [
		'',
		...lines,
		...(lines.length > 0 ? [''] : []),
		none
			? 'NO WITNESS IS ASKED: the package gives no address of one, and no --witness NAME=URL does. Nobody outside sees that this log only grows.'
			: 'TOO FEW WITNESSES ANSWERED: if this machine was put back to an earlier day, nobody has said so. If it was, stop now; otherwise go on.',
	];
}

function moment(seconds: number): string {
	return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
