/** How pages show digests and ids of statements: enough to find them by, all of it to those who point at it. */
import { type Html, html } from '../../html/html.ts';

const LIMITS = {
	/** Characters in running text; all of it stands in the list of proofs. */
	digestShown: 12,
} as const;

export function shortDigest(digest: string): Html {
	return html`<code title="${digest}">${digest.slice(0, LIMITS.digestShown)}…</code>`;
}
