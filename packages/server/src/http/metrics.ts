/**
 * What is counted (`spec/api.md`, A18), in a registry of one server's own. Labels are routes, statuses, rules and kinds: never a path, an address, a key or anything else that somebody sent.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Answer } from '../app/answer.ts';
import type { Duty, LogService, ServiceEvents } from '../app/service.ts';
import type { Store } from '../ports/store.ts';

export interface Metrics extends Pick<ServiceEvents, 'appended'> {
	readonly failed: (what: Failing) => void;
	readonly requested: (route: string, status: number, milliseconds: number) => void;
	/** From the last byte of a request with statements to its answer. */
	readonly receipted: (milliseconds: number) => void;
	readonly uploaded: (end: 'held' | 'refused' | 'later') => void;
	/** By the policy's name; milliseconds from question to cosignature. */
	readonly cosigned: (witness: string, milliseconds: number) => void;
	readonly witnessFailed: (witness: string) => void;
	/** Begins to look at what can only be asked: call it once. */
	readonly watch: (watched: Watched) => void;
	readonly text: () => Promise<string>;
	readonly contentType: string;
	readonly stop: () => void;
}

/** A duty of the service, a request that ended in a fault of ours, the checking of an upload, the collecting of cosignatures, or the books. */
export type Failing = Duty | 'request' | 'upload' | 'witness' | 'books';

export interface Watched {
	readonly service: LogService;
	readonly store: Store;
	/** How far the log is ahead of what the quorum of witnesses has seen. */
	readonly lag: () => { readonly statements: number; readonly seconds: number };
	readonly unfinished: () => number;
	readonly sessions: () => number;
	/** Of the book of requests: bytes that wait to be written, and lines that were given up. */
	readonly books: () => { readonly waiting: number; readonly lost: number };
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

export function httpMetrics(): Metrics {
	const registry = new Registry();
	const registers = [registry];
	const counter = (name: string, help: string, ...labelNames: readonly string[]) =>
		new Counter({ name, help, labelNames, registers });
	const histogram = (name: string, help: string, buckets: readonly number[]) =>
		new Histogram({ name, help, buckets: [...buckets], registers });

	const requests = counter('matokeo_requests_total', 'Requests by route and status', 'route', 'status');
	const duration = histogram('matokeo_request_seconds', 'Time to the end of an answer', SECONDS);
	const receipt = histogram('matokeo_receipt_seconds', 'From request to receipts', SECONDS);
	const answers = counter('matokeo_answers_total', 'Answers to notes by kind', 'kind');
	const refusals = counter('matokeo_refusals_total', 'Refused notes by rule', 'rule');
	const batch = histogram('matokeo_append_notes', 'Notes of one append', SIZES);
	const append = histogram('matokeo_append_seconds', 'Time of one append, published', SECONDS);
	const failures = counter('matokeo_failures_total', 'What failed, by duty', 'duty');
	const uploads = counter('matokeo_uploads_total', 'Finished uploads by end', 'end');
	const lag = monitorEventLoopDelay({ resolution: 10 });
	lag.enable();

	return {
		requested: (route, status, milliseconds) => {
			requests.inc({ route, status });
			duration.observe(milliseconds / 1_000);
		},
		receipted: (milliseconds) => receipt.observe(milliseconds / 1_000),
		uploaded: (end) => uploads.inc({ end }),
		...witnessMetrics(registers),
		appended: (notes, given, milliseconds) => {
			batch.observe(notes);
			append.observe(milliseconds / 1_000);
			for (const one of given) count(one, answers, refusals);
		},
		failed: (duty) => failures.inc({ duty }),
		watch: ({ service, store, lag: behind, unfinished, sessions, books }) => {
			const gauge = (name: string, help: string, value: () => number): void => {
				new Gauge({
					name,
					help,
					registers,
					collect() {
						this.set(value());
					},
				});
			};
			gauge('matokeo_waiting', 'Notes and openings that wait', () => service.condition().waiting);
			gauge('matokeo_log_size', 'Entries under the published checkpoint', () => service.log.size());
			gauge('matokeo_witness_lag_entries', 'Entries beyond what the quorum has seen', () => behind().statements);
			gauge('matokeo_witness_lag_seconds', 'Since when there are any', () => behind().seconds);
			gauge('matokeo_uploads_unfinished', 'Uploads that are not finished', unfinished);
			gauge('matokeo_sessions', 'Sessions in force', sessions);
			gauge('matokeo_book_bytes_waiting', 'Bytes of the book of requests not written', () => books().waiting);
			gauge('matokeo_book_lines_lost', 'Lines of the book of requests given up', () => books().lost);
			gauge('matokeo_sql_statements', 'SQL statements run', () => store.counters().sqlStatements);
			gauge('matokeo_sql_transactions', 'Transactions committed', () => store.counters().transactions);
			gauge('matokeo_sql_bytes_written', 'Bytes handed to the database', () => store.counters().bytesWritten);
			gauge('matokeo_event_loop_lag_p99_seconds', 'Event loop delay since the last look', () => {
				const p99 = lag.percentile(99) / 1e9;
				lag.reset();
				return p99;
			});
			gauge('matokeo_resident_bytes', 'Memory of the process', () => process.memoryUsage.rss());
		},
		text: () => registry.metrics(),
		contentType: registry.contentType,
		stop: () => lag.disable(),
	};
}

function witnessMetrics(registers: Registry[]): Pick<Metrics, 'cosigned' | 'witnessFailed'> {
	const of = (name: string, help: string) => new Counter({ name, help, labelNames: ['witness'], registers });
	const cosignatures = of('matokeo_cosignatures_total', 'Cosignatures by witness');
	const failures = of('matokeo_witness_failures_total', 'Questions that failed, by witness');
	const help = 'From question to cosignature';
	const duration = new Histogram({ name: 'matokeo_cosignature_seconds', help, buckets: SECONDS, registers });
	return {
		cosigned: (witness, milliseconds) => {
			cosignatures.inc({ witness });
			duration.observe(milliseconds / 1_000);
		},
		witnessFailed: (witness) => failures.inc({ witness }),
	};
}

function count(answer: Answer, answers: Counter, refusals: Counter): void {
	answers.inc({ kind: answer.kind });
	if (answer.kind === 'refused') refusals.inc({ rule: answer.rule });
}
