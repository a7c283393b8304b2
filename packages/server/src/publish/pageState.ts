/** Up to where the static pages follow the log (spec/site.md, W7): of which election, by which version of the site, at which size. What cannot be read counts as absent. */
import { isSize } from '@matokeo/core/log/decimal.ts';

export interface PageState {
	/** The package's digest. */
	readonly election: string;
	/** Of the site's assets and kind: another version writes every page anew. */
	readonly version: string;
	readonly size: number;
}

export function printPageState({ election, version, size }: PageState): string {
	return `${JSON.stringify({ election, version, size })}\n`;
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
	if (!('election' in value && 'version' in value && 'size' in value)) return false;
	const { election, version, size } = value;
	return typeof election === 'string' && typeof version === 'string' && typeof size === 'number' && isSize(size);
}
