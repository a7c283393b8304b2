/**
 * Whose keys an evidence file speaks of (V72): with the digest that was printed before polling, the file's own excerpt of the election package shows that they are the log's; without it they are the
 * reporter's word.
 */
import { MANIFEST, parseManifest } from '@matokeo/core/election/manifest.ts';
import { printVerifierKey } from '@matokeo/core/log/keys.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { Accused, PackageExcerpt } from './file.ts';

export type KeysOrigin =
	/** The package whose digest the reader brought names them. */
	| { readonly kind: 'anchored'; readonly digest: string }
	/** Nobody's word but the reporter's; `why` says what to compare. */
	| { readonly kind: 'stated'; readonly why: string }
	/** They are not what the reader's package says. */
	| { readonly kind: 'foreign'; readonly why: string };

const ELECTION = 'election.json';

export function judgeKeys(suite: Suite, accused: Accused, anchor: string | undefined): KeysOrigin {
	const lines = accused.keys.map(printVerifierKey);
	const stated = `That the log of the election signs with ${lines.join(' and ')}: compare with the election package.`;
	if (accused.package === undefined) {
		const none = 'The file brings no excerpt of the election package, so --anchor cannot be compared with it.';
		return { kind: 'stated', why: anchor === undefined ? stated : `${stated} ${none}` };
	}
	const digest = suite.sha256Hex(utf8Encode(accused.package.manifest));
	const wrong = wrongExcerpt(suite, accused, accused.package);
	if (wrong !== undefined) return { kind: 'foreign', why: wrong };
	if (anchor === undefined)
		return {
			kind: 'stated',
			why: `That the election is the one whose package has the digest ${digest}: compare with the one that was printed before polling, --anchor DIGEST.`,
		};
	return anchor === digest
		? { kind: 'anchored', digest }
		: { kind: 'foreign', why: `it is about the package ${digest}, you brought ${anchor}` };
}

function wrongExcerpt(suite: Suite, { origin, keys }: Accused, excerpt: PackageExcerpt): string | undefined {
	const manifest = parseManifest(excerpt.manifest);
	if (!manifest.ok) return `the excerpt of the package has no readable ${MANIFEST}`;
	const listed = manifest.value.find(({ path }) => path === ELECTION);
	if (listed?.sha256 !== suite.sha256Hex(utf8Encode(excerpt.election)))
		return `${ELECTION} in the excerpt of the package is not the one that its manifest lists`;
	const log = logIn(excerpt.election);
	if (log?.origin !== origin) return `the package names the log ${String(log?.origin)}, the file accuses ${origin}`;
	const foreign = keys.map(printVerifierKey).find((line) => line !== log.key && line !== log.spare);
	return foreign === undefined ? undefined : `the package does not name ${foreign} as a key of its log`;
}

/** `log` of `election.json`, whose other members need not be understood here. */
function logIn(text: string): { readonly origin: unknown; readonly key: unknown; readonly spare: unknown } | undefined {
	const root = parsed(text);
	const log = typeof root === 'object' && root !== null && 'log' in root ? root.log : undefined;
	if (typeof log !== 'object' || log === null) return undefined;
	const member = (name: string): unknown => new Map(Object.entries(log)).get(name);
	return { origin: member('origin'), key: member('key'), spare: member('spare') };
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
