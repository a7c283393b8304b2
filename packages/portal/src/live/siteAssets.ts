/**
 * The site's stylesheet, script and icon as files whose names carry their digest, so that they may be kept for ever and never be the wrong ones for a page.
 */
import { createHash } from 'node:crypto';
import { siteIcon, siteScript, siteStyle } from '../design/assets.ts';
import type { Assets } from '../pages/context.ts';

export interface Asset {
	readonly bytes: Uint8Array;
	readonly type: string;
}

export interface SiteAssets {
	readonly paths: Assets;
	/** By path from the site's root. */
	readonly files: ReadonlyMap<string, Asset>;
}

/** Hex digits of the digest in a name. */
const DIGITS = 12;

export function siteAssets(): SiteAssets {
	const css = siteStyle();
	const js = siteScript();
	const icon = siteIcon();
	const paths = {
		css: `assets/site-${digest(css)}.css`,
		js: `assets/site-${digest(js)}.js`,
		icon: `assets/icon-${digest(icon)}.svg`,
	};
	return {
		paths,
		files: new Map([
			[paths.css, { bytes: Buffer.from(css), type: 'text/css; charset=utf-8' }],
			[paths.js, { bytes: Buffer.from(js), type: 'text/javascript; charset=utf-8' }],
			[paths.icon, { bytes: Buffer.from(icon), type: 'image/svg+xml' }],
		]),
	};
}

function digest(text: string): string {
	return createHash('sha256').update(text).digest('hex').slice(0, DIGITS);
}
