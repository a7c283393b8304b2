/** Up to where the static pages follow the log (spec/site.md, W7): of which election, by which version of the site, at which size. What cannot be read counts as absent. */
import { isSize } from '@matokeo/core/log/decimal.ts';

export interface PageState {
	/** The package's digest. */
	readonly election: string;
	/** Of the site's assets and kind: another version writes every page anew. */
	readonly version: string;
	readonly size: number;
	/** The same of the lists of missing stations, which are published less often. */
	readonly lists: number;
}

export function printPageState({ election, version, size, lists }: PageState): string {
	return `${JSON.stringify({ election, version, size, lists })}\n`;
}

export function parsePageState(bytes: Uint8Array | undefined): PageState | undefined {
	if (bytes === undefined) return undefined;
	try {
		const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
		return isState(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

function isState(value: unknown): value is PageState {
	if (typeof value !== 'object' || value === null) return false;
	if (!('election' in value && 'version' in value && 'size' in value && 'lists' in value)) return false;
	const { election, version, size, lists } = value;
	const sizes = [size, lists].every((one) => typeof one === 'number' && isSize(one));
	return typeof election === 'string' && typeof version === 'string' && sizes;
}
