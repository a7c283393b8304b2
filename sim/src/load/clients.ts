/**
 * Sends captures from several processes at once and puts together what came of them.
 */
import { fileURLToPath } from 'node:url';
import type { Ending } from '@matokeo/rehearsal/http/ledger.ts';
import { ordered } from './ordered.ts';

export interface ClientOrder {
	readonly url: string;
	/** Of the election. */
	readonly stations: number;
	readonly clerks: number;
	/** Which of how many processes this is. */
	readonly from: number;
	readonly of: number;
	/** The stations that send: so many, from this place in the package's order on. */
	readonly first: number;
	readonly captures: number;
	/** Milliseconds between one capture and the next, over all processes. */
	readonly everyMs: number;
	readonly addresses: readonly string[];
	/** Over the lines of election night, or over perfect ones. */
	readonly realistic: boolean;
}

export interface ClientDone {
	readonly toReceipt: readonly number[];
	readonly toReceiptUnheard: readonly number[];
	readonly behind: readonly number[];
	readonly requests: number;
	readonly askedAgain: readonly (readonly [string, number])[];
	readonly inTime: number;
	readonly dueMs: number;
	readonly endings: readonly (readonly [Ending, number])[];
	readonly faults: { readonly count: number; readonly first: readonly string[] };
}

const PROGRAM = fileURLToPath(new URL('clientProcess.ts', import.meta.url));

export async function runClients(order: Omit<ClientOrder, 'from'>): Promise<ClientDone> {
	const all = await Promise.all(Array.from({ length: order.of }, (_, from) => runClient({ ...order, from })));
	return {
		toReceipt: all.flatMap(({ toReceipt }) => toReceipt),
		toReceiptUnheard: all.flatMap(({ toReceiptUnheard }) => toReceiptUnheard),
		behind: all.flatMap(({ behind }) => behind),
		requests: all.reduce((sum, { requests }) => sum + requests, 0),
		askedAgain: added(all.flatMap(({ askedAgain }) => askedAgain)),
		inTime: all.reduce((sum, { inTime }) => sum + inTime, 0),
		dueMs: Math.max(...all.map(({ dueMs }) => dueMs)),
		endings: added(all.flatMap(({ endings }) => endings)),
		faults: {
			count: all.reduce((sum, { faults }) => sum + faults.count, 0),
			first: all.flatMap(({ faults }) => faults.first),
		},
	};
}

function runClient(order: ClientOrder): Promise<ClientDone> {
	return ordered(PROGRAM, order);
}

function added<T>(counts: readonly (readonly [T, number])[]): readonly (readonly [T, number])[] {
	const sums = new Map<T, number>();
	for (const [name, count] of counts) sums.set(name, (sums.get(name) ?? 0) + count);
	return [...sums];
}
