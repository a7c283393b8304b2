/** The files of this repository as the tidy tests see them: by path from the root, with `/` between the parts. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A text and where it stands. A rule is a function from these to sentences, so that a planted text can be given to it too. */
export interface Text {
	readonly path: string;
	readonly text: string;
}

/** The root of the repository. */
export const ROOT = dirname(dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url))))));

const SKIPPED = new Set(['node_modules', '.git', 'out', 'coverage', 'dist']);

function walk(folder: string): readonly string[] {
	const found: string[] = [];
	for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
		const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
		if (entry.isDirectory()) {
			if (!SKIPPED.has(entry.name)) found.push(...walk(path));
		} else if (entry.isFile()) found.push(path);
	}
	return found.sort();
}

const PATHS = walk('');

/** Every file whose path matches, read now. */
export function texts(pattern: RegExp): readonly Text[] {
	return PATHS.filter((path) => pattern.test(path)).map((path) => ({ path, text: read(path) }));
}

export function read(path: string): string {
	return readFileSync(join(ROOT, path), 'utf8');
}

/** All code that we write. */
export const CODE = /^(packages|sim|scripts)\/.*\.(ts|tsx|mjs)$/;
/** Code that runs for somebody, as opposed to code that tests it. */
export const SOURCE = /^(packages\/[^/]+\/src|sim\/src|sim\/bench|scripts)\/.*\.(ts|tsx|mjs)$/;
/** What the packages are made of. */
export const PACKAGE_SOURCE = /^packages\/[^/]+\/src\/.*\.(ts|tsx)$/;
export const TEST = /^(packages\/[^/]+|sim)\/test\/.*\.(ts|tsx)$/;
/** What people read besides code; data and the lock file are not in it. */
export const PROSE = /^(?!vectors\/|examples\/.*\/|node_modules\/).*\.(md|sh|yml|yaml)$|^\.ci\/run$/;

/** A problem in the form that an editor can follow. */
export function at(path: string, line: number, sentence: string): string {
	return `${path}:${line} ${sentence}`;
}

/** Every line that matches, as problems. */
export function linesMatching({ path, text }: Text, pattern: RegExp, sentence: string): readonly string[] {
	return text.split('\n').flatMap((line, index) => {
		const found = pattern.exec(line);
		return found === null ? [] : [at(path, index + 1, `${sentence}: ${found[0].trim()}`)];
	});
}
