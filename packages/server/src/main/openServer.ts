/**
 * A server of one election (`spec/api.md`): the log opened, the service on it, HTTP in front, and the way back down. It is told everything: which folder, which election, which key, what time
 * it is, whom to believe. It reads no environment and no arguments.
 */
import type { AddressInfo } from 'node:net';
import type { Election } from '@matokeo/core/election/types.ts';
import type { NoteSigner } from '@matokeo/core/log/note.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { livePortal } from '@matokeo/portal/live/livePortal.ts';
import type { PortalPort } from '@matokeo/portal/live/portalPort.ts';
import { tokenBuckets } from '@matokeo/portal/live/tokenBuckets.ts';
import type { RecordReader } from '@matokeo/portal/record.ts';
import type { FastifyBaseLogger } from 'fastify';
import { logService } from '../app/logService.ts';
import { openLog } from '../app/openLog.ts';
import type { LogService, ServiceEvents } from '../app/service.ts';
import { makeBlobFolders } from '../blobs/fanOut.ts';
import { type BookSettings, type Books, openBooks } from '../books/keeper.ts';
import { httpApp, type KnownRoute } from '../http/app.ts';
import { byteCache } from '../http/byteCache.ts';
import { LIMITS, type Limits } from '../http/limits.ts';
import { jsonLogger, logFailure } from '../http/logging.ts';
import { httpMetrics, type Metrics } from '../http/metrics.ts';
import type { App, HttpParts, LogReader, Purses } from '../http/parts.ts';
import { sessionKeeper } from '../http/sessions.ts';
import { tusUploads } from '../http/tusUploads.ts';
import type { Store } from '../ports/store.ts';
import { folderOf } from '../publish/folder.ts';
import { proofs } from '../publish/proofs.ts';
import { publishedReader } from '../publish/published.ts';
import { openSqliteStore } from '../storage/sqliteStore.ts';
import type { AtStart } from '../witnesses/start.ts';
import { meetWitnesses } from './witnessing.ts';

export interface ServerParts {
	/** The folder of the log; its database and files are made if they are not there. */
	readonly dir: string;
	readonly suite: Suite;
	readonly election: Election;
	readonly packageFiles: ReadonlyMap<string, Uint8Array>;
	/** One of the two log keys that the package names. */
	readonly signer: NoteSigner;
	/** UTC seconds. */
	readonly clock: () => number;
	readonly host?: string;
	/** 0: any that is free. */
	readonly port: number;
	/** Proxies whose word for a sender's address is taken; nobody's unless named. */
	readonly trustProxy?: readonly string[];
	readonly portal?: (service: LogService, store: Store) => PortalPort;
	readonly logger?: FastifyBaseLogger;
	readonly limits?: Partial<Limits>;
	/** For rates; milliseconds of any steady clock. */
	readonly steadyMs?: () => number;
	readonly pulseMs?: number;
	/** Addresses of witnesses by the policy's names, instead of the policy's own. */
	readonly witnesses?: ReadonlyMap<string, string>;
	/** At least so long from one `log/witnessed` to the next. */
	readonly sayWitnessedMs?: number;
	/** To keep books of requests and operations beside the database, and to say their digests in the log. */
	readonly books?: BookSettings;
}

export interface OpenedServer {
	/** Without a slash at its end. */
	readonly url: string;
	readonly service: LogService;
	/** The record as pages read it, with what witnesses have seen of it. */
	readonly record: RecordReader;
	/** Called when what witnesses have seen, or how it stands with one of them, is another than before; at most every other second. */
	readonly onWitnessing: (listener: () => void) => void;
	/** What witnesses answered before anything was signed. */
	readonly witnessesAtStart: AtStart;
	readonly routes: readonly KnownRoute[];
	/** Stops listening, lets requests finish, answers who waits, publishes, closes the log. */
	readonly close: () => Promise<void>;
}

