/**
 * `matokeo mirror URL DIR`: follows a log until it is told to stop, or once. Answers 0 after an orderly stop or when it has caught up, 1 when the log contradicts itself (--once, or at the stop), 2 when it could not run. What a
 * mirror does is in `packages/witness/src/mirror`; here it gets its key, the machine's clock and its words.
 */
import { hostname } from 'node:os';
import { verifierKey } from '@matokeo/core/log/keys.ts';
import { grouped } from '@matokeo/core/result/describe.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { evidenceId } from '@matokeo/witness/mirror/evidenceBook.ts';
import type { ImagePolicy } from '@matokeo/witness/mirror/images.ts';
import { openMirror } from '@matokeo/witness/mirror/mirror.ts';
import type { MirrorKey, MirrorOptions } from '@matokeo/witness/mirror/options.ts';
import { mirrorOnce, type RunningMirror, runMirror } from '@matokeo/witness/mirror/running.ts';
import { Trouble } from '@matokeo/witness/witness/trouble.ts';
import { inWords, makeFolder } from '../given.ts';
import { openKeyFile } from '../keys/opened.ts';
import type { SecretSources } from '../keys/passphrase.ts';
import { signingWith } from '../keys/signing.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { progressOn } from '../progress.ts';
import { portTrouble, portWords } from '../serve/freePort.ts';
import { type Stopping, stoppingBySignals } from '../serve/stopping.ts';

export interface MirrorFlags extends SecretSources {
	readonly anchor?: string;
	readonly name?: string;
	/** All, unless something else is said. */
	readonly images?: ImagePolicy;
	/** Gigabytes. */
	readonly imagesMax: number;
	readonly also?: readonly URL[];
	readonly once?: true;
	readonly serve: boolean;
	readonly port: number;
	readonly host: string;
	readonly trustProxy?: readonly string[];
	readonly key?: string;
	readonly rehearsalKey?: string;
	/** Seconds. */
	readonly poll: number;
	readonly stale: number;
	readonly despite?: readonly string[];
	readonly stopping?: Stopping;
	readonly clock?: () => number;
}

const GIGABYTE = 1_000_000_000;

export async function runMirrorVerb(url: URL, dir: string, out: Output, flags: MirrorFlags): Promise<number> {
	try {
		return await mirrored(url, dir, out, flags);
	} catch (error) {
		const system = error instanceof Error && 'code' in error;
		if (!(error instanceof Trouble) && !system) throw error;
		out.stderr(`The mirror has stopped: ${error instanceof Trouble ? error.message : inWords(error)}.\n`);
		return COULD_NOT_RUN;
	}
}

async function mirrored(url: URL, dir: string, out: Output, flags: MirrorFlags): Promise<number> {
	const fail = (why: string): number => {
		out.stderr(`${why}\n`);
		return COULD_NOT_RUN;
	};
	const serves = flags.serve && flags.once !== true;
	const inTheWay = serves ? await portTrouble(flags.host, flags.port) : undefined;
	if (inTheWay !== undefined) return fail(portWords(flags.host, flags.port, inTheWay));
	const made = makeFolder(dir);
	if (!made.ok) return fail(made.error);
	const key = await keyFrom(flags);
	if (!key.ok) return fail(key.error);
	const despite = despiteFrom(flags.despite ?? []);
	if (!despite.ok) return fail(despite.error);
	// In a service's journal the first line should be the first that matters.
	const progress = process.stderr.isTTY ? progressOn(out, 'statements', true) : undefined;
	const options: MirrorOptions = {
		source: url,
		dir,
		by: flags.name ?? hostname(),
		images: flags.images ?? { kind: 'all' },
		imagesBytesMax: flags.imagesMax * GIGABYTE,
		also: flags.also ?? [],
		despite: despite.value,
		clock: flags.clock ?? (() => Math.floor(Date.now() / 1000)),
		limits: { pollMs: flags.poll * 1000, staleSeconds: flags.stale },
		tell: (line) => out.stderr(`${line}\n`),
		alarm: (text) => out.stderr(text),
		...(flags.anchor === undefined ? {} : { anchor: flags.anchor }),
		...(key.value === undefined ? {} : { key: key.value }),
		...(progress === undefined ? {} : { progress: progress.step }),
	};
	const opened = await openMirror(options);
	if (!opened.ok) return fail(opened.error);
	if (flags.anchor === undefined) out.stderr(NO_ANCHOR);
	if (flags.once === true) {
		const round = await mirrorOnce(opened.value);
		progress?.end();
		return said(round, opened.value, out);
	}
	const { host, port, trustProxy = [] } = flags;
	const running = await runMirror(opened.value, serves ? { host, port, trustProxy } : undefined);
	return untilStopped(running, dir, out, flags.stopping ?? stoppingBySignals());
}

