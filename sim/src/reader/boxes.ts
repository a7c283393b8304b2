/**
 * Finds the strips of digit boxes in a picture from nothing but ruled lines: two level rules of the same reach, one
 * above the other, closed at both ends, and upright rules between them at equal distances. Knows neither how many fields
 * a form has nor where they stand.
 */
import { type Area, type Picture, runs } from './image.ts';

/** One field's boxes: the inside of each, from left to right. */
export interface Strip {
	readonly frame: Area;
	readonly cells: readonly Area[];
}

interface Rule {
	readonly from: number;
	readonly to: number;
	readonly top: number;
	bottom: number;
}

const RULE = { lengthMin: 24, thickMax: 5 };
const CELL = { widthMin: 14, heightMin: 20, heightMax: 70, unevenMax: 2 };

/** Level lines: runs of ink with the same ends in neighbouring rows. */
function levelRules(picture: Picture): readonly Rule[] {
	const whole = { left: 0, top: 0, right: picture.width, bottom: picture.height };
	const found: Rule[] = [];
	let open: Rule[] = [];
	for (let y = 0; y < picture.height; y++) {
		const next: Rule[] = [];
		for (const { from, to } of runs(picture, whole, y)) {
			if (to - from < RULE.lengthMin) continue;
			const above = open.find((rule) => rule.from === from && rule.to === to);
			const rule = above ?? { from, to, top: y, bottom: y + 1 };
			if (above === undefined) found.push(rule);
			rule.bottom = y + 1;
			next.push(rule);
		}
		open = next;
	}
	return found.filter((rule) => rule.bottom - rule.top <= RULE.thickMax);
}

/** Whether ink fills the column from the upper rule to the lower. */
function upright(picture: Picture, x: number, top: number, bottom: number): boolean {
	for (let y = top; y < bottom; y++) if (!picture.ink(x, y)) return false;
	return true;
}

function cellsBetween(picture: Picture, upper: Rule, lower: Rule): readonly Area[] {
	const cells: Area[] = [];
	let left = -1;
	for (let x = upper.from; x < upper.to; x++) {
		if (!upright(picture, x, upper.bottom, lower.top)) continue;
		if (left >= 0 && x - left >= CELL.widthMin) cells.push({ left, right: x, top: upper.bottom, bottom: lower.top });
		left = x + 1;
	}
	return left === upper.to ? cells : [];
}

function even(cells: readonly Area[]): boolean {
	const widths = cells.map((cell) => cell.right - cell.left);
	return Math.max(...widths) - Math.min(...widths) <= CELL.unevenMax;
}

/** Every strip of boxes, from the top of the picture down. */
export function findStrips(picture: Picture): readonly Strip[] {
	const rules = levelRules(picture);
	const strips: Strip[] = [];
	rules.forEach((upper, index) => {
		const lower = rules.slice(index + 1).find((rule) => rule.from === upper.from && rule.to === upper.to);
		if (lower === undefined) return;
		const height = lower.top - upper.bottom;
		if (height < CELL.heightMin || height > CELL.heightMax) return;
		const cells = cellsBetween(picture, upper, lower);
		const [first] = cells;
		if (first === undefined || !even(cells) || first.right - first.left > 2 * height) return;
		strips.push({ frame: { left: upper.from, right: upper.to, top: upper.top, bottom: lower.bottom }, cells });
	});
	return strips;
}