export async function openServer(parts: ServerParts): Promise<OpenedServer> {
	const { suite, election, clock, packageFiles } = parts;
	const limits: Limits = { ...LIMITS, ...parts.limits };
	const logger = parts.logger ?? jsonLogger(() => undefined, 'silent');
	const folder = folderOf(parts.dir);
	const metrics = httpMetrics();
	const steadyMs = parts.steadyMs ?? (() => performance.now());
	const context = contextOf(suite, election);
	const witnesses = await meetWitnesses({ ...parts, trust: trustOf(context), steadyMs, logger, metrics });
	const store = openSqliteStore(folder.database);
	const log = openLog({ ...parts, store, seen: witnesses.atStart.seen });
	makeBlobFolders(folder);
	let grown = (): void => undefined;
	const events = eventsOf(metrics, logger, () => grown());
	const pulse = parts.pulseMs === undefined ? {} : { pulseMs: parts.pulseMs };
	const service = logService({ log, events, notesWaitingMax: limits.notesWaitingMax, ...pulse });
	const collecting = witnesses.collect(service);
	grown = collecting.grown;
	service.onGrowth(grown);
	const record = { ...log.record, witnessing: collecting.witnessing };
	const sessions = sessionKeeper({ context, rows: log.rows, clock, limits });
	const failed = (error: unknown): void => {
		metrics.failed('upload');
		logFailure(logger, 'upload', error);
	};
	const { hold } = service;
	const isFiled = (sha256: string): boolean => log.rows().get('blob', sha256)?.filed === true;
	const { sha256Hex } = suite;
	const tus = tusUploads({ dir: parts.dir, limits, metrics, clock, sha256Hex, hold, failed, isFiled });
	await tus.resume();
	const books = booksOf(parts, service, metrics, logger);
	const counts = { unfinished: tus.book.count, sessions: sessions.count, books: countsOf(books) };
	metrics.watch({ service, store, lag: collecting.lag, ...counts });
	const http: HttpParts = {
		service,
		context,
		reader: readerOf(parts, store, service),
		record,
		folder,
		packageFiles,
		portal: parts.portal?.(service, store) ?? livePortal(record),
		stamp: () => `${log.size()} ${collecting.version()}`,
		unwitnessed: collecting.degraded,
		cache: byteCache(limits.fileCacheBytesMax),
		sessions,
		...(books === undefined ? {} : { books }),
		purses: pursesOf(limits, steadyMs),
		metrics,
		limits,
		logger,
		clock,
		trustProxy: parts.trustProxy ?? [],
	};
	const { app, routes } = await httpApp(http, tus);
	const sweeping = setInterval(() => void tus.sweep().catch(failed), limits.sweepMs).unref();
	const url = await listen(app, parts);

	const close = async (): Promise<void> => {
		clearInterval(sweeping);
		const late = setTimeout(() => app.server.closeAllConnections(), limits.closeGraceMs);
		await app.close();
		clearTimeout(late);
		collecting.stop();
		await books?.stop();
		await service.close();
		metrics.stop();
	};
	const told = { onWitnessing: collecting.onChange, witnessesAtStart: witnesses.atStart };
	return { url, service, record, ...told, routes, close };
}

function countsOf(books: Books | undefined): () => { readonly waiting: number; readonly lost: number } {
	return () => ({ waiting: books?.waiting() ?? 0, lost: books?.lost() ?? 0 });
}

/** What keeps them from being written is told and counted, and never keeps a statement from being taken. */
function booksOf(
	{ dir, clock, signer, books: settings }: ServerParts,
	{ log, submit }: LogService,
	metrics: Metrics,
	logger: FastifyBaseLogger,
): Books | undefined {
	if (settings === undefined) return undefined;
	const failed = (error: unknown): void => {
		metrics.failed('books');
		logFailure(logger, 'books', error);
	};
	const { name, keyId } = signer;
	return openBooks({ dir, clock, settings, log, submit, key: { name, keyId }, failed });
}

/** The address, without a slash at its end. */
async function listen(app: App, parts: ServerParts): Promise<string> {
	await app.listen({ host: parts.host ?? '127.0.0.1', port: parts.port, listenTextResolver: () => 'listening' });
	const { address, family, port } = addressOf(app.server.address());
	return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

function eventsOf(metrics: Metrics, logger: FastifyBaseLogger, grown: () => void): ServiceEvents {
	return {
		appended: (...counted) => {
			metrics.appended(...counted);
			grown();
		},
		failed: (duty, error) => {
			metrics.failed(duty);
			logFailure(logger, duty, error);
		},
	};
}

/** Entries are shown up to the published checkpoint, and proven under it. */
function readerOf({ suite, election, dir }: ServerParts, store: Store, service: LogService): LogReader {
	const folder = folderOf(dir);
	const latest = publishedReader(suite, folder, trustOf(contextOf(suite, election)));
	const proving = proofs(suite, folder, { latest });
	return {
		note: (index) => (index < service.log.size() ? store.statements(index, index + 1)[0]?.note : undefined),
		prove: (index) => proving.prove(index),
		proveWitnessed: service.log.cosigning.proveWitnessed,
		time: () => logRow(service.log.rows()).time,
	};
}

function pursesOf(limits: Limits, nowMs: () => number): Purses {
	const of = (rate: Limits['addressNotes']) => tokenBuckets(rate, limits.limitedMax, nowMs);
	return {
		requests: of(limits.addressRequests),
		notes: of(limits.addressNotes),
		uploadBytes: of(limits.addressUploadBytes),
		signIns: of(limits.addressSignIns),
		keyNotes: of(limits.keyNotes),
		areaMarks: of(limits.areaMarks),
	};
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
	assert(address !== null && typeof address === 'object', 'a listening server has an address');
	return address;
}
