/**
 * Which digit a patch of ink is, by its geometry: enclosed holes first, then how narrow it is, then on which side it is
 * open, above and below. No templates. What fits no description is `undefined`, never a guess.
 */
import { type Area, bounds, type Picture, runs } from './image.ts';

interface Hole {
	readonly middle: number;
	readonly height: number;
	readonly dots: number;
}

/** A hole of fewer dots is a flaw of the pen. */
const HOLE_MIN = 6;

/** Regions without ink that do not reach the border: `middle` and `height` as parts of the height. */
function holes(picture: Picture, area: Area): readonly Hole[] {
	const width = area.right - area.left + 2;
	const height = area.bottom - area.top + 2;
	const seen = new Uint8Array(width * height);
	const found: Hole[] = [];
	const flood = (start: number): Hole => {
		const stack = [start];
		seen[start] = 1;
		let [top, bottom, dots] = [height, 0, 0];
		for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
			const [x, y] = [at % width, Math.floor(at / width)];
			top = Math.min(top, y);
			bottom = Math.max(bottom, y + 1);
			dots++;
			for (const [nx, ny] of [
				[x - 1, y],
				[x + 1, y],
				[x, y - 1],
				[x, y + 1],
			] as const) {
				const next = ny * width + nx;
				if (nx < 0 || ny < 0 || nx >= width || ny >= height || seen[next] === 1) continue;
				if (picture.ink(area.left + nx - 1, area.top + ny - 1) && nx > 0 && ny > 0 && nx < width - 1 && ny < height - 1)
					continue;
				seen[next] = 1;
				stack.push(next);
			}
		}
		const inner = height - 2;
		return { middle: ((top + bottom) / 2 - 1) / inner, height: (bottom - top) / inner, dots };
	};
	flood(0);
	for (let y = 1; y < height - 1; y++)
		for (let x = 1; x < width - 1; x++)
			if (seen[y * width + x] === 0 && !picture.ink(area.left + x - 1, area.top + y - 1))
				found.push(flood(y * width + x));
	return found.filter((hole) => hole.dots >= HOLE_MIN);
}

interface Band {
	/** How deep it is open from the left and from the right, at most, as parts of the width. */
	readonly left: number;
	readonly right: number;
	/** Share of the rows that cross more than one stroke. */
	readonly forked: number;
	/** The widest run, as a part of the width. */
	readonly widest: number;
}

function band(picture: Picture, area: Area, from: number, to: number): Band {
	const width = area.right - area.left;
	const height = area.bottom - area.top;
	let [left, right, forked, widest, rows] = [0, 0, 0, 0, 0];
	for (let y = area.top + Math.floor(from * height); y < area.top + Math.ceil(to * height); y++) {
		const found = runs(picture, area, y);
		rows++;
		left = Math.max(left, (found[0]?.from ?? area.right) - area.left);
		right = Math.max(right, area.right - (found.at(-1)?.to ?? area.left));
		forked += found.length > 1 ? 1 : 0;
		widest = Math.max(widest, ...found.map((run) => run.to - run.from));
	}
	return { left: left / width, right: right / width, forked: forked / rows, widest: widest / width };
}

/** A digit without holes that is not narrow: two, three, four, five or seven. */
function openDigit(picture: Picture, area: Area): number | undefined {
	const head = band(picture, area, 0, 0.14);
	const upper = band(picture, area, 0.24, 0.42);
	const lower = band(picture, area, 0.62, 0.78);
	const foot = band(picture, area, 0.86, 1);
	if (upper.forked > 0.7 && lower.forked === 0 && foot.widest < 0.5) return 4;
	if (upper.right > 0.5 && upper.left < 0.35 && lower.left > 0.5 && lower.right < 0.3) return 5;
	if (upper.left < 0.4 || upper.right > 0.5) return undefined;
	if (lower.left > 0.6 && lower.right < 0.25) return 3;
	if (foot.widest > 0.7 && lower.right > 0.25) return 2;
	if (foot.widest < 0.5 && head.widest > 0.7 && lower.right > 0.25) return 7;
	return undefined;
}

/** The digit in an area, 0 to 9. */
export function readDigit(picture: Picture, cell: Area): number | undefined {
	const area = bounds(picture, cell);
	if (area === undefined) return undefined;
	const [first, second, ...more] = holes(picture, area);
	if (more.length > 0) return undefined;
	const narrow = (area.right - area.left) / (area.bottom - area.top) < 0.48;
	if (first !== undefined && second !== undefined) return narrow ? undefined : 8;
	if (first !== undefined) {
		if (first.height > 0.6) return 0;
		return first.middle > 0.55 ? 6 : first.middle < 0.45 ? 9 : undefined;
	}
	return narrow ? 1 : openDigit(picture, area);
}
