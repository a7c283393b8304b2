/** Up to where the static pages follow the log (spec/site.md, W7): of which election, by which version of the site, at which size. What cannot be read counts as absent. */

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
		const { election, version, size } = JSON.parse(Buffer.from(bytes).toString('utf8')) as Partial<PageState>;
		if (typeof election !== 'string' || typeof version !== 'string' || !Number.isSafeInteger(size)) return undefined;
		return { election, version, size: size ?? 0 };
	} catch {
		return undefined;
	}
}
