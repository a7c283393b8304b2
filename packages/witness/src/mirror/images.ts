/** Which published images a mirror keeps (M12): all, none, or those of named areas, up to so many bytes. An image that it does not keep is known by its digest and is still at the source. */
import type { Context } from '@matokeo/core/rules/context.ts';

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
