/**
 * What the HTTP service needs of the portal: files of the site by their path, and the JSON of one view. Whoever renders them, the service only carries bytes.
 */
import type { DataAddress, Language } from '../site/paths.ts';

export interface SiteFile {
	readonly body: string | Uint8Array;
	/** Content type, with charset where it is text. */
	readonly type: string;
	/** It will be another soon although the log stands still: nobody keeps it by the log's size. */
	readonly passing?: true;
}

/** More is being made than anybody should wait for; ask again later. */
export class PortalBusy extends Error {
	override readonly name = 'PortalBusy';
}

export interface PortalPort {
	/** A page, a data file, an asset or a paper, by its path from the root of the site; `undefined` when there is none. Throws `PortalBusy`. */
	readonly file: (path: string) => Promise<SiteFile | undefined>;
	/** What somebody typed as a station's number: the way from the page `find` of this language to the station's, or the page that says that there is none. */
	readonly find: (language: Language, number: string) => { readonly page: string } | SiteFile;
	/** The JSON of a view, byte for byte that of its data file; `undefined` when the contest, area or station does not exist. */
	readonly data: (address: DataAddress) => string | undefined;
	/** The JSON of a contest's totals as they stood at an earlier size. */
	readonly contestAt: (contest: string, size: number) => string | undefined;
}
