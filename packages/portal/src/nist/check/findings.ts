/** What is wrong with a report, by the rules X1–X15 of spec/exports.md: each finding with its place. Of one rule so many are kept, and all are counted. */

export interface NistFinding {
	readonly rule: string;
	/** Where in the report: `Election[0].Contest[1]`; empty for the report itself. */
	readonly at: string;
	readonly means: string;
}

export interface NistChecked {
	readonly findings: readonly NistFinding[];
	/** Of all, also those that are not listed. */
	readonly count: number;
	/** Things that were looked at: an empty report passes everything. */
	readonly looked: {
		readonly units: number;
		readonly elections: number;
		readonly contests: number;
		readonly counts: number;
	};
}

/** Whoever has broken one thing in every station need not read of each. */
const KEPT_PER_RULE = 50;

export interface Findings {
	readonly found: (rule: string, place: Place, means: string) => void;
	readonly all: () => Pick<NistChecked, 'findings' | 'count'>;
}

/** The way to a value, printed only when something is found there. */
export interface Place {
	readonly above?: Place;
	readonly step: string;
}

export function inside(above: Place, name: string, number?: number): Place {
	return { above, step: number === undefined ? name : `${name}[${number}]` };
}

export const TOP: Place = { step: '' };

function printPlace(place: Place): string {
	const steps: string[] = [];
	for (let at: Place | undefined = place; at !== undefined; at = at.above) if (at.step !== '') steps.push(at.step);
	return steps.reverse().join('.');
}

export function findingsBook(): Findings {
	const kept = new Map<string, NistFinding[]>();
	let count = 0;
	return {
		found: (rule, place, means) => {
			count++;
			const list = kept.get(rule) ?? [];
			kept.set(rule, list);
			if (list.length < KEPT_PER_RULE) list.push({ rule, at: printPlace(place), means });
		},
		all: () => ({ findings: [...kept.values()].flat(), count }),
	};
}
