/**
 * The policy file (L26, tlog-policy): one definition to a line, names before they are used. Print and parse are inverse on what
 * a policy says; comments and spacing are not part of it. It does not know what a quorum means (`policy.ts`).
 */
import { hexEncode, utf8Decode } from '../std/bytes.ts';
import type { Result } from '../std/result.ts';
import { assert, err, ok } from '../std/result.ts';
import type { Suite } from '../std/suite.ts';
import { parseSize } from './decimal.ts';
import type { KeyAlgorithm, VerifierKey } from './keys.ts';
import { parseVerifierKey, printVerifierKey } from './keys.ts';
import { POLICY_BYTES_MAX, POLICY_LINES_MAX } from './limits.ts';
import type { Policy, PolicyGroup, PolicyLog, PolicyWitness } from './policy.ts';

/** What has been read so far. */
interface Draft {
	readonly logs: PolicyLog[];
	readonly witnesses: PolicyWitness[];
	readonly groups: PolicyGroup[];
	/** Every name that a group or the quorum may use. */
	readonly names: Set<string>;
	/** Names that are in a group already. */
	readonly grouped: Set<string>;
	/** Public keys in hex: none may appear twice. */
	readonly keys: Set<string>;
	quorum: string | undefined;
}

/** L26. The refusal names the line. */
export function parsePolicy(suite: Suite, bytes: Uint8Array): Result<Policy> {
	if (bytes.length > POLICY_BYTES_MAX) return err(`L29: a policy has at most ${POLICY_BYTES_MAX} bytes`);
	const text = utf8Decode(bytes);
	if (text === undefined) return err('L26: the policy is not UTF-8');
	const lines = text.split('\n');
	if (lines.pop() !== '') return err('L26: the last line does not end in a newline');
	const draft: Draft = {
		logs: [],
		witnesses: [],
		groups: [],
		names: new Set(),
		grouped: new Set(),
		keys: new Set(),
		quorum: undefined,
	};
	if (lines.length > POLICY_LINES_MAX) return err(`L29: a policy has at most ${POLICY_LINES_MAX} lines`);
	for (const [index, line] of lines.entries()) {
		const problem = readLine(suite, draft, line);
		if (problem !== undefined) return err(`L26: line ${index + 1}: ${problem}`);
	}
	const { logs, witnesses, groups, quorum } = draft;
	return quorum === undefined ? err('L26: the policy has no quorum line') : ok({ logs, witnesses, groups, quorum });
}

/** L26: logs, witnesses, groups, quorum; one space between items. */
export function printPolicy(policy: Policy): string {
	const lines = [
		...policy.logs.map(({ key, url }) => ['log', printVerifierKey(key), ...optional(url)]),
		...policy.witnesses.map(({ name, key, url }) => ['witness', name, printVerifierKey(key), ...optional(url)]),
		...policy.groups.map(({ name, threshold, members }) => ['group', name, String(threshold), ...members]),
		['quorum', policy.quorum],
	];
	assert(
		lines.flat().every((item) => /^[^\0- \x7f]+$/.test(item)),
		'the items of a policy have no spaces',
	);
	return `${lines.map((items) => items.join(' ')).join('\n')}\n`;
}

/** The problem with the line, if it has one. */
function readLine(suite: Suite, draft: Draft, line: string): string | undefined {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
	if (/[\0-\b\n-\x1f\x7f]/.test(line)) return 'has a control character other than tab';
	const items = line.split(/[ \t]+/).filter((item) => item !== '');
	const [keyword = '#', ...rest] = items;
	if (keyword.startsWith('#')) return undefined;
	switch (keyword) {
		case 'log':
			return readLog(suite, draft, rest);
		case 'witness':
			return readWitness(suite, draft, rest);
		case 'group':
			return readGroup(draft, rest);
		case 'quorum':
			return readQuorum(draft, rest);
		default:
			return `expected log, witness, group or quorum, found ${JSON.stringify(keyword.slice(0, 40))}`;
	}
}

function readLog(suite: Suite, draft: Draft, items: readonly string[]): string | undefined {
	const [vkey, url, ...more] = items;
	if (vkey === undefined || more.length > 0) return 'expected "log <vkey> [<url>]"';
	const key = readKey(suite, draft, vkey, 1);
	if (!key.ok) return key.error;
	draft.logs.push({ key: key.value, ...(url === undefined ? {} : { url }) });
	return undefined;
}

function readWitness(suite: Suite, draft: Draft, items: readonly string[]): string | undefined {
	const [name, vkey, url, ...more] = items;
	if (name === undefined || vkey === undefined || more.length > 0) return 'expected "witness <name> <vkey> [<url>]"';
	const key = readKey(suite, draft, vkey, 4);
	if (!key.ok) return key.error;
	draft.witnesses.push({ name, key: key.value, ...(url === undefined ? {} : { url }) });
	return define(draft, name);
}

function readGroup(draft: Draft, items: readonly string[]): string | undefined {
	const [name, thresholdText, ...members] = items;
	if (name === undefined || thresholdText === undefined || members.length === 0) {
		return 'expected "group <name> <k|any|all> <member>..."';
	}
	const threshold = thresholdText === 'any' || thresholdText === 'all' ? thresholdText : parseSize(thresholdText);
	if (threshold === undefined || threshold === 0)
		return `not a threshold: ${JSON.stringify(thresholdText.slice(0, 40))}`;
	if (typeof threshold === 'number' && threshold > members.length) return `${threshold} of ${members.length} members`;
	for (const member of members) {
		if (!draft.names.has(member)) return `${JSON.stringify(member)} is not defined before this line`;
		if (draft.grouped.has(member)) return `${JSON.stringify(member)} is in a group already`;
		draft.grouped.add(member);
	}
	draft.groups.push({ name, threshold, members });
	return define(draft, name);
}

function readQuorum(draft: Draft, items: readonly string[]): string | undefined {
	const [name, ...more] = items;
	if (name === undefined || more.length > 0) return 'expected "quorum <name>"';
	if (draft.quorum !== undefined) return 'a second quorum line';
	if (name !== 'none' && !draft.names.has(name)) return `${JSON.stringify(name)} is not defined before this line`;
	draft.quorum = name;
	return undefined;
}

function define(draft: Draft, name: string): string | undefined {
	if (name === 'none') return '"none" cannot be defined';
	if (draft.names.has(name)) return `${JSON.stringify(name)} is defined twice`;
	draft.names.add(name);
	return undefined;
}

/** A key of the algorithm that its line asks for and that no other line has. */
function readKey(suite: Suite, draft: Draft, vkey: string, algorithm: KeyAlgorithm): Result<VerifierKey> {
	const key = parseVerifierKey(suite, vkey);
	if (!key.ok) return key;
	if (key.value.algorithm !== algorithm)
		return err(`expected a key of algorithm ${algorithm}, found ${key.value.algorithm}`);
	const hex = hexEncode(key.value.publicKey);
	if (draft.keys.has(hex)) return err('the public key is on another line already');
	draft.keys.add(hex);
	return key;
}

function optional(url: string | undefined): readonly string[] {
	return url === undefined ? [] : [url];
}
