/** What a file imports: static, dynamic and type-only imports, and re-exports. Read from the text, so that any file can be asked. */
import { posix } from 'node:path';
import type { Text } from './tree.ts';

export interface Import {
	readonly from: string;
	readonly line: number;
	readonly specifier: string;
}

const SPECIFIERS = [
	/^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
	/^\s*import\s*['"]([^'"]+)['"]/gm,
	/\bimport\(\s*['"]([^'"]+)['"]/g,
	/\brequire\(\s*['"]([^'"]+)['"]/g,
	/\bnew URL\(\s*['"]([^'"]+\.(?:ts|tsx|mjs))['"]/g,
];

export function importsOf({ path, text }: Text): readonly Import[] {
	return SPECIFIERS.flatMap((pattern) =>
		[...text.matchAll(pattern)].map((match) => ({
			from: path,
			line: text.slice(0, match.index + match[0].length).split('\n').length,
			specifier: match[1] ?? '',
		})),
	);
}

/** The path from the root that an import means, when it means a file of ours: relative, or by the name of a package of ours. */
export function targetOf({ from, specifier }: Import): string | undefined {
	if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(from), specifier));
	const match = /^@matokeo\/([a-z]+)(?:\/(.*))?$/.exec(specifier);
	if (match === null) return undefined;
	const folder = match[1] === 'sim' ? 'sim' : `packages/${match[1]}`;
	return match[2] === undefined ? folder : `${folder}/src/${match[2]}`;
}
