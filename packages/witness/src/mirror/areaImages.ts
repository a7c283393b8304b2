/**
 * Which images belong to named areas (M12): those that captures of the areas' stations name, noted as the statements are replayed and read out of the bundles afterwards. Texts, documents and tables that filings name belong to
 * everybody: they are few, and what is disputed or ordered concerns the whole.
 */
import { isWithin } from '@matokeo/core/election/geography.ts';
import { FILINGS, filesNamedBy } from '@matokeo/core/record/filesNamed.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import { stationOf } from '@matokeo/core/rules/stations.ts';
import type { LoggedEvent } from '@matokeo/core/standings/events.ts';
import type { ImagePolicy } from './images.ts';

export interface AreaImages {
	readonly observe: (event: LoggedEvent, context: Context, rows: RowReader) => void;
	/** Nothing while captures of the areas, or filings, were replayed and not read yet. */
	readonly wants: (sha256: string) => boolean | undefined;
	/** After a step. */
	readonly settle: (context: Context, note: (index: number) => Uint8Array | undefined) => void;
}

export function areaImages(policy: ImagePolicy): AreaImages {
	const noted: number[] = [];
	const wanted = new Set<string>();
	return {
		observe: ({ type, contest: contestId, station: stationId, index }, context, rows) => {
			if (policy.kind !== 'areas') return;
			if (FILINGS.has(type)) noted.push(index);
			if (type !== 'form/capture') return;
			const contest = context.election.contests.get(contestId);
			const station = stationOf(context, rows, stationId);
			if (contest === undefined || station === undefined) return;
			if (policy.areas.some((area) => isWithin(context.election, area, station, contest))) noted.push(index);
		},
		wants: (sha256) => {
			if (policy.kind !== 'areas') return policy.kind === 'all';
			return wanted.has(sha256) || (noted.length > 0 ? undefined : false);
		},
		settle: ({ suite }, note) => {
			for (const index of noted.splice(0)) {
				const leaf = parseLeaf(suite, note(index) ?? new Uint8Array(0));
				if (!leaf.ok) continue;
				const { statement } = leaf.value;
				const images = statement.type === 'form/capture' ? statement.images.map(({ sha256 }) => sha256) : [];
				for (const sha256 of [...images, ...filesNamedBy(statement)]) wanted.add(sha256);
			}
		},
	};
}
