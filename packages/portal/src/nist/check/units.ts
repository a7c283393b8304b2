/** The tree of reporting units (X6, X7): a parent lists each child once, and nothing lies in itself, however many steps down. Two parents of one unit are no error: areas of an election need not be those of the map. */
import type { Findings } from './findings.ts';
import { type Item, text, textsOf } from './objects.ts';

/** Id of a unit → the ids of those directly in it. */
export type Inside = ReadonlyMap<string, readonly string[]>;

export function checkUnits(units: readonly Item[], { found }: Findings): Inside {
	const within = new Map<string, readonly string[]>();
	for (const unit of units) {
		const children = textsOf(unit, 'ComposingGpUnitIds');
		const id = text(unit, '@id');
		for (const child of new Set(repeated(children)))
			found('X6', unit.place, `ComposingGpUnitIds has "${child}" more than once.`);
		if (id !== undefined && !within.has(id)) within.set(id, children);
	}
	const sound = new Set<string>();
	for (const unit of units) {
		const circle = circleFrom(text(unit, '@id') ?? '', within, sound);
		if (circle !== undefined) found('X7', unit.place, `A unit lies in itself: ${inWords(circle)}.`);
	}
	return within;
}

const NAMED_MAX = 6;

function inWords(circle: readonly string[]): string {
	if (circle.length <= NAMED_MAX) return circle.join(' → ');
	return [...circle.slice(0, NAMED_MAX - 2), `${circle.length - NAMED_MAX + 1} more`, circle[0]].join(' → ');
}

function repeated(ids: readonly string[]): readonly string[] {
	const seen = new Set<string>();
	return ids.filter((id) => seen.size === seen.add(id).size);
}

/** Down from a unit, depth first without recursion; units from which no circle is reached are not walked again. */
function circleFrom(start: string, within: Inside, sound: Set<string>): readonly string[] | undefined {
	const path: string[] = [];
	const onPath = new Set<string>();
	const stack: { readonly id: string; readonly leave?: true }[] = [{ id: start }];
	for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
		if (step.leave === true) {
			sound.add(step.id);
			onPath.delete(step.id);
			path.pop();
			continue;
		}
		if (onPath.has(step.id)) {
			const circle = [...path.slice(path.indexOf(step.id)), step.id];
			// Told once, and not again from each unit in it or above it.
			for (const id of path) sound.add(id);
			return circle;
		}
		if (sound.has(step.id)) continue;
		path.push(step.id);
		onPath.add(step.id);
		stack.push({ id: step.id, leave: true });
		for (const child of within.get(step.id) ?? []) stack.push({ id: child });
	}
	return undefined;
}

/** Every unit below, each once, in no particular order. */
export function unitsBelow(id: string, within: Inside): ReadonlySet<string> {
	const below = new Set<string>();
	const stack = [...(within.get(id) ?? [])];
	for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
		if (below.has(next)) continue;
		below.add(next);
		stack.push(...(within.get(next) ?? []));
	}
	return below;
}
