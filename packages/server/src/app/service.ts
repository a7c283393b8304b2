/**
 * The log as a service that many senders speak to at once: what the HTTP routes, and nothing else of the server, are built on. Notes that wait together are appended together; held
 * blobs are announced and readings opened soon after, without anybody asking.
 */
import type { Digest, StatementId } from '@matokeo/core/record/said.ts';
import type { Refusal } from '@matokeo/core/rules/refusal.ts';
import type { Result } from '@matokeo/core/std/result.ts';
import type { Answer } from './answer.ts';
import type { MarkPlace } from './markDesk.ts';
import type { Delivery, OpenedLog } from './openedLog.ts';

export interface LogService {
	/**
	 * One answer per note, in order, when it is durable, sequenced and provable. Answers `later` when too much is waiting, the service is closing or the disk failed. Senders take
	 * turns; a request without a sender is one of its own.
	 */
	readonly submit: (notes: readonly Uint8Array[], sender?: string) => Promise<readonly Answer[]>;
	/** Keeps a blob durably; it is announced in the log soon after. The caller has checked what it is. Throws `Trouble`. */
	readonly hold: (blob: Uint8Array) => Promise<Digest>;
	/** As `submit`; `later` where nothing was decided. */
	readonly deliver: (deliveries: readonly Delivery[], sender?: string) => Promise<readonly DeliveryAnswer[]>;
	/** Freezes contest × area; waits for its turn like a note, one at a time. */
	readonly mark: (place: MarkPlace, sender?: string) => Promise<Answer>;
	readonly log: OpenedLog;
	/** Called after anything was appended, at most once in so many milliseconds; what it throws is logged and counted. */
	readonly onGrowth: (listener: () => void) => void;
	readonly condition: () => Condition;
	/** Takes nothing new, answers what is waiting, announces and opens what is due, publishes, closes the log. */
	readonly close: () => Promise<void>;
}

export type DeliveryAnswer = Result<StatementId, Refusal | Postponed>;

export interface Postponed {
	readonly rule: 'later';
	readonly why: string;
}

/** What the service does beside answering; each can fail on its own. */
export type Duty = 'append' | 'deliver' | 'mark' | 'announce' | 'open' | 'results' | 'growth' | 'tick';

export interface Condition {
	readonly closing: boolean;
	/** Notes and openings that wait. */
	readonly waiting: number;
	/** Duties whose last attempt failed, with what was thrown. */
	readonly failing: ReadonlyMap<Duty, string>;
	/** Why nothing is signed any more; absent while all is well. */
	readonly halted?: string;
}

/** What is worth counting and writing down; nothing here can stop the service. */
export interface ServiceEvents {
	readonly appended: (notes: number, answers: readonly Answer[], milliseconds: number) => void;
	readonly failed: (duty: Duty, error: unknown) => void;
}
