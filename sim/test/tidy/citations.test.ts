/** What is cited exists: rule ids of `spec/`, files named in comments and prose, decision records. A dead citation is a false claim. */
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { at, CODE, PROSE, ROOT, type Text, texts } from './lib/tree.ts';

/** Where a rule's id stands when `spec/` states the rule: at the start of a heading, an item, a row or a paragraph. */
const STATED = /^(?:#{1,6} +|[-*] +|\| *|[0-9]+\. +)?(?:\*\*|`|<a id=")*([A-Z]{1,3}[0-9]{1,3}[a-z]?)\b/;

/** The requirements R1–R32 come from outside `spec/` and are cited there. */
const REQUIREMENTS = Array.from({ length: 32 }, (_, index) => `R${index + 1}`);

function statedRules(files: readonly Text[]): ReadonlySet<string> {
	const ids = files.flatMap(({ text }) => text.split('\n').flatMap((line) => STATED.exec(line)?.[1] ?? []));
	return new Set([...REQUIREMENTS, ...ids]);
}

function lettersOf(id: string): string {
	return id.replace(/[0-9].*$/, '');
}

/** Ids that have the letters of some rule and are stated nowhere. Other letters (as in `V8`) are not ours. */
function unknownRules({ path, text }: Text, stated: ReadonlySet<string>): readonly string[] {
	const letters = new Set([...stated].map(lettersOf));
	return text.split('\n').flatMap((line, index) =>
		[...line.matchAll(/(?<![\w/.+=-])([A-Z]{1,3}[0-9]{1,3})(?![\w/+=])/g)]
			.map((match) => match[1] ?? '')
			.filter((id) => letters.has(lettersOf(id)) && !stated.has(id))
			.map((id) => at(path, index + 1, `cites ${id}, which no rule of spec/ has`)),
	);
}

/** Links of Markdown to files, from the folder of the text. */
function deadLinks({ path, text }: Text): readonly string[] {
	return [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].flatMap((match) => {
		const link = match[1] ?? '';
		if (/^[a-z]+:/.test(link) || link === '') return [];
		const target = posix.normalize(posix.join(posix.dirname(path), link));
		return existsSync(join(ROOT, target))
			? []
			: [at(path, text.slice(0, match.index).split('\n').length, `links to ${link}`)];
	});
}

function deadFiles({ path, text }: Text): readonly string[] {
	return [...text.matchAll(/\b((?:spec|docs|vectors)\/[A-Za-z0-9_/-]+\.(?:md|json))\b/g)]
		.filter((match) => !/[\w./-]/.test(text.charAt(match.index - 1)) && !existsSync(join(ROOT, match[1] ?? '')))
		.map((match) => at(path, text.slice(0, match.index).split('\n').length, `names ${match[1]}, which does not exist`));
}

const DECISIONS = 'docs/decisions/README.md';

function unlinkedDecisions(paths: readonly string[], index: string): readonly string[] {
	return paths.filter((path) => path !== DECISIONS && !index.includes(`](${posix.basename(path)})`));
}

describe('tidy: citations', () => {
	it('every rule that code cites is stated in spec/ (or is one of R1–R32)', () => {
		const stated = statedRules(texts(/^spec\/.*\.md$/));
		const own = /^sim\/test\/tidy\//;
		expect(
			texts(CODE)
				.filter(({ path }) => !own.test(path))
				.flatMap((text) => unknownRules(text, stated)),
		).toEqual([]);
	});

	it('sees a rule that is not there, and only that', () => {
		const stated = statedRules([
			{ path: 'spec/log.md', text: '# Log\n\n**L1** A.\n\n### L2 B\n| L3 | C |\n- **L4** D, see L9.\n' },
		]);
		const text = "// L1, L2 and L3 (L4): V8, SHA256, data:L7/x\nrefuse('L5');\n// R32\n// R33\n";
		expect(unknownRules({ path: 'a.ts', text }, stated).map((problem) => problem.split(', ')[0])).toEqual([
			'a.ts:2 cites L5',
			'a.ts:4 cites R33',
		]);
	});

	it('every link and every file that is named exists', () => {
		const files = [...texts(PROSE), ...texts(CODE)].filter(({ path }) => !path.startsWith('sim/test/tidy/'));
		expect([...texts(PROSE).flatMap(deadLinks), ...files.flatMap(deadFiles)]).toEqual([]);
	});

	it('sees a dead link and a file that is not there', () => {
		expect(
			deadLinks({ path: 'docs/a.md', text: '[a](../LICENSE) [b](none.md#x) [c](https://example.org)' }),
		).toHaveLength(1);
		expect(
			deadFiles({ path: 'a.ts', text: '// spec/none.md, data/spec/none.md, docs/decisions/README.md' }),
		).toHaveLength(1);
	});

	it('every decision is linked from its index, and each number is used once', () => {
		const paths = texts(/^docs\/decisions\/.*\.md$/).map(({ path }) => path);
		const index = texts(/^docs\/decisions\/README\.md$/)[0]?.text ?? '';
		expect(unlinkedDecisions(paths, index)).toEqual([]);
		const numbers = paths.flatMap((path) => /\/([0-9]{4})-/.exec(path)?.[1] ?? []);
		expect(numbers).toEqual([...new Set(numbers)]);
	});

	it('sees a decision that is not linked', () => {
		expect(
			unlinkedDecisions([DECISIONS, 'docs/decisions/0001-a.md', 'docs/decisions/0002-b.md'], '- [a](0001-a.md)'),
		).toEqual(['docs/decisions/0002-b.md']);
	});
});
