/**
 * Whom the log asks for cosignatures (`spec/storage.md`, D23): the witnesses of the package's policy, each with the address that the policy or the operator gives. The operator can say where a witness is
 * reached, and nothing else: whose signature counts, and who must see the log, is the package's alone.
 */
import type { Election } from '@matokeo/core/election/types.ts';
import type { VerifierKey } from '@matokeo/core/log/keys.ts';
import type { Policy } from '@matokeo/core/log/policy.ts';
import { parsePolicy } from '@matokeo/core/log/policyFile.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { assert, err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';

export interface KnownWitness {
	/** The policy's name for it. */
	readonly name: string;
	readonly key: VerifierKey;
	/** A party's id, or a word such as `court`. */
	readonly runBy: string;
	/** Submission and monitoring prefix, without a slash at its end; absent where nobody has given one: such a witness is never asked. */
	readonly url?: string;
}

export interface Roster {
	readonly policy: Policy;
	/** In the order of the policy. */
	readonly witnesses: readonly KnownWitness[];
}

/** An address longer than this was not meant. */
const URL_CHARACTERS_MAX = 1_024;

/** `given`: addresses by the policy's names, instead of the policy's own. */
export function rosterOf(
	suite: Suite,
	{ witnesses: { source, runBy } }: Election,
	given: ReadonlyMap<string, string> = new Map(),
): Result<Roster> {
	const policy = parsePolicy(suite, utf8Encode(source));
	assert(policy.ok, 'the witness policy was checked with the package');
	const names = policy.value.witnesses.map(({ name }) => name);
	for (const [name, url] of given) {
		if (!names.includes(name))
			return err(
				`the package names no witness "${name}"; it names ${names.join(', ') || 'none'}. Who may witness is fixed in the package`,
			);
		if (addressIn(url) === undefined)
			return err(`"${url}" is no address of a witness; expected http:// or https://, a host and perhaps a path`);
	}
	const witnesses = policy.value.witnesses.map(({ name, key, url: ofPolicy }): KnownWitness => {
		const url = addressIn(given.get(name) ?? ofPolicy ?? '');
		return { name, key, runBy: runBy[name] ?? name, ...(url === undefined ? {} : { url }) };
	});
	return ok({ policy: policy.value, witnesses });
}

function addressIn(text: string): string | undefined {
	if (text.length > URL_CHARACTERS_MAX || !URL.canParse(text)) return undefined;
	const { protocol, username, password, search, hash, href } = new URL(text);
	const plain = username === '' && password === '' && search === '' && hash === '';
	return plain && (protocol === 'http:' || protocol === 'https:') ? href.replace(/\/+$/, '') : undefined;
}
