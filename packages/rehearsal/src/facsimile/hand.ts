/**
 * What a hand leaves on the form: digits in boxes, a smudge, a strike, a signature. Each digit has several shapes and
 * slants, chosen by the seed; all keep inside a box, and each keeps its topology (a four is open, a seven may be barred).
 * Spelling of shapes as in `glyphs.ts`. Knows neither fields nor layout.
 */
import type { Chance } from './chance.ts';
import { type Sprite, sprite } from './page.ts';
import { ink, type Path, type Point, parseStrokes, smooth, transform } from './strokes.ts';

const SHAPES: readonly (readonly string[])[] = [
	['@02828e0e', '@12827e0e', '@02738e1d'],
	['424e', '25424e', '34424e'],
	['~050282880e 0e8e', '~040282870e ~0e4d8e8d', '~150272780e 0e8e'],
	['~0402828838 ~38888e0e0c', '028248 ~48888e0e0c', '~0403727828 ~28798e1e0d'],
	['120989 636e', '020a8a 535e', '21098a 726e'],
	['721207 ~0836868e0e0c', '720208 ~0836868e0e0c', '821207 ~0746868e0e1d'],
	['~72020a @08888e0e', '~62010b @08778e0e', '~73120a @08888e0e'],
	['02823e', '02823e 3888', '0402823e'],
	['@12727818 @08888e0e', '@02727808 @18888e1e', '@22727828 @08888e0e'],
	['@02828808 865e', '@02828808 ~858f0e', '@12828919 848e'],
];
const SLANTS: readonly number[] = [-0.06, 0.06, 0.18];
const PEN = 3.1;
const UNIT = { x: 1.6, y: 1.8 };
/** How far a digit's middle may lie from the middle of its box, in dots. */
const STRAY = 2;
const SIGNATURES = 64;

/** The sprites of a writing hand, each with its origin in its own middle. */
export interface Hand {
	/** One writer's ten digits: the same shapes down the whole sheet, as people write. */
	readonly digits: (by: Chance) => readonly Sprite[];
	readonly signature: (by: Chance) => Sprite;
	readonly smudge: (width: number, by: Chance) => Sprite;
	readonly strike: (width: number, by: Chance) => Sprite;
	/** How far above or below the middle of its box a digit stands, in whole dots. */
	readonly stray: (by: Chance) => number;
}

function digitSprite(shape: string, slant: number): Sprite {
	const paths = transform(parseStrokes(shape), ({ x, y }) => ({
		x: (x - 4) * UNIT.x - slant * (y - 8) * UNIT.y,
		y: (y - 8) * UNIT.y,
	}));
	return sprite(ink(paths, PEN));
}

/** Loops that drift to the right and shrink, then a flourish: about 150 dots wide and 30 high. */
function signatureSprite(by: Chance): Sprite {
	const controls: Point[] = [];
	const loops = 3 + by.below(4);
	const pitch = 95 / loops;
	let x = -62;
	for (let i = 0; i < loops; i++) {
		const tall = i === 0 || by.below(4) === 0 ? 17 : 8;
		controls.push({ x, y: 6 + by.around(4) }, { x: x + pitch * 1.1, y: -tall + by.around(4) });
		controls.push({ x: x + pitch * 0.2, y: -tall * 0.6 + by.around(5) }, { x: x + pitch * 0.7, y: 9 + by.around(5) });
		x += pitch * (0.8 + by.around(0.25));
	}
	controls.push({ x: x + 30, y: -2 + by.around(6) }, { x: x + 45, y: 4 + by.around(8) });
	const paths: Path[] = [smooth(controls, false)];
	if (by.below(2) === 0) {
		const swing = [
			{ x: x + 30, y: 13 },
			{ x: -20, y: 11 + by.around(6) },
			{ x: -70, y: 18 },
		];
		paths.push(smooth(swing, false));
	}
	return sprite(ink(paths, 2));
}

/** A wet thumb over the boxes: nothing can be read under it. */
function smudgeSprite(width: number, by: Chance): Sprite {
	const half = width / 2 - 10;
	const blots: Path[] = [];
	for (let i = 0; i < 12 + width / 6; i++) {
		const x = by.around(half);
		const y = by.around(9);
		blots.push([
			{ x, y },
			{ x: x + by.around(6), y: y + by.around(4) },
		]);
	}
	const wiped = [-7, -2, 4, 8].map((y) => [
		{ x: -half, y: y + by.around(2) },
		{ x: half, y: y + by.around(2) },
	]);
	return sprite(ink([...blots, ...wiped], 6));
}

/** A double line and a zigzag through the boxes: the entry is cancelled and no other takes its place. */
function strikeSprite(width: number, by: Chance): Sprite {
	const half = width / 2 - 8;
	const tilt = by.around(3);
	const line = (y: number): Path => [
		{ x: -half, y: y + tilt },
		{ x: half, y: y - tilt },
	];
	const zigzag = Array.from({ length: 9 }, (_, i) => ({
		x: -half * 0.8 + (i * half * 1.6) / 8,
		y: i % 2 === 0 ? 11 : -11,
	}));
	return sprite(ink([line(-3), line(4), zigzag], 3));
}

export function makeHand(by: Chance): Hand {
	const digits = SHAPES.map((shapes) => SLANTS.map((slant) => shapes.map((shape) => digitSprite(shape, slant))));
	const signatures = Array.from({ length: SIGNATURES }, () => signatureSprite(by));
	const pick = (from: readonly Sprite[], chance: Chance): Sprite => {
		const chosen = from[chance.below(from.length)];
		if (chosen === undefined) throw new Error('invariant broken: a hand has a shape for every digit');
		return chosen;
	};
	return {
		digits: (chance) => {
			const slant = chance.below(SLANTS.length);
			return digits.map((shapes) => pick(shapes[slant] ?? [], chance));
		},
		signature: (chance) => pick(signatures, chance),
		smudge: smudgeSprite,
		strike: strikeSprite,
		stray: (chance) => chance.below(2 * STRAY + 1) - STRAY,
	};
}
