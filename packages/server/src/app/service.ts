/**
 * The log as a service that many senders speak to at once: what the HTTP routes, and nothing else of the server, are built on. Notes that wait together are appended together; held
 * blobs are announced and readings opened soon after, without anybody asking.
 */
import type { Digest, StatementId } from '@matokeo/core/record/statement.ts';
import type { Refusal } from '@matokeo/core/rules/refusal.ts';
import type { Result } from '@matokeo/core/std/result.ts';
import type { Answer } from './answer.ts';
import type { Delivery, OpenedLog } from './openedLog.ts';

export interface LogService {
	/** One answer per note, in order, when it is durable, sequenced and provable. Answers `later` when too much is waiting or the service is closing. */
	readonly submit: (notes: readonly Uint8Array[]) => Promise<readonly Answer[]>;
	/** Keeps a blob durably; it is announced in the log soon after. The caller has checked what it is. */
	readonly hold: (blob: Uint8Array) => Promise<Digest>;
	readonly deliver: (deliveries: readonly Delivery[]) => Promise<readonly Result<StatementId, Refusal>[]>;
	readonly log: OpenedLog;
	/** Called after anything was appended, at most once in so many milliseconds; what it throws is logged and counted. */
	readonly onGrowth: (listener: () => void) => void;
	/** Takes nothing new, answers what is waiting, announces and opens what is due, publishes, closes the log. */
	readonly close: () => Promise<void>;
}
