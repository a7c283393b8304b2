/**
 * A whole number shared out in whole parts: in proportion to weights, by the largest remainder (the earlier of equal ones first), no part above its cap.
 * The parts always sum to the whole.
 */
export function apportion(
	total: number,
	weights: readonly number[],
	caps: readonly number[] = weights.map(() => total),
): readonly number[] {
	if (caps.reduce((sum, cap) => sum + cap, 0) < total) throw new Error(`${total} do not fit under the caps`);
	const parts = weights.map(() => 0);
	let open = weights.map((_, place) => place);
	let left = total;
	for (;;) {
		const weight = open.reduce((sum, place) => sum + at(weights, place), 0);
		const full = open.filter((place) => left * at(weights, place) >= at(caps, place) * weight);
		if (full.length === 0 || full.length === open.length) break;
		for (const place of full) {
			parts[place] = at(caps, place);
			left -= at(caps, place);
		}
		open = open.filter((place) => !full.includes(place));
	}
	const weight = open.reduce((sum, place) => sum + at(weights, place), 0);
	const rests = open.map((place) => {
		const part = Math.min(at(caps, place), weight === 0 ? 0 : Math.floor((left * at(weights, place)) / weight));
		parts[place] = part;
		return { place, rest: left * at(weights, place) - part * weight };
	});
	left -= open.reduce((sum, place) => sum + at(parts, place), 0);
	rests.sort((one, other) => other.rest - one.rest || one.place - other.place);
	while (left > 0)
		for (const { place } of rests) {
			if (left === 0 || at(parts, place) >= at(caps, place)) continue;
			parts[place] = at(parts, place) + 1;
			left -= 1;
		}
	return parts;
}

function at(list: readonly number[], place: number): number {
	const value = list[place];
	if (value === undefined) throw new Error('a place outside of the list');
	return value;
}
