/**
 * The end of a rehearsal over HTTP: the whole published log is read from its beginning. Nothing acknowledged may be missing or stand elsewhere, every checkpoint that came with a receipt
 * must be a beginning of the log, and the log's own clock must never have gone back.
 */
import { rangeRoot } from '@matokeo/core/log/compactRange.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import type { Ledger } from './ledger.ts';
import { type Leaf, publishedLog, type Reading } from './publishedLog.ts';

const OWN = ['matokeo/v1 clock/tick\n', 'matokeo/v1 blob/held\n'];

/** What is looked into here; parsing every leaf would take most of the time. */
function isOwn(bytes: Uint8Array): boolean {
	const head = Buffer.from(bytes.buffer, bytes.byteOffset, 32).toString('latin1');
	return OWN.some((one) => head.startsWith(one));
}

export async function auditLog(given: Omit<Reading, 'onLeaf'>, ledger: Ledger): Promise<void> {
	const { suite } = given;
	const due = new Map([...ledger.entries].map(([id, { index, leafHash }]) => [index, { id, leafHash }]));
	const unheld = new Set(ledger.images);
	let time = 0;
	const onLeaf = ({ index, hash, range, bytes }: Leaf): void => {
		const one = due.get(index);
		if (one !== undefined && !bytesEqual(one.leafHash, hash))
			ledger.fault(`${one.id} was acknowledged at ${index}, where something else stands`);
		due.delete(index);
		const root = ledger.roots.get(index + 1);
		if (root !== undefined && !bytesEqual(root, rangeRoot(suite, range)))
			ledger.fault(`the checkpoint of size ${index + 1} that came with a receipt is not a beginning of the log`);
		if (!isOwn(bytes)) return;
		const leaf = parseLeaf(suite, bytes);
		if (!leaf.ok) ledger.fault(`entry ${index} is no statement: ${leaf.error.why}`);
		if (!leaf.ok) return;
		const { statement } = leaf.value;
		if (statement.type === 'blob/held') for (const { sha256 } of statement.blobs) unheld.delete(sha256);
		if (statement.type !== 'clock/tick') return;
		if (statement.time < time) ledger.fault(`the log's clock goes back at ${index}`);
		time = statement.time;
	};
	const log = publishedLog({ ...given, onLeaf });
	const read = await log.advance();
	if (!read.ok) ledger.fault(`what is published is not sound: ${read.error}`);
	for (const [index, { id }] of due) ledger.fault(`${id} was acknowledged at ${index} and is not in the log`);
	for (const digest of unheld) ledger.fault(`image ${digest} was taken, and the log does not say that it is held`);
	for (const size of ledger.roots.keys())
		if (size > log.size()) ledger.fault(`a receipt was signed at size ${size}, the log has ${log.size()} entries`);
}
