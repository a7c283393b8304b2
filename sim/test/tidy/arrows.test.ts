/**
 * Which package may know which, and inside the core which folder may know which (ARCHITECTURE.md). A new arrow is a line in one of these
 * two tables and a decision record.
 */
import { describe, expect, it } from 'vitest';
import { type Import, importsOf, targetOf } from './lib/imports.ts';
import { at, CODE, type Text, texts } from './lib/tree.ts';

/** Package → the packages that it may import. Written out, not computed: what is absent is the point. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
	core: [],
	verifier: ['core'],
	compare: ['core'],
	portal: ['core', 'verifier', 'compare'],
	server: ['core', 'verifier', 'portal', 'compare'],
	witness: ['core', 'verifier', 'portal', 'compare'],
	dossier: ['core', 'verifier', 'portal', 'compare', 'server'],
	desk: ['core'],
	rehearsal: ['core', 'verifier', 'portal', 'server', 'compare'],
	cli: ['core', 'verifier', 'compare', 'portal', 'server', 'witness', 'desk', 'rehearsal', 'dossier'],
	sim: ['core', 'verifier', 'compare', 'portal', 'server', 'witness', 'desk', 'rehearsal', 'dossier', 'cli', 'scripts'],
	scripts: [],
};

/** Folder of core → the folders of core that its source may import. `record` and `rules` never know the standings. */
const CORE: Readonly<Record<string, readonly string[]>> = {
	std: [],
	log: ['std'],
	result: ['std'],
	election: ['std', 'log', 'result'],
	record: ['std', 'log', 'election', 'result'],
	rules: ['std', 'log', 'election', 'result', 'record'],
	collation: ['std', 'election', 'result', 'record'],
	standings: ['std', 'log', 'election', 'result', 'record', 'rules', 'collation'],
};

/** Packages from elsewhere that only these may use: the record's database, and what the core rests on. */
const FOREIGN: Readonly<Record<string, readonly string[]>> = {
	'better-sqlite3': ['server', 'witness', 'sim'],
	'sodium-native': ['verifier', 'rehearsal', 'sim'],
	'@noble/curves': ['core', 'sim'],
	'@noble/hashes': ['core', 'sim'],
};

function packageOf(path: string): string {
	const [top = '', second = ''] = path.split('/');
	return top === 'packages' ? second : top;
}

function coreFolder(path: string): string | undefined {
	return /^packages\/core\/src\/([^/]+)/.exec(path)?.[1];
}

function foreignName(specifier: string): string {
	return specifier
		.split('/')
		.slice(0, specifier.startsWith('@') ? 2 : 1)
		.join('/');
}

function wrongForeign(one: Import): readonly string[] {
	const name = foreignName(one.specifier);
	const own = packageOf(one.from);
	const allowed = FOREIGN[name];
	if (allowed !== undefined && !allowed.includes(own)) return [at(one.from, one.line, `${own} may not import ${name}`)];
	const coreSource = coreFolder(one.from) !== undefined;
	return coreSource && !name.startsWith('@noble/') ? [at(one.from, one.line, `core may not import ${name}`)] : [];
}

function wrongArrow(one: Import): readonly string[] {
	const target = targetOf(one);
	if (target === undefined) return wrongForeign(one);
	const own = packageOf(one.from);
	const other = packageOf(target);
	const say = (sentence: string): readonly string[] => [at(one.from, one.line, `${sentence} (${one.specifier})`)];
	if (own !== other) {
		if (PACKAGES[own] === undefined) return say(`${own} is not in the table of packages`);
		if (!PACKAGES[own].includes(other)) return say(`${own} may not import ${other}`);
		return one.specifier.startsWith('.') && other !== 'scripts' ? say('another package is imported by its name') : [];
	}
	const folder = coreFolder(one.from);
	const otherFolder = coreFolder(target);
	if (folder === undefined || otherFolder === undefined || folder === otherFolder) return [];
	return CORE[folder]?.includes(otherFolder) === true ? [] : say(`core/${folder} may not import core/${otherFolder}`);
}

