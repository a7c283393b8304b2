/** Which published images a mirror keeps (M12): all, none, or those of named areas, up to so many bytes. An image that it does not keep is known by its digest and is still at the source. */
import { isWithin } from '@matokeo/core/election/geography.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import { stationOf } from '@matokeo/core/rules/stations.ts';

export type ImagePolicy =
	| { readonly kind: 'all' | 'none' }
	/** Ids of areas of the package. */
	| { readonly kind: 'areas'; readonly areas: readonly string[] };

/** `all`, `none`, or ids of areas with commas between; `undefined` for anything else. */
export function parseImagePolicy(text: string): ImagePolicy | undefined {
	if (text === 'all' || text === 'none') return { kind: text };
	const areas = text.split(',');
	return areas.every((area) => /^[a-z0-9._/-]{1,64}$/.test(area)) ? { kind: 'areas', areas } : undefined;
}

export function printImagePolicy(policy: ImagePolicy): string {
	return policy.kind === 'areas' ? policy.areas.join(',') : policy.kind;
}

/** Areas of the policy that the package does not know. */
export function unknownAreas({ election }: Context, policy: ImagePolicy): readonly string[] {
	return policy.kind === 'areas' ? policy.areas.filter((area) => !election.areas.has(area)) : [];
}

/** Whether the policy keeps the images of this capture. */
export function keepsImagesOf(context: Context, rows: RowReader, policy: ImagePolicy, capture: string): boolean {
	if (policy.kind !== 'areas') return policy.kind === 'all';
	const ref = rows.get('capture', capture);
	const contest = ref === undefined ? undefined : context.election.contests.get(ref.contest);
	const station = ref === undefined ? undefined : stationOf(context, rows, ref.station);
	if (contest === undefined || station === undefined) return false;
	return policy.areas.some((area) => isWithin(context.election, area, station, contest));
}
