/** The leaf hashes of a log as somebody has taken them, and the roots that follow: at every past size, and at one to come. */
import { appendLeaves, EMPTY_RANGE, rangeRoot } from '@matokeo/core/log/compactRange.ts';
import { leafHash } from '@matokeo/core/log/merkle.ts';
import { suite } from './cast.ts';

export interface LeafLine {
	readonly append: (hash: Uint8Array) => void;
	/** The root if these entries came next. */
	readonly grown: (entries: readonly Uint8Array[]) => Uint8Array;
	readonly rootAt: (size: number) => Uint8Array | undefined;
	readonly size: () => number;
}

export function leafLine(): LeafLine {
	let range = EMPTY_RANGE;
	const ranges = [range];
	const roots = new Map<number, Uint8Array>();
	return {
		append: (hash) => {
			range = appendLeaves(suite, range, [hash]);
			ranges.push(range);
		},
		grown: (entries) =>
			rangeRoot(
				suite,
				appendLeaves(
					suite,
					range,
					entries.map((entry) => leafHash(suite, entry)),
				),
			),
		rootAt: (size) => {
			const past = ranges[size];
			if (past === undefined) return undefined;
			const root = roots.get(size) ?? rangeRoot(suite, past);
			roots.set(size, root);
			return root;
		},
		size: () => range.size,
	};
}
