/** What a topic of the site is made of: one view, the address of its data file, and how its pages are written. */
import type { PageContext } from '../pages/context.ts';
import type { DataAddress, PageAddress } from './paths.ts';

export interface Made {
	readonly data?: { readonly address: DataAddress; readonly view: object };
	readonly pages: readonly { readonly address: PageAddress; readonly write: (context: PageContext) => string }[];
}

export function made(
	data: DataAddress,
	view: object,
	address: PageAddress,
	write: (context: PageContext) => string,
): Made {
	return { data: { address: data, view }, pages: [{ address, write }] };
}
