/**
 * What others have seen of this log, before anything is signed (`spec/storage.md`, D28): a checkpoint that the log's key has signed and that the database does not continue stops the start. This finds what
 * no folder can show of itself, a whole machine put back to an earlier day.
 */
import { type CheckpointTrust, verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { type HashReader, proveConsistency, rangeHash } from '@matokeo/core/log/merkle.ts';
import { tileHashReader } from '@matokeo/core/log/tileReader.ts';
import { edgeRoot } from '@matokeo/core/log/tiles.ts';
import { base64Encode, bytesEqual } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { parseEvidence } from '@matokeo/verifier/evidence/file.ts';
import type { Prefix } from '@matokeo/verifier/evidence/pair.ts';
import type { Disk } from '../ports/disk.ts';
import type { Store } from '../ports/store.ts';
import { Trouble } from '../ports/trouble.ts';
import { type EvidenceParts, evidenceOf } from '../witnesses/evidence.ts';
import { edgeFromStore } from './edge.ts';
import { type Folder, publishedTiles } from './folder.ts';
import type { Published } from './published.ts';

export interface SeenElsewhereParts extends EvidenceParts {
	readonly folder: Folder;
	readonly disk: Disk;
	readonly store: Store;
	/** The checkpoint that lies in the folder, which the database continues. */
	readonly found: Published | undefined;
}

/** `seen`: signed checkpoints, wherever they come from; what this log has not signed says nothing about it. */
export function checkSeenElsewhere(parts: SeenElsewhereParts, seen: readonly Uint8Array[]): void {
	const { suite, trust, store } = parts;
	const head = store.head();
	const before = remembered(parts);
	// A start that is tried again and again stops at the same place, and leaves nothing more behind.
	for (const note of [...before, ...seen]) {
		const verified = verifyCheckpoint(suite, note, { ...trust, witnessKeys: [] });
		if (!verified.ok || verified.value.checkpoint.size === 0) continue;
		const { size, root } = verified.value.checkpoint;
		const ours = size > head.size ? undefined : size === head.size ? head.root : rootInDatabase(parts, size);
		if (ours !== undefined && bytesEqual(ours, root)) continue;
		const kept = before.includes(note) ? parts.folder.evidence : keepEvidence(parts, note, size > head.size);
		const who = namesOn(trust, verified.value.note.signatures);
		const what =
			size > head.size
				? `${who} has seen this log at size ${size}; the database holds ${head.size}: it was put back to an earlier day, and public/ with it, or somebody else signs with the log’s key`
				: `${who} has seen this log at size ${size} with the root ${base64Encode(root)}; the database (size ${head.size}) has another root there: it is another history`;
		throw new Trouble(
			`${what}. Nothing was signed. Bring back what was published and make the database of it: \`matokeo rebuild DIR --from URL\` takes it from a mirror or a copy; ` +
				`if nobody has it, what was signed is lost and the election needs a new log; docs/runbook.md, "A witness contradicts the log", step by step${kept === undefined ? '' : `. Evidence: ${kept}`}`,
		);
	}
}

/** Keeps evidence beside the database, where the next start looks at it again; what was kept before gets a name of its own. Answers where it lies. */
export function storeEvidence({ suite, folder, disk }: SeenElsewhereParts, bytes: Uint8Array): string {
	const there = disk.read(folder.evidence);
	if (there !== undefined && !bytesEqual(there, bytes)) {
		const name = `-${suite.sha256Hex(there).slice(0, 16)}.evidence.json`;
		disk.replace({ path: folder.evidence.replace(/\.evidence\.json$/, name), bytes: there });
	}
	disk.replace({ path: folder.evidence, bytes });
	return folder.evidence;
}

/** What the tree of the published checkpoint says of a smaller size, with the proof; out of published tiles. */
export function prefixIn(suite: Suite, read: HashReader, size: number, publishedSize: number): Prefix | undefined {
	if (size >= publishedSize) return undefined;
	const root = rangeHash(suite, read, { start: 0, end: size });
	const proof = proveConsistency(suite, read, size, publishedSize);
	return root.ok && proof.ok ? { root: root.value, proof: proof.value } : undefined;
}

/** What an earlier run was shown and could not continue: it is not forgotten when nobody shows it again. */
function remembered({ suite, folder, disk }: SeenElsewhereParts): readonly Uint8Array[] {
	const bytes = disk.read(folder.evidence);
	const file = bytes === undefined ? undefined : parseEvidence(suite, bytes);
	if (file?.ok !== true) return [];
	switch (file.value.kind) {
		case 'fork':
			return [file.value.first, file.value.second];
		case 'rewritten':
			return [file.value.older, file.value.newer];
		case 'rollback':
			return [file.value.seen, file.value.served];
		default:
			return [];
	}
}

function keepEvidence(parts: SeenElsewhereParts, note: Uint8Array, isLarger: boolean): string | undefined {
	const { suite, found } = parts;
	const read = publishedHashes(parts);
	if (found === undefined || (read === undefined && !isLarger)) return undefined;
	const prefixAt = (size: number) => (read === undefined ? undefined : prefixIn(suite, read, size, found.size));
	const bytes = evidenceOf(parts, note, found.note, prefixAt);
	return bytes === undefined ? undefined : storeEvidence(parts, bytes);
}

function publishedHashes({ suite, folder, disk, found }: SeenElsewhereParts): HashReader | undefined {
	if (found === undefined) return undefined;
	const made = tileHashReader(suite, publishedTiles(folder, disk.read), found.size, found.root);
	return made.ok ? made.value : undefined;
}

function rootInDatabase(parts: SeenElsewhereParts, size: number): Uint8Array | undefined {
	const { suite, folder, store, found } = parts;
	const read = found !== undefined && size <= found.size ? publishedHashes(parts) : undefined;
	const root = read === undefined ? undefined : rangeHash(suite, read, { start: 0, end: size });
	return root?.ok === true ? root.value : edgeRoot(suite, edgeFromStore(suite, folder, store, size).tiles);
}

function namesOn(
	{ witnessKeys }: CheckpointTrust,
	signatures: readonly { readonly name: string; readonly keyId: string }[],
): string {
	const known = signatures.filter((one) =>
		witnessKeys.some(({ name, keyId }) => name === one.name && keyId === one.keyId),
	);
	return known.length === 0 ? 'somebody' : known.map(({ name }) => `the witness "${name}"`).join(' and ');
}