function wrongArrows(files: readonly Text[]): readonly string[] {
	return files.flatMap(importsOf).flatMap(wrongArrow);
}

/** The same question put to `package.json`: every kind of dependency counts. */
function wrongDependencies({ path, text }: Text): readonly string[] {
	const manifest = JSON.parse(text) as Record<string, Record<string, string> | undefined>;
	const own = packageOf(path);
	const kinds = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
	const names = kinds.flatMap((kind) => Object.keys(manifest[kind] ?? {}));
	return names.flatMap((name) => {
		const other = /^@matokeo\/(.+)$/.exec(name)?.[1];
		const allowed = other === undefined ? FOREIGN[name] : PACKAGES[own];
		if (allowed === undefined) return other === undefined ? [] : [`${path} ${own} is not in the table of packages`];
		return allowed.includes(other ?? own) ? [] : [`${path} ${own} may not depend on ${name}`];
	});
}

describe('tidy: arrows', () => {
	it('no file imports against the arrows between packages, or inside the core', () => {
		expect(wrongArrows(texts(CODE))).toEqual([]);
	});

	it('no package.json depends against the arrows', () => {
		expect(texts(/^(packages\/[^/]+|sim)\/package\.json$/).flatMap(wrongDependencies)).toEqual([]);
	});

	it('every folder of the core is in the table', () => {
		const folders = new Set(texts(/^packages\/core\/src\//).map(({ path }) => coreFolder(path) ?? ''));
		expect([...folders].filter((folder) => CORE[folder] === undefined)).toEqual([]);
	});

	it.each([
		['packages/core/src/std/a.ts', "import { a } from '../log/merkle.ts';"],
		['packages/core/src/log/a.ts', "import type { A } from '../election/a.ts';"],
		['packages/core/src/record/a.ts', "import {\n\ta,\n\tb,\n} from '../standings/a.ts';"],
		['packages/core/src/log/a.ts', "import { readFileSync } from 'node:fs';"],
		['packages/core/src/log/a.ts', "import { z } from 'zod';"],
		['packages/core/src/log/a.ts', "import { a } from '@matokeo/verifier/a.ts';"],
		['packages/verifier/src/a.ts', "export { a } from '@matokeo/server/a.ts';"],
		['packages/verifier/src/a.ts', "const a = await import('@matokeo/server/a.ts');"],
		['packages/verifier/src/a.ts', "import '../../core/src/log/merkle.ts';"],
		['packages/verifier/test/a.ts', "import { a } from '@matokeo/cli/a.ts';"],
		['packages/verifier/src/a.ts', "import Database from 'better-sqlite3';"],
		['packages/server/src/a.ts', "new Worker(new URL('../../rehearsal/src/a.ts', import.meta.url));"],
		['packages/unheard/src/a.ts', "import { a } from '@matokeo/core/std/a.ts';"],
		['scripts/a.mjs', "import { a } from '../packages/core/src/std/a.ts';"],
	])('sees a wrong arrow planted in %s', (path, text) => {
		expect(wrongArrows([{ path, text }])).toHaveLength(1);
	});

	it.each([
		['packages/core/package.json', '{"devDependencies":{"@matokeo/server":"0.1.0"}}'],
		['packages/rehearsal/package.json', '{"dependencies":{"@matokeo/cli":"0.1.0"}}'],
		['packages/portal/package.json', '{"dependencies":{"better-sqlite3":"13.2.0"}}'],
	])('sees a wrong dependency planted in %s', (path, text) => {
		expect(wrongDependencies({ path, text })).toHaveLength(1);
	});

	it('lets a right arrow pass', () => {
		const text = "import { a } from '@matokeo/core/log/a.ts';\nimport { b } from './b.ts';\nimport c from 'node:fs';";
		expect(wrongArrows([{ path: 'packages/server/src/a.ts', text }])).toEqual([]);
	});
});
