/** S4: the table of `spec/bodies.md` and the one that the code asks are the same, type by type and member by member. */
import { SHAPES } from '@matokeo/core/record/shapes.ts';
import type { StatementType } from '@matokeo/core/record/statement.ts';
import type { Json } from '@matokeo/core/std/canonical.ts';
import { describe, expect, it } from 'vitest';
import { texts } from './lib/tree.ts';

const SPEC = texts(/^spec\/bodies\.md$/)[0]?.text ?? '';

interface Body {
	readonly type: string;
	readonly required: readonly string[];
	readonly optional: readonly string[];
	readonly words: readonly string[];
}

/** The types of the first block, each on one line. */
function bodiesOf(text: string): readonly Body[] {
	return [...text.matchAll(/^([a-z]+\/[a-z]+) +\{ (.*) \}$/gm)].map((match) => {
		const members = membersOf(match[2] ?? '');
		return { type: match[1] ?? '', ...namesOf(members), words: members };
	});
}

function namesOf(members: readonly string[]): Pick<Body, 'required' | 'optional'> {
	const names = members.map((member) => /^([a-z0-9_]+)(\??)/.exec(member));
	return {
		required: names.filter((name) => name?.[2] === '').map((name) => name?.[1] ?? ''),
		optional: names.filter((name) => name?.[2] === '?').map((name) => name?.[1] ?? ''),
	};
}

/** The alternatives of a block: `{ kind: word, members }`, one a line. */
function kindsOf(block: string): readonly ({ readonly kind: string } & Pick<Body, 'required' | 'optional'>)[] {
	const text = new RegExp(`^${block} [\\s\\S]*?\\n(\\n|\`\`\`)`, 'm').exec(SPEC)?.[0] ?? '';
	return [...text.matchAll(/\{ kind: ([a-z-]+)(?:, (.*))? \}/g)].map(([, kind = '', members]) => ({
		kind,
		...namesOf(members === undefined ? [] : membersOf(members)),
	}));
}

/** Splits at commas that stand in no inner bracket. */
function membersOf(text: string): readonly string[] {
	const members: string[] = [];
	let depth = 0;
	let from = 0;
	for (const [place, sign] of [...text].entries()) {
		if (sign === '{' || sign === '[') depth++;
		if (sign === '}' || sign === ']') depth--;
		if (sign !== ',' || depth > 0) continue;
		members.push(text.slice(from, place).trim());
		from = place + 1;
	}
	return [...members, text.slice(from).trim()];
}

function shapeOf(type: string) {
	const shape = SHAPES[type as StatementType];
	return (value: Json): string => shape(value, 'it') ?? '';
}

/** The members that the code says an empty body lacks. */
function lacking(type: string): readonly string[] {
	return (/ lacks (.*)$/.exec(shapeOf(type)({}))?.[1] ?? '').split(', ').sort();
}

/** Alternatives of words, where the member is one of a list: `kind: a | b`. */
function alternatives(member: string): readonly string[] {
	const list = /^[a-z0-9]+\??: ([a-z-]+(?: \| [a-z-]+)+)$/.exec(member)?.[1];
	return list === undefined ? [] : list.split(' | ');
}

describe('tidy: bodies of statements', () => {
	const bodies = bodiesOf(SPEC);

	it('S1 the same twenty-five types', () => {
		expect(bodies.map(({ type }) => type).sort()).toEqual(Object.keys(SHAPES).sort());
	});

	it.each(bodies)('S4 $type has the members that the table says', ({ type, required, optional }) => {
		expect(lacking(type)).toEqual([...required].sort());
		for (const name of optional) expect(shapeOf(type)({ [name]: true })).not.toContain('does not belong');
		expect(shapeOf(type)({ stranger: true })).toContain('does not belong');
	});

	it.each(bodies)('S4 the words that the table lists for $type are those of the code', ({ type, words }) => {
		for (const member of words) {
			const list = alternatives(member);
			if (list.length === 0) continue;
			const name = /^[a-z0-9]+/.exec(member)?.[0] ?? '';
			expect(shapeOf(type)({ [name]: 'stranger' })).toBe(`it.${name} must be one of ${list.join(', ')}`);
		}
	});

	const BLOCKS = [
		['CHANGE', 'election/amend', 'change'],
		['DECISION', 'form/ruling', 'decision'],
		['OUTCOME', 'result/declare', 'outcome'],
		['TARGET', 'objection/lodge', 'target'],
		['NOTICE', 'notice/file', 'notice'],
		['ORDER', 'authority/order', 'order'],
	] as const;

	it.each(BLOCKS)('S4 the kinds of %s, and the members of each, are those of the code', (block, type, member) => {
		const kinds = kindsOf(block);
		const shape = (value: Json) => shapeOf(type)({ [member]: value });
		expect(shape({ kind: 'stranger' })).toBe(
			`it.${member}.kind must be one of ${kinds.map(({ kind }) => kind).join(', ')}`,
		);
		for (const { kind, required, optional } of kinds) {
			const lacks = /^it\.[a-z]+ lacks (.*)$/.exec(shape({ kind }))?.[1]?.split(', ').sort() ?? [];
			expect(lacks).toEqual([...required].sort());
			for (const name of [...required, ...optional])
				expect(shape({ kind, [name]: true })).not.toContain('does not belong');
			expect(shape({ kind, stranger: true })).toContain('does not belong');
		}
	});

	const PARTS = [
		['CUSTODY', 'form/original', 'custody'],
		['COUNTS', 'collation/certify', 'counts'],
		['PROCEED', 'collation/certify', 'proceed'],
		['SUPERSEDES', 'result/declare', 'supersedes'],
		['BEHALF', 'objection/lodge', 'behalf'],
	] as const;

	it.each(PARTS)('S4 the members of %s are those of the code', (block, type, member) => {
		const inner = new RegExp(`^${block} += \\{ (.*?) \\}`, 'm').exec(SPEC)?.[1] ?? '';
		const { required, optional } = namesOf(membersOf(inner));
		expect(required.length + optional.length).toBeGreaterThan(1);
		const shape = (value: Json) => shapeOf(type)({ [member]: value });
		const lacks = /^it\.[a-z]+ lacks (.*)$/.exec(shape({}))?.[1]?.split(', ').sort() ?? [];
		expect(lacks).toEqual([...required].sort());
		for (const name of [...required, ...optional]) expect(shape({ [name]: true })).not.toContain('does not belong');
		expect(shape({ stranger: true })).toContain('does not belong');
	});

	it('sees a member that is missing, and one too many', () => {
		const [body] = bodiesOf('clock/tick       { by, time: SECONDS, zone?: ID }\n');
		expect(body?.optional).toEqual(['zone']);
		expect(shapeOf('clock/tick')({ zone: true })).toContain('does not belong');
		expect(lacking('clock/tick')).not.toEqual(['by']);
	});
});
