/**
 * From strokes to dots: a stroke's spelling becomes a path of short straight pieces, and a path becomes the set of dots
 * that a round pen leaves. Knows neither letters nor pages; carries no rule of `spec/` (a facsimile is no evidence).
 */
export interface Point {
	readonly x: number;
	readonly y: number;
}

export type Path = readonly Point[];

/** A picture of one colour: `dots[y * width + x]` is 1 where there is ink; `left`, `top` place it beside its origin. */
export interface Bitmap {
	readonly width: number;
	readonly height: number;
	readonly left: number;
	readonly top: number;
	readonly dots: Uint8Array;
}

const PIECES = 8;

function points(text: string): Point[] {
	const found: Point[] = [];
	for (let i = 0; i + 1 < text.length; i += 2)
		found.push({ x: Number.parseInt(text.charAt(i), 36), y: Number.parseInt(text.charAt(i + 1), 36) });
	return found;
}

function middle(a: Point, b: Point): Point {
	return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function bend(into: Point[], from: Point, over: Point, to: Point): void {
	for (let i = 1; i <= PIECES; i++) {
		const t = i / PIECES;
		const u = 1 - t;
		into.push({
			x: u * u * from.x + 2 * u * t * over.x + t * t * to.x,
			y: u * u * from.y + 2 * u * t * over.y + t * t * to.y,
		});
	}
}

/** A quadratic spline through the middles of its control polygon; an open one begins and ends at its end points. */
export function smooth(controls: Path, closed: boolean): Path {
	const count = controls.length;
	const at = (index: number): Point => controls[index % count] ?? { x: 0, y: 0 };
	if (count < 3) return controls;
	const start = closed ? middle(at(count - 1), at(0)) : at(0);
	const path: Point[] = [start];
	let from = start;
	for (let i = closed ? 0 : 1; i < (closed ? count : count - 1); i++) {
		const to = !closed && i === count - 2 ? at(count - 1) : middle(at(i), at(i + 1));
		bend(path, from, at(i), to);
		from = to;
	}
	return path;
}

/** The paths of a glyph, in its own units. */
export function parseStrokes(text: string): readonly Path[] {
	return text.split(' ').map((stroke) => {
		if (stroke.startsWith('~')) return smooth(points(stroke.slice(1)), false);
		if (stroke.startsWith('@')) return smooth(points(stroke.slice(1)), true);
		return points(stroke);
	});
}

export function transform(paths: readonly Path[], move: (point: Point) => Point): readonly Path[] {
	return paths.map((path) => path.map(move));
}

function near(x: number, y: number, a: Point, b: Point, reach: number): boolean {
	const dx = b.x - a.x;
	const dy = b.y - a.y;
	const length = dx * dx + dy * dy;
	const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / length));
	const ex = x - a.x - t * dx;
	const ey = y - a.y - t * dy;
	return ex * ex + ey * ey < reach * reach;
}

/** Every dot whose middle lies under a round pen of this diameter that follows the paths. */
export function ink(paths: readonly Path[], pen: number): Bitmap {
	const all = paths.flat();
	const reach = pen / 2;
	const left = Math.floor(Math.min(...all.map((p) => p.x)) - reach);
	const top = Math.floor(Math.min(...all.map((p) => p.y)) - reach);
	const width = Math.ceil(Math.max(...all.map((p) => p.x)) + reach) - left;
	const height = Math.ceil(Math.max(...all.map((p) => p.y)) + reach) - top;
	const dots = new Uint8Array(width * height);
	const piece = (a: Point, b: Point): void => {
		const x1 = Math.min(width - 1, Math.ceil(Math.max(a.x, b.x) + reach) - left);
		const y1 = Math.min(height - 1, Math.ceil(Math.max(a.y, b.y) + reach) - top);
		for (let y = Math.max(0, Math.floor(Math.min(a.y, b.y) - reach) - top); y <= y1; y++)
			for (let x = Math.max(0, Math.floor(Math.min(a.x, b.x) - reach) - left); x <= x1; x++)
				if (near(x + left + 0.5, y + top + 0.5, a, b, reach)) dots[y * width + x] = 1;
	};
	for (const path of paths)
		path.forEach((point, i) => {
			piece(path[i - 1] ?? point, point);
		});
	return { width, height, left, top, dots };
}
