/** What a mirror prints when it stops (M30): SECURITY first, what the log did, both signed checkpoints, the proof, what it means, and what a person should do now. */
import { evidenceText } from '@matokeo/verifier/evidence/text.ts';
import type { KeptEvidence } from './evidenceBook.ts';

export function securityText({ path, file, verdict }: KeptEvidence): string {
	const { keys } = verdict;
	const anchor = keys.kind === 'anchored' ? ` --anchor ${keys.digest}` : '';
	return [
		`SECURITY: ${verdict.what}`,
		'',
		evidenceText(file, verdict),
		'What this means',
		...MEANING[file.kind].map((line) => `  ${line}`),
		'',
		'What to do',
		`  1. Keep this file, and copy it to another machine now: ${path}`,
		`  2. Let others check it, who need nothing else: matokeo verify --evidence ${path}${anchor}`,
		"  3. Tell the court or commission, the parties' agents, the log's witnesses and other mirrors, and send them the file.",
		'  4. Do not delete this folder. What is in it was verified before, and is what the log said until then.',
		`This mirror follows the log no further. When it is settled and said in public: matokeo mirror … --despite ${path}`,
		'',
	].join('\n');
}

const MEANING: Readonly<Record<KeptEvidence['file']['kind'], readonly string[]>> = {
	fork: [
		'The log has signed two histories. People were shown, or were about to be shown, different records of the same election.',
		'Only whoever holds the log’s key can have done this: the operator, or a thief of the key.',
	],
	rewritten: [
		'The log has signed two histories: the larger record leaves out or changes part of the smaller one.',
		'Only whoever holds the log’s key can have done this: the operator, perhaps after a backup was restored, or a thief of the key.',
	],
	rollback: [
		'A smaller state of the log is served than it has signed before. By itself this may be an old copy, or a server restored from a backup.',
		'If the log signs on from there, it has rewritten its history; the next comparison will prove it. The operator must explain, and must not log anything before.',
	],
	void: [
		'The log has let in what its own rules refuse. It counts for nothing in any total, here or anywhere.',
		'An honest server refuses such a statement: somebody changed the server, or wrote past it with the log’s key.',
	],
	backdated: [
		'The log has said an earlier time than the one at which it was written: witnesses had by then signed a log without it.',
		'What was logged after that tick came later than it says.',
	],
};