const NO_ANCHOR =
	'Authority not established: without --anchor this mirror follows whatever election the source says it is. Bring the digest that was published before polling.\n';

async function untilStopped(running: RunningMirror, dir: string, out: Output, stopping: Stopping): Promise<number> {
	out.stdout(greeting(running, dir));
	try {
		await Promise.race([stopping.asked, running.broken]);
		const { kind } = running.status().state;
		out.stderr('\nStopping …\n');
		return kind === 'security' ? 1 : 0;
	} finally {
		await running.close();
		stopping.release();
		out.stderr('Stopped. What was verified lies in the folder and is verified again at the next start.\n');
	}
}

function greeting({ url, status }: RunningMirror, dir: string): string {
	const { origin, source, pending, anchored, package: digest } = status();
	const doors =
		url === undefined
			? ['  serves    nothing (--no-serve)']
			: [
					`  pages     ${url}/`,
					`  status    ${url}/mirror.html`,
					`  compare   ${url}/compare (POST a checkpoint or a receipt)`,
				];
	const senders =
		pending === undefined
			? '  pending   nothing is kept for senders: no key (--key FILE)'
			: `  pending   statements are kept for senders; its word is signed with ${pending.key}`;
	return [
		`Mirror of ${origin}`,
		'',
		...doors,
		`  source    ${source}`,
		`  package   ${digest}${anchored ? '' : ' (authority not established)'}`,
		senders,
		`  folder    ${dir}`,
		'',
		'Stop it with Ctrl-C or SIGTERM.',
		'',
	].join('\n');
}

function said(
	round: Awaited<ReturnType<typeof mirrorOnce>>,
	{ verified, book, options }: Parameters<typeof mirrorOnce>[0],
	out: Output,
): number {
	const { size } = verified.record.head();
	const state = book.state();
	const found = book.findings().count;
	switch (round) {
		case 'grown':
		case 'same':
			out.stdout(
				`Caught up with ${options.source.href}: ${grouped(size)} statements verified${found > 0 ? `; ${found} finding(s), see above` : ''}.\n`,
			);
			return found > 0 ? 1 : 0;
		case 'silent':
			out.stderr(
				`${state.kind === 'away' ? state.why : 'The source gave no answer.'}\n${grouped(size)} statements are verified here.\n`,
			);
			return COULD_NOT_RUN;
		case 'stopped':
			out.stderr(
				`SECURITY: this mirror has evidence against the log and follows it no further${state.kind === 'security' ? ` (${state.evidence})` : ''}. ${grouped(size)} statements are verified here.\n`,
			);
			return 1;
	}
}

/** A key file, or in a rehearsal a name; which election it is, is known only once the package is there. */
async function keyFrom(flags: MirrorFlags): Promise<Result<MirrorOptions['key']>> {
	const { key: file, rehearsalKey: name } = flags;
	const suite = nativeSuite();
	if (file !== undefined && name !== undefined)
		return err('Give either --key or --rehearsal-key: a mirror has one key.');
	if (file !== undefined) {
		const opened = await openKeyFile(suite, file, flags);
		if (!opened.ok) return opened;
		const { seed: _, ...publicKey } = opened.value;
		const own: MirrorKey = { signer: signingWith(opened.value), publicKey };
		return ok(() => ok(own));
	}
	if (name === undefined) return ok(undefined);
	return ok(({ election }: Context) => {
		if (election.mode !== 'rehearsal')
			return err(
				`The package is in mode "${election.mode}": rehearsal keys are secret to nobody and sign in rehearsals only. Use --key FILE.`,
			);
		const key = rehearsalKey(suite, election.id, name);
		return ok({ signer: key, publicKey: verifierKey(suite, name, 1, key.publicKey) });
	});
}

function despiteFrom(files: readonly string[]): Result<ReadonlySet<string>> {
	const ids = new Set<string>();
	for (const file of files) {
		const id = evidenceId(nativeSuite(), file);
		if (!id.ok) return err(`--despite "${file}": ${id.error}. Name the evidence file that the mirror wrote.`);
		ids.add(id.value);
	}
	return ok(ids);
}
