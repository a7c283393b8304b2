/**
 * The witness policy of a package (`spec/package.md`, P55–P58): its log, who runs each witness, and that no contestant could stop the
 * election by silence or satisfy the quorum alone.
 */

import { canBeMetWithout, canBeSplit, evaluateQuorum, type Policy } from '../log/policy.ts';
import { parsePolicy } from '../log/policyFile.ts';
import { bytesEqual } from '../std/bytes.ts';
import { asId, asObject, asTable, asText, type Node, type Shape, tell } from './jsonShape.ts';
import { LIMITS } from './limits.ts';
import type { Files } from './manifest.ts';
import { quote } from './problem.ts';
import { enterKey, type KeyRing } from './readKeys.ts';
import { readSource } from './sourceText.ts';
import type { Election, Mode, Party, WitnessPolicy } from './types.ts';

export interface WitnessContext {
	readonly files: Files;
	readonly ring: KeyRing;
	readonly log: Election['log'] | undefined;
	readonly parties: readonly Party[];
	readonly mode: Mode | undefined;
}

export function readWitnesses(shape: Shape, node: Node, context: WitnessContext): WitnessPolicy | undefined {
	const get = asObject(shape, node, 'witnesses', ['policy', 'run_by']);
	const pathNode = get?.('policy');
	const path = asText(shape, pathNode, 'the path of the policy');
	const runByNode = get?.('run_by');
	const runBy: Record<string, string> = {};
	for (const [name, value] of asTable(shape, runByNode, 'run_by', LIMITS.witnessesMax)) {
		const runner = asId(shape, value, 'who runs the witness');
		if (runner !== undefined) runBy[name] = runner;
	}
	if (path === undefined || pathNode === undefined) return undefined;
	const bytes = context.files.get(path);
	if (bytes === undefined) {
		return tell(
			shape,
			pathNode,
			'P55',
			'a file of the package',
			`no file ${quote(path)}`,
			'add the file or correct the path',
		);
	}
	const source = readSource(path, bytes, shape.problems);
	if (source === undefined) return undefined;
	const parsed = parsePolicy(context.ring.suite, bytes);
	if (!parsed.ok) {
		const line = /line ([0-9]{1,6}):/.exec(parsed.error)?.[1];
		shape.problems.add({
			rule: 'P55',
			file: path,
			line: line === undefined ? 0 : Number(line),
			column: line === undefined ? 0 : 1,
			expected: 'a witness policy (C2SP tlog-policy)',
			came: parsed.error,
			toDo: 'mend that line: log, witness, group and quorum lines, names before they are used',
		});
		return undefined;
	}
	checkPolicy(shape, path, source.text, parsed.value, runBy, context);
	if (runByNode?.kind === 'object') {
		const names = new Set(parsed.value.witnesses.map((witness) => witness.name));
		for (const name of Object.keys(runBy)) {
			if (names.has(name)) continue;
			tell(
				shape,
				runByNode,
				'P57',
				'witnesses of the policy only',
				quote(name),
				`delete it, or add the witness to ${path}`,
			);
		}
	}
	return { source: source.text, runBy };
}

function checkPolicy(
	shape: Shape,
	path: string,
	text: string,
	policy: Policy,
	runBy: Readonly<Record<string, string>>,
	context: WitnessContext,
): void {
	const lines = text.split('\n').map((line) => line.trim().split(/[ \t]+/));
	const tellPolicy = (words: readonly string[], rule: string, expected: string, came: string, toDo: string): void => {
		const found = lines.findIndex((line) => words.every((word, index) => line[index] === word)) + 1;
		shape.problems.add({ rule, file: path, line: found, column: found > 0 ? 1 : 0, expected, came, toDo });
	};
	const key = context.log?.key;
	const own = policy.logs.some((log) => key?.name === log.key.name && bytesEqual(key.publicKey, log.key.publicKey));
	if (key !== undefined && !own)
		tellPolicy(['log'], 'P56', `a log line with the key of ${key.name}`, 'none', 'copy log.key from election.json');
	for (const witness of policy.witnesses) {
		const line = ['witness', witness.name];
		const before = enterKey(context.ring, witness.key.name, witness.key.publicKey, 'the witness');
		if (before !== undefined)
			tellPolicy(line, 'P51', 'each key and each key name once in the package', before, 'a witness has its own key');
		if (runBy[witness.name] !== undefined) continue;
		const expected = `an entry for ${witness.name} in witnesses.run_by of election.json`;
		tellPolicy(
			line,
			'P57',
			expected,
			'none',
			'say who runs the witness: a party’s id, or a word such as court, observers, newsroom',
		);
	}
	if (policy.quorum === 'none') {
		if (context.mode !== 'official') return;
		tellPolicy(['quorum'], 'P58', 'a quorum of witnesses in an official election', 'none', 'name a group of witnesses');
		return;
	}
	checkContestants(policy, runBy, context.parties, (...rest) => tellPolicy(['quorum'], 'P58', ...rest));
	if (context.mode !== 'official' || !canBeSplit(policy)) return;
	const came = 'two quorums without a common witness: honest witnesses could cosign two histories, each shown one';
	tellPolicy(
		['quorum'],
		'P58',
		'a quorum that shares a witness with every other',
		came,
		'raise the threshold to more than half',
	);
}

function checkContestants(
	policy: Policy,
	runBy: Readonly<Record<string, string>>,
	parties: readonly Party[],
	tellQuorum: (expected: string, came: string, toDo: string) => void,
): void {
	for (const { id } of parties) {
		const own = new Set(policy.witnesses.map(({ name }) => name).filter((name) => runBy[name] === id));
		if (own.size === 0) continue;
		const named = [...own].join(', ');
		if (!canBeMetWithout(policy, own)) {
			const came = `without ${named} (run by ${id}) the quorum cannot be met`;
			tellQuorum(
				'a quorum that no contestant can prevent by silence',
				came,
				'lower the threshold or add other witnesses',
			);
		}
		if (evaluateQuorum(policy, own).met) {
			const came = `${named} (run by ${id}) meet it alone`;
			tellQuorum('a quorum that needs more than one contestant', came, 'raise the threshold or add other witnesses');
		}
	}
}
