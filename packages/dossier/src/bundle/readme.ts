/**
 * `README.txt` of a bundle (B37): for a judge, an advocate or an editor who has never heard of this system, in three languages. It says what the bundle is, what was verified when it was made, how to check it without trusting whoever made it, and what it
 * cannot show. Every digest and number comes from the bundle itself.
 */
import type { Mode } from '@matokeo/core/election/types.ts';
import type { Subject } from '@matokeo/verifier/bundle/manifest.ts';
import { english } from './readmeEn.ts';
import { spanish } from './readmeEs.ts';
import { swahili } from './readmeSw.ts';

export interface ReadmeFacts {
	readonly subject: Subject;
	/** As the package names the election. */
	readonly title: string;
	readonly mode: Mode;
	/** 64 hex digits. */
	readonly package: string;
	readonly origin: string;
	readonly size: number;
	/** Base64. */
	readonly root: string;
	/** UTC seconds of the log's clock. */
	readonly time: number;
	readonly witnesses: readonly string[];
	readonly verified: boolean;
	readonly statements: number;
	readonly blobs: number;
	readonly leftOut: number;
	readonly attestations: number;
	/** SHA-256 of `verify.mjs`. */
	readonly program: string;
	/** Path of the page to open, in English; without it no page was made. */
	readonly page?: string;
}

const RULE = '='.repeat(78);

export function readmeText(facts: ReadmeFacts): string {
	const parts = [english(facts), spanish(facts), swahili(facts)];
	return `English: below. Español: más abajo. Kiswahili: chini zaidi.\n\n${parts.map((part) => `${RULE}\n${part.join('\n')}\n`).join('\n')}`;
}
