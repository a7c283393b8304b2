/**
 * What a page knows beside its view: in which language it speaks, where it lies, of which election it is and at which state of the log. Links are relative, so that the site may lie
 * under any prefix and on any host.
 */

import type { Witnessing } from '../record.ts';
import { type DataAddress, dataPath, type Language, type PageAddress, pagePath, relativePath } from '../site/paths.ts';
import type { ElectionHead, Stamp } from '../views/types.ts';
import { type Words, wordsOf } from '../words/words.ts';

/** Paths of the assets from the site's root. */
export interface Assets {
	readonly css: string;
	readonly js: string;
	readonly icon: string;
}

/** That these are a mirror's pages: whom it follows, who runs it, and whether it still does. Its own page is `mirror.html`. */
export interface MirrorNotice {
	readonly origin: string;
	/** Who runs it, in their own words; shown as foreign text. */
	readonly by: string;
	/** UTC seconds of the mirror's clock at which it had verified what is shown. */
	readonly time: number;
	readonly state:
		| { readonly kind: 'follows' }
		/** UTC seconds of the last answer. */
		| { readonly kind: 'away'; readonly since: number }
		/** Path of the evidence file from the site's root. */
		| { readonly kind: 'security'; readonly evidence: string };
}

/** What all pages of one publication share. */
export interface Publication {
	readonly election: ElectionHead;
	readonly stamp: Stamp;
	/** Whether the API answers where this page lies; a static copy says how to check instead. */
	readonly live: boolean;
	readonly assets: Assets;
	/** Absent where the log itself is served. */
	readonly mirror?: MirrorNotice;
	/** What witnesses have seen: as it is now, or, on pages that stand still, only where to look. Absent where nobody knows of witnesses. */
	readonly witnessing?: Witnessing | 'elsewhere';
}

export interface PageContext extends Publication {
	readonly language: Language;
	readonly words: Words;
	/** This page's own path from the site's root. */
	readonly path: string;
	/** The way to a page in the same language. */
	readonly link: (address: PageAddress) => string;
	/** The way to a data file. */
	readonly data: (address: DataAddress) => string;
	/** The way to any other file, by its path from the site's root: `checkpoint`, a tile, a blob. */
	readonly file: (path: string) => string;
}

export function pageContext(publication: Publication, language: Language, address: PageAddress): PageContext {
	const path = pagePath(language, address);
	return {
		...publication,
		language,
		words: wordsOf(language),
		path,
		link: (to) => relativePath(path, pagePath(language, to)),
		data: (to) => relativePath(path, dataPath(to)),
		file: (to) => relativePath(path, to),
	};
}
