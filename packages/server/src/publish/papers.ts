/**
 * Which papers the log's growth touches (`spec/storage.md`, D31): those of a new certificate or declaration, and those of what it supersedes, which say so from then on. Everything else stays as it lies.
 */
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import { actsOf } from '@matokeo/core/rules/chains.ts';
import type { RecordReader } from '@matokeo/portal/record.ts';

const ACTS: ReadonlySet<string> = new Set(['collation/certify', 'result/declare']);
/** Events read at a time. */
const EVENTS_CHUNK = 4_096;

/** Acts whose papers are to be written, of entries from one index up to, but not including, another. */
export function paperActs(record: RecordReader, from: number, to: number): readonly StatementId[] {
	const acts = new Set<StatementId>();
	for (let at = from; at < to; at += EVENTS_CHUNK)
		for (const { index, type } of record.events(at, Math.min(to, at + EVENTS_CHUNK))) {
			if (!ACTS.has(type)) continue;
			const note = record.note(index);
			const leaf = note === undefined ? undefined : parseLeaf(record.context.suite, note);
			if (leaf?.ok !== true) continue;
			const { id, statement } = leaf.value;
			acts.add(id);
			if ('supersedes' in statement && statement.supersedes !== undefined) acts.add(statement.supersedes.statement);
		}
	return [...acts];
}

/** All certificates and declarations that there are. */
export function allPaperActs({ election, rows }: Pick<RecordReader, 'election' | 'rows'>): readonly StatementId[] {
	const acts: StatementId[] = [];
	for (const contest of election.contests.keys())
		for (const { id, row } of actsOf(rows, contest))
			if (row.kind === 'certificate' || row.kind === 'declaration') acts.push(id);
	return acts;
}
