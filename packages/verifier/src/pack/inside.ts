/** What the files of a pack say of one another (Y10, Y12): a configuration has the digest that is its name and is there if an operation names it; the list of the program has the digest by which the pack calls the program. */
import { parseCanonical } from '@matokeo/core/std/canonical.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { splitLines } from '../books/checkBooks.ts';
import type { BundleFiles } from '../bundle/files.ts';
import type { PackFinding } from './checkPack.ts';
import { membersOf, wordOf } from './foreign.ts';
import type { PackManifest } from './manifest.ts';

const CONFIGURATION = /^configuration\/([0-9a-f]{64})\.json$/;
const OPERATIONS = /^books\/[^/]+\/operations\.jsonl$/;
const PROGRAM = 'build/program.sha256';

export function checkInside(suite: Suite, files: BundleFiles, manifest: PackManifest): readonly PackFinding[] {
	const findings: PackFinding[] = [];
	const parts = new Set(manifest.parts);
	const bytesOf = (path: string): Uint8Array | undefined => {
		const read = files.sizes.has(path) ? files.read(path) : undefined;
		return read?.ok === true ? read.value : undefined;
	};
	for (const path of files.sizes.keys()) {
		const named = CONFIGURATION.exec(path)?.[1];
		const bytes = named === undefined ? undefined : bytesOf(path);
		if (bytes !== undefined && suite.sha256Hex(bytes) !== named)
			findings.push({ where: path, problem: `it has the SHA-256 ${suite.sha256Hex(bytes)}, and another as its name` });
	}
	if (parts.has('configuration') && parts.has('books'))
		for (const [digest, where] of configurationsNamed([...files.sizes.keys()], bytesOf))
			if (!files.sizes.has(`configuration/${digest}.json`))
				findings.push({
					where: `configuration/${digest}.json`,
					problem: `it is missing: ${where} says that it was in force`,
				});
	const program = bytesOf(PROGRAM);
	if (program === undefined && parts.has('build'))
		findings.push({ where: PROGRAM, problem: 'it is missing: the part "build" has it' });
	if (program !== undefined && suite.sha256Hex(program) !== manifest.program.digest)
		findings.push({
			where: PROGRAM,
			problem: `it has the SHA-256 ${suite.sha256Hex(program)}; pack.json calls the program ${manifest.program.digest}`,
		});
	return findings;
}

/** Digest → the book whose operations name it. */
function configurationsNamed(
	paths: readonly string[],
	bytesOf: (path: string) => Uint8Array | undefined,
): ReadonlyMap<string, string> {
	const named = new Map<string, string>();
	for (const path of paths.filter((one) => OPERATIONS.test(one)))
		for (const line of splitLines(bytesOf(path) ?? new Uint8Array(0))) {
			const parsed = parseCanonical(line);
			const members = membersOf(parsed.ok ? parsed.value : undefined);
			const digest = wordOf(members.get('configuration'));
			if (members.get('kind') === 'start' && /^[0-9a-f]{64}$/.test(digest)) named.set(digest, path);
		}
	return named;
}
