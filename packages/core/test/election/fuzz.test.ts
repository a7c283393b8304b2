/** Damaged packages: bytes flipped, lines lost, doubled or swapped, files cut. Reading never throws or hangs, and every problem says what to do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MANIFEST } from '../../src/election/manifest.ts';
import { loadElection } from '../../src/election/package.ts';
import { utf8Decode, utf8Encode } from '../../src/std/bytes.ts';
import { portableSuite } from '../../src/std/portable.ts';
import { acceptedFiles, acceptedNames, type Bytes, remade } from './vectors.ts';

/** Keys cost a millisecond each in plain JavaScript and are not what is damaged here. */
const suite = { ...portableSuite, isPrimeOrder: () => true };
const PACKAGES: readonly Bytes[] = acceptedNames().map(acceptedFiles);

interface Damage {
	readonly kind: 'flip' | 'lose' | 'double' | 'swap' | 'cut' | 'insert' | 'cell';
	readonly at: number;
	readonly to: number;
	readonly text: string;
}

const damage: fc.Arbitrary<Damage> = fc.record({
	kind: fc.constantFrom('flip', 'lose', 'double', 'swap', 'cut', 'insert', 'cell'),
	at: fc.nat(),
	to: fc.nat(),
	text: fc.constantFrom(
		'"',
		',',
		'\n',
		'\r',
		'null',
		'-0',
		'1e3',
		'٣',
		'{',
		']',
		'__proto__',
		'constructor',
		'9'.repeat(20),
		'',
		' ',
		'\u202e',
	),
});

function damaged(bytes: Uint8Array, { kind, at, to, text }: Damage): Uint8Array {
	const place = at % Math.max(bytes.length, 1);
	if (kind === 'flip') return bytes.map((byte, index) => (index === place ? byte ^ (1 << (to % 8)) : byte));
	if (kind === 'cut') return bytes.slice(0, place);
	const decoded = utf8Decode(bytes) ?? '';
	if (kind === 'insert') return utf8Encode(decoded.slice(0, place) + text + decoded.slice(place));
	const separator = kind === 'cell' ? /([",\n])/ : /(\n)/;
	const parts = decoded.split(separator);
	const one = at % parts.length;
	const other = to % parts.length;
	const [first = '', second = ''] = [parts[one], parts[other]];
	if (kind === 'lose') parts.splice(one, 1);
	if (kind === 'double') parts.splice(one, 0, first, '\n');
	if (kind === 'swap') [parts[one], parts[other]] = [second, first];
	if (kind === 'cell') parts[one] = text;
	return utf8Encode(parts.join(''));
}

describe('damaged packages', () => {
	it('never throw, and every problem says where, what was expected, what came and what to do', () => {
		const changes = fc.array(fc.tuple(fc.nat(4), damage), { minLength: 1, maxLength: 3 });
		let refused = 0;
		fc.assert(
			fc.property(fc.nat(PACKAGES.length - 1), changes, fc.boolean(), (which, list, remake) => {
				const files = new Map(PACKAGES[which]);
				const paths = [...files.keys()].filter((path) => path !== MANIFEST);
				for (const [index, change] of list) {
					const path = paths[index % paths.length] ?? '';
					files.set(path, damaged(files.get(path) ?? new Uint8Array(), change));
				}
				const loaded = loadElection(suite, remake ? remade(files) : files);
				if (loaded.ok) return;
				refused += 1;
				expect(loaded.error.length).toBeGreaterThan(0);
				for (const problem of loaded.error) {
					expect(problem.rule).toMatch(/^P[0-9]{1,2}$/);
					expect([problem.expected, problem.came, problem.toDo]).not.toContain('');
					const text = utf8Decode(files.get(problem.file) ?? new Uint8Array());
					if (text !== undefined) expect(problem.line).toBeLessThanOrEqual(text.split(/\r\n|\r|\n/).length);
				}
			}),
			{ numRuns: 400 },
		);
		expect(refused).toBeGreaterThan(200);
	});

	it('never throw on a manifest of any bytes', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
				const files = new Map(PACKAGES[0]).set(MANIFEST, bytes);
				expect(loadElection(suite, files).ok).toBe(false);
			}),
			{ numRuns: 50 },
		);
	});

	it('a package of nothing is told all that it lacks', () => {
		const loaded = loadElection(suite, new Map());
		const files = loaded.ok ? [] : loaded.error.map(({ file }) => file);
		expect(files).toEqual(['areas.csv', 'candidates.csv', 'election.json', MANIFEST, 'stations.csv']);
	});
});
