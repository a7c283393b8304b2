/** A report, foreign JSON, as objects with classes, ids and members that are asked for one by one: whatever is not of the kind that was asked for is not there. It goes through everything once, and not beyond a depth that no report has. */
import { inside, type Place, TOP } from './findings.ts';

export interface Item {
	/** Without the name of the model: `VoteCounts`; '' when it is not said. */
	readonly class: string;
	readonly place: Place;
	readonly members: ReadonlyMap<string, unknown>;
}

export type Of = Pick<Item, 'members' | 'place'>;

const MODEL = /^ElectionResults\.([A-Za-z]{1,40})$/;
/** An office term in an office in a report is four. */
const DEPTH_MAX = 16;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function itemOf(value: unknown, place: Place): Item | undefined {
	if (!isObject(value)) return undefined;
	const members = new Map(Object.entries(value));
	const [, name = ''] = MODEL.exec(text({ members, place }, '@type') ?? '') ?? [];
	return { class: name, place, members };
}

/** The report and every object in it, each once, from the outside in. */
export function* everything(report: Item, depth = 0): Generator<Item> {
	yield report;
	if (depth === DEPTH_MAX) return;
	for (const [name, value] of report.members) {
		const listed = Array.isArray(value);
		const values: readonly unknown[] = listed ? value : [value];
		for (const [number, one] of values.entries()) {
			const item = itemOf(one, inside(report.place, name, listed ? number : undefined));
			if (item !== undefined) yield* everything(item, depth + 1);
		}
	}
}

export function text({ members }: Of, name: string): string | undefined {
	const value = members.get(name);
	return typeof value === 'string' ? value : undefined;
}

export function number({ members }: Of, name: string): number | undefined {
	const value = members.get(name);
	return typeof value === 'number' ? value : undefined;
}

/** One text, or a list of texts. */
export function textsOf({ members }: Of, name: string): readonly string[] {
	const value = members.get(name);
	const values: readonly unknown[] = Array.isArray(value) ? value : [value];
	return values.flatMap((one) => (typeof one === 'string' ? [one] : []));
}

export function items(of: Of, name: string): readonly Item[] {
	const value = of.members.get(name);
	if (!Array.isArray(value)) return [];
	return value.flatMap((one: unknown, place) => itemOf(one, inside(of.place, name, place)) ?? []);
}

export function reportOf(value: unknown): Item | undefined {
	const report = itemOf(value, TOP);
	return report?.class === 'ElectionReport' ? report : undefined;
}
