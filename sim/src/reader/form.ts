/**
 * What a picture of a result form says, field by field from the top: a number, nothing, a figure struck through, a
 * smudge, or `unclear` where the reader would have to guess. A strike or smudge is known by crossing from box to box, so a
 * form with one box a row has them read as `unclear`. The only entry to this folder.
 */
import { findStrips, type Strip } from './boxes.ts';
import { readDigit } from './digit.ts';
import { type Area, bounds, openPicture, type Picture } from './image.ts';

export type ReadFigure = number | 'blank' | 'illegible' | 'struck' | 'unclear';

/** Part of the boxes' inside that ink covers in a smudge; a strike covers less. */
const SMUDGE = 0.35;

/** Whether ink stands on both sides of a ruled line, at the same height: no digit reaches that far. */
function crosses(picture: Picture, left: Area, right: Area): boolean {
	for (let y = left.top; y < left.bottom; y++)
		if (picture.ink(left.right - 1, y) && picture.ink(right.left, y)) return true;
	return false;
}

/** Ink that runs from one box into the next belongs to no digit. */
function crossing(picture: Picture, { cells }: Strip): 'illegible' | 'struck' | undefined {
	const across = cells.some((cell, i) => {
		const next = cells[i + 1];
		return next !== undefined && crosses(picture, cell, next);
	});
	if (!across) return undefined;
	let [covered, dots] = [0, 0];
	for (const cell of cells)
		for (let y = cell.top; y < cell.bottom; y++)
			for (let x = cell.left; x < cell.right; x++) {
				dots++;
				if (picture.ink(x, y)) covered++;
			}
	return covered > SMUDGE * dots ? 'illegible' : 'struck';
}

function readStrip(picture: Picture, strip: Strip): ReadFigure {
	const crossed = crossing(picture, strip);
	if (crossed !== undefined) return crossed;
	const written = strip.cells.map((cell) => bounds(picture, cell) !== undefined);
	const first = written.indexOf(true);
	if (first < 0) return 'blank';
	let value = 0;
	for (const cell of strip.cells.slice(first)) {
		const digit = readDigit(picture, cell);
		if (digit === undefined) return 'unclear';
		value = value * 10 + digit;
	}
	return value;
}

/** The figures of the form, one for each strip of boxes found, in the order in which they are printed. */
export function readForm(file: Uint8Array): readonly ReadFigure[] {
	const picture = openPicture(file);
	return findStrips(picture).map((strip) => readStrip(picture, strip));
}
