/** Every statement of a bundle on its own (B31): spelled as statements are, the one that the list names, and proved to stand at its index under the checkpoint. */
import { checkInclusion, leafHash } from '@matokeo/core/log/merkle.ts';
import { parseProof } from '@matokeo/core/log/proof.ts';
import { type Leaf, parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { BundleFiles } from './files.ts';
import type { BundleFindings } from './findings.ts';
import type { BundleManifest, ListedStatement } from './manifest.ts';
import type { BundleCheckpoint } from './opening.ts';
import { kindOfFile, MANIFEST_PATH, notePath, proofPath } from './paths.ts';

export interface ProvedLeaf {
	readonly index: number;
	readonly leaf: Leaf;
}

/** In the order of the log. Those that are not what they should be are named and left out. */
export function readStatements(
	context: Context,
	files: BundleFiles,
	manifest: BundleManifest,
	checkpoint: BundleCheckpoint,
	findings: BundleFindings,
): readonly ProvedLeaf[] {
	const proved: ProvedLeaf[] = [];
	const listed = new Set<string>();
	let last = -1;
	for (const one of manifest.statements) {
		findings.looked('statements');
		listed.add(notePath(one.index)).add(proofPath(one.index));
		const say = (file: string, expected: string, came: string, means: string): void =>
			findings.found({ check: 'statements', file, index: one.index, rule: 'B31', expected, came, means });
		if (one.index <= last)
			say(
				MANIFEST_PATH,
				'statements in the order of the log',
				`${one.index} after ${last}`,
				'The list is out of order.',
			);
		last = Math.max(last, one.index);
		const leaf = leafAt(context, files, one);
		if (!leaf.ok) {
			say(
				notePath(one.index),
				`the statement ${one.id}, a ${one.type}`,
				leaf.error,
				'This is not the statement that the bundle says it holds: it was changed, or exchanged for another.',
			);
			continue;
		}
		const wrong = proofProblem(context, files, one, leaf.value, checkpoint);
		if (wrong === undefined) proved.push({ index: one.index, leaf: leaf.value });
		else
			say(
				proofPath(one.index),
				`a proof that this statement stands at index ${one.index} under the checkpoint of this bundle`,
				wrong,
				'It is not shown that the log holds this statement.',
			);
	}
	for (const file of files.sizes.keys()) {
		const kind = kindOfFile(file);
		if ((kind === 'statement' || kind === 'proof') && !listed.has(file))
			findings.found({
				check: 'statements',
				file,
				rule: 'B31',
				expected: 'only statements that bundle.json lists',
				came: 'another',
				means: 'Somebody has put it in: it was not looked at.',
			});
	}
	return proved.sort((a, b) => a.index - b.index);
}

function leafAt({ suite }: Context, files: BundleFiles, { index, id, type }: ListedStatement): Result<Leaf> {
	const read = files.read(notePath(index));
	if (!read.ok) return read;
	const leaf = parseLeaf(suite, read.value);
	if (!leaf.ok) return err(`${leaf.error.rule}: ${leaf.error.why}`);
	const found = leaf.value;
	return found.id === id && found.statement.type === type ? ok(found) : err(`${found.id}, a ${found.statement.type}`);
}

function proofProblem(
	{ suite }: Context,
	files: BundleFiles,
	{ index }: ListedStatement,
	leaf: Leaf,
	{ bytes, verified }: BundleCheckpoint,
): string | undefined {
	const read = files.read(proofPath(index));
	const proof = read.ok ? parseProof(read.value) : read;
	if (!proof.ok) return proof.error;
	if (proof.value.index !== index) return `a proof for index ${proof.value.index}`;
	if (!bytesEqual(proof.value.checkpoint, bytes)) return 'a proof under another checkpoint';
	const { size, root } = verified.checkpoint;
	const claim = { index, size, leafHash: leafHash(suite, leaf.bytes), root };
	return checkInclusion(suite, claim, proof.value.hashes) ? undefined : 'hashes that do not lead to its root';
}
