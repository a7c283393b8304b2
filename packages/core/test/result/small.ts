/**
 * Small random elections for the properties of RS9 and RS10, and every completion of them by enumeration. It shares nothing with the
 * adversary's arithmetic: a completion is a world with nothing outstanding.
 */
import fc from 'fast-check';
import type { Condition } from '../../src/result/rule.ts';
import type { FigureArea, Figures, World } from '../../src/result/tally.ts';
import { AREA_IDS, condition, LEVEL } from './smallRules.ts';

export interface Small {
	readonly world: World;
	readonly condition: Condition;
}

const figures = (candidates: number, categories: number, most: number): fc.Arbitrary<Figures> =>
	fc.record({
		votes: fc.array(fc.bigInt({ min: 0n, max: BigInt(most) }), { minLength: candidates, maxLength: candidates }),
		categories: fc
			.array(fc.bigInt({ min: 0n, max: 2n }), { minLength: categories, maxLength: categories })
			.map((list) => Object.fromEntries(list.map((votes, index) => [`k${index}`, votes]))),
		registered: fc.bigInt({ min: 0n, max: 14n }),
		room: fc.bigInt({ min: 0n, max: 3n }),
	});

function completionsOf(room: bigint, fields: number): number {
	let count = 1;
	for (let i = 1; i <= fields; i++) count = (count * (Number(room) + i)) / i;
	return count;
}

/** Up to `budget` completions: rooms beyond it are closed. */
export const small = (budget: number, most = 5, conditionOf = condition): fc.Arbitrary<Small> =>
	fc
		.tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 1, max: 3 }))
		.chain(([candidates, categories, areas]) =>
			fc
				.record({
					cells: fc.array(figures(candidates, categories, most), { minLength: areas + 1, maxLength: areas + 1 }),
					weights: fc.array(fc.bigInt({ min: 0n, max: 3n }), { minLength: areas, maxLength: areas }),
					out: fc.option(fc.integer({ min: 0, max: candidates - 1 }), { freq: 4 }),
					ahead: fc.bigInt({ min: 0n, max: 4n }),
					condition: conditionOf(areas),
				})
				.map(({ cells, weights, out, condition: rule, ahead }) => {
					let product = 1;
					const fitted = cells
						.map((cell) => withLead(cell, ahead))
						.map((cell) => {
							const more = completionsOf(cell.room ?? 0n, candidates + categories);
							if (product * more > budget) return { ...cell, room: 0n };
							product *= more;
							return cell;
						});
					return {
						condition: rule,
						world: assemble(
							fitted,
							weights,
							Array.from({ length: candidates }, (_, index) => index !== out),
						),
					};
				}),
		);

/** The first candidate ahead by so much in every cell, and a register of up to twice the ballots: thresholds come near. */
function withLead(cell: Figures, ahead: bigint): Figures {
	const votes = cell.votes.map((own, index) => (index === 0 ? own + ahead : own));
	const ballots = [...votes, ...Object.values(cell.categories)].reduce((sum, own) => sum + own, 0n);
	return {
		...cell,
		votes,
		registered:
			cell.registered < 3n
				? cell.registered
				: 2n * ballots + cell.registered - 7n > 0n
					? 2n * ballots + cell.registered - 7n
					: 0n,
	};
}

/** The last cell lies in no area. */
function assemble(cells: readonly Figures[], weights: readonly bigint[], eligible: readonly boolean[]): World {
	const areas: FigureArea[] = cells
		.slice(0, -1)
		.map((cell, index) => ({ id: AREA_IDS[index] ?? '', figures: cell, electors: weights[index] ?? 0n }));
	return {
		eligible,
		denominators: {
			cast: { candidates: true, categories: ['k0', 'k1'] },
			some: { candidates: true, categories: ['k0'] },
			valid: { candidates: true, categories: [] },
			registered: 'registered',
		},
		total: cells.reduce(plus),
		areas: new Map([[LEVEL, areas]]),
	};
}

function plus(a: Figures, b: Figures): Figures {
	return {
		votes: a.votes.map((votes, index) => votes + (b.votes[index] ?? 0n)),
		categories: Object.fromEntries(
			Object.keys(a.categories).map((id) => [id, (a.categories[id] ?? 0n) + (b.categories[id] ?? 0n)]),
		),
		registered: a.registered + b.registered,
		room: (a.room ?? 0n) + (b.room ?? 0n),
	};
}

/** Every completion: all non-negative integers over candidates and categories in every cell, up to its room. */
export function* completions(world: World): Generator<World> {
	const areas = world.areas.get(LEVEL) ?? [];
	const abroad = areas.reduce((left, area) => minus(left, area.figures), world.total);
	const cells = [...areas.map((area) => area.figures), abroad];
	for (const filled of fillAll(cells, 0)) {
		yield assemble(
			filled,
			areas.map((area) => area.electors ?? 0n),
			world.eligible,
		);
	}
}

function minus(a: Figures, b: Figures): Figures {
	return {
		votes: a.votes.map((votes, index) => votes - (b.votes[index] ?? 0n)),
		categories: Object.fromEntries(
			Object.keys(a.categories).map((id) => [id, (a.categories[id] ?? 0n) - (b.categories[id] ?? 0n)]),
		),
		registered: a.registered - b.registered,
		room: (a.room ?? 0n) - (b.room ?? 0n),
	};
}

function* fillAll(cells: readonly Figures[], at: number): Generator<readonly Figures[]> {
	const cell = cells[at];
	if (cell === undefined) {
		yield [];
		return;
	}
	for (const filled of fill(cell)) for (const rest of fillAll(cells, at + 1)) yield [filled, ...rest];
}

function* fill(cell: Figures): Generator<Figures> {
	const keys = Object.keys(cell.categories);
	for (const added of spread(cell.room ?? 0n, cell.votes.length + keys.length)) {
		yield {
			...cell,
			room: 0n,
			votes: cell.votes.map((votes, index) => votes + (added[index] ?? 0n)),
			categories: Object.fromEntries(
				keys.map((id, index) => [id, (cell.categories[id] ?? 0n) + (added[cell.votes.length + index] ?? 0n)]),
			),
		};
	}
}

function* spread(room: bigint, fields: number): Generator<readonly bigint[]> {
	if (fields === 0) {
		yield [];
		return;
	}
	for (let own = 0n; own <= room; own++) for (const rest of spread(room - own, fields - 1)) yield [own, ...rest];
}
