/**
 * Which papers the log's growth touches (`spec/storage.md`, D31): those of a new certificate or declaration, those of what it supersedes, and those of the declarations of a contest on which there is an order: they say so from then on. Everything else stays as it lies.
 */
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import { actsOf } from '@matokeo/core/rules/chains.ts';
import type { RecordReader } from '@matokeo/portal/record.ts';

const ABOUT_ACTS: ReadonlySet<string> = new Set(['collation/certify', 'result/declare', 'authority/order']);
/** Events read at a time. */
const EVENTS_CHUNK = 4_096;

/** Acts whose papers are to be written, of entries from one index up to, but not including, another. */
export function paperActs(record: RecordReader, from: number, to: number): readonly StatementId[] {
	const acts = new Set<StatementId>();
	for (let at = from; at < to; at += EVENTS_CHUNK)
		for (const { index, type } of record.events(at, Math.min(to, at + EVENTS_CHUNK))) {
			if (!ABOUT_ACTS.has(type)) continue;
			const note = record.note(index);
			const leaf = note === undefined ? undefined : parseLeaf(record.context.suite, note);
			if (leaf?.ok !== true) continue;
			const { id, statement } = leaf.value;
			if (statement.type === 'authority/order') {
				for (const one of declarationsUnder(record, id)) acts.add(one);
				continue;
			}
			acts.add(id);
			if ('supersedes' in statement && statement.supersedes !== undefined) acts.add(statement.supersedes.statement);
		}
	return [...acts];
}

function declarationsUnder({ rows }: RecordReader, order: StatementId): readonly StatementId[] {
	const contest = rows.get('order', order)?.contest;
	if (contest === undefined) return [];
	return [...actsOf(rows, contest)].flatMap(({ id, row }) => (row.kind === 'declaration' ? [id] : []));
}

/** All certificates and declarations that there are. */
export function allPaperActs({ election, rows }: Pick<RecordReader, 'election' | 'rows'>): readonly StatementId[] {
	const acts: StatementId[] = [];
	for (const contest of election.contests.keys())
		for (const { id, row } of actsOf(rows, contest))
			if (row.kind === 'certificate' || row.kind === 'declaration') acts.push(id);
	return acts;
}
