/** How a mirror accuses (M30, M36): what was found becomes evidence that is durable, then words, then the end of following, unless a person has said that it goes on in spite of it. */
import { join } from 'node:path';
import { parseCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import type { Accused, Misbehaviour } from '@matokeo/verifier/evidence/file.ts';
import type { MirrorBook } from './book.ts';
import { checkpointsIn, type EvidenceBook, type KeptEvidence, openEvidence, signedText } from './evidenceBook.ts';
import type { MirrorFolder } from './folder.ts';
import type { Limits } from './limits.ts';
import type { MirrorOptions } from './options.ts';
import { securityText } from './securityText.ts';
import type { Verified } from './verified.ts';

export interface Accusing {
	readonly evidence: EvidenceBook;
	/** Whether following goes on although there is this. */
	readonly isDespite: (one: KeptEvidence) => boolean;
	/** Keeps it, says it once, and answers whether following ends by it. */
	readonly raise: (seen: Misbehaviour) => boolean;
}

interface Opening {
	readonly options: MirrorOptions;
	readonly folder: MirrorFolder;
	readonly verified: Verified;
	readonly limits: Limits;
}

export function accusing({ options, folder, verified, limits }: Opening, accused: Accused, book: MirrorBook): Accusing {
	const { anchor, by, clock, despite } = options;
	const evidence = openEvidence({
		suite: verified.follower.context.suite,
		dir: folder.evidence,
		accused,
		reporter: by,
		clock,
		limits,
		...(anchor === undefined ? {} : { anchor }),
	});
	for (const { name, why } of evidence.strays)
		book.find(`${join(folder.evidence, name)} is no evidence against this log: ${why}`);
	const isDespite = ({ id, file }: KeptEvidence): boolean =>
		file.kind === 'backdated' || despite.has(id) || isNamed(file, verified, namedIn(evidence, despite));
	const raise = raising(options, evidence, book, isDespite);
	return {
		evidence,
		isDespite,
		raise: (seen) => !isNamed(seen, verified, namedIn(evidence, despite)) && raise(seen),
	};
}

/** Every checkpoint, without its signatures, of which a person has said that it may stand beside ours. */
function namedIn(evidence: EvidenceBook, despite: MirrorOptions['despite']): ReadonlySet<string> {
	const named = evidence.list().filter(({ id }) => despite.has(id));
	return new Set(named.flatMap(({ file }) => checkpointsIn(file).map(signedText)));
}

/** Whether it holds nothing against our history but what was named: our side of it grows, and the other is shown again and again. */
function isNamed(seen: Misbehaviour, { follower }: Verified, named: ReadonlySet<string>): boolean {
	if (seen.kind !== 'fork' && seen.kind !== 'rewritten') return false;
	return checkpointsIn(seen).every((note) => {
		const text = signedText(note);
		if (named.has(text)) return true;
		const said = parseCheckpoint(text);
		const own = said.ok ? follower.tree.rootAt(said.value.size) : undefined;
		return said.ok && own !== undefined && bytesEqual(own, said.value.root);
	});
}

/** M30: durable first, then said; and whether following ends by it. */
function raising(
	{ alarm, tell }: MirrorOptions,
	evidence: EvidenceBook,
	book: MirrorBook,
	isDespite: (one: KeptEvidence) => boolean,
): (seen: Misbehaviour) => boolean {
	return (seen) => {
		const before = evidence.list().length;
		const kept = evidence.keep(seen);
		if (kept === undefined) {
			tell(`more evidence was found than is kept (${before} files)`);
			book.set({ kind: 'security', evidence: evidence.list().at(-1)?.name ?? '' });
			return true;
		}
		const fresh = evidence.list().length > before;
		if (fresh) alarm(securityText(kept));
		if (isDespite(kept)) return false;
		book.set({ kind: 'security', evidence: kept.name });
		return true;
	};
}
