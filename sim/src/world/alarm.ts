/**
 * What somebody in the simulated world can notice, and how firmly: an alarm says that the log, or whoever keeps it, did what it must not do; a notice says that something is missing, as every page says when
 * witnesses are away. An alarm without a disaster behind it is a failure of the world's program; a notice is not.
 */
import type { EvidenceFile } from '@matokeo/verifier/evidence/file.ts';

export const ALARMS = [
	/** Two roots for one size. */
	'fork',
	/** A larger tree that does not begin with the smaller one. */
	'rewritten',
	/** A smaller checkpoint than one seen before, from the same side. */
	'rollback',
	/** A leaf that the rules refuse. */
	'void',
	/** A tick later than the clock of whoever looks. */
	'ahead',
	/** A tick earlier than the time at which witnesses cosigned without it. */
	'backdated',
	/** What is signed is not what lies there. */
	'damaged',
	/** A public image that the log says is held is not there, or is another. */
	'image-missing',
	/** Published results are not what follows from the log. */
	'results-differ',
	/** Rows are not what follows from the log (`fsck`). */
	'rows-differ',
	/** What a receipt proves is not in what is published now. */
	'receipt-broken',
	/** Somebody else has seen more than is shown here, for too long. */
	'withheld',
	/** The server does not start, and says why. */
	'refuses-to-start',
	/** The server signs nothing any more, and says why. */
	'halted',
	/** A witness keeps proof against the log. */
	'witness-proof',
	/** The log's key has signed a refusal of what the rules admit. */
	'unjust-refusal',
	/** A key spoke that its holder did not use. */
	'not-my-statement',
] as const;

export const NOTICES = [
	/** The quorum has not cosigned for too long. */
	'unwitnessed',
	/** A sender has no receipt after a long time. */
	'unacknowledged',
] as const;

export type AlarmKind = (typeof ALARMS)[number];
export type NoticeKind = (typeof NOTICES)[number];
export type Seen = AlarmKind | NoticeKind;

export interface Alarm {
	readonly kind: Seen;
	readonly by: string;
	/** One sentence. */
	readonly what: string;
	readonly evidence?: EvidenceFile;
}

export type Raise = (alarm: Alarm) => void;
