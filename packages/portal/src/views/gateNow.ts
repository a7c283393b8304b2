/**
 * The gate of a contest's next declaration as pages show it (S43): the conditions and open items of `gate.ts` at the latest mark. Before the first mark only counts are told: every open item
 * stands in the lists of what is missing, and a list of the whole election is not made anew with every form.
 */
import type { Contest } from '@matokeo/core/election/types.ts';
import { contestRow } from '@matokeo/core/rules/chains.ts';
import { collationRow } from '@matokeo/core/rules/collations.ts';
import { type GateCondition, openClasses } from '@matokeo/core/rules/gate.ts';
import { countsNow } from '@matokeo/core/standings/marking.ts';
import type { RecordReader } from '../record.ts';
import type { GateNow, GateStep } from './collationTypes.ts';
import { gateView } from './gate.ts';
import type { ConditionView, GateView } from './gateTypes.ts';

const BEFORE: readonly GateCondition[] = ['mark', 'named', 'witnesses', 'stay', 'annulled', 'open-outcome'];

/** `undefined` where the package names nobody who declares. */
export function gateNow(reader: RecordReader, contest: Contest): GateNow | undefined {
	const { declaration: law } = contest;
	if (law === undefined) return undefined;
	const { declared = 0, declaration, stays = [], annulled } = contestRow(reader.rows, contest.id);
	const signers = law.by.kind === 'officer' ? ({ kind: 'officer', area: contest.scope } as const) : law.by;
	const next = {
		number: declared + 1,
		...(declaration === undefined ? {} : { in_force: declaration }),
		signers,
	};
	const marked = collationRow(reader.rows, contest.id, contest.scope).mark;
	const view = marked === undefined ? undefined : gateView(reader, contest, contest.scope);
	if (view?.mark !== undefined) return { ...atMark(reader, view, view.mark), ...next };
	const counts = countsNow(reader, contest, contest.scope);
	const stayed = stays.length > 0 || (collationRow(reader.rows, contest.id, contest.scope).stays ?? []).length > 0;
	return {
		counts,
		conditions: BEFORE.map((condition): GateStep => {
			if (condition === 'mark') return { condition, state: 'unmet' };
			if (condition === 'stay') return { condition, state: stayed ? 'unmet' : 'met' };
			if (condition === 'annulled') return { condition, state: annulled === undefined ? 'met' : 'unmet' };
			return { condition, state: 'unknown' };
		}),
		open: openClasses(counts).map((one) => ({ ...one, items: [] })),
		...next,
	};
}

function atMark(
	{ election }: RecordReader,
	view: GateView,
	mark: NonNullable<GateView['mark']>,
): Pick<GateNow, 'mark' | 'counts' | 'conditions' | 'open' | 'silent_from'> {
	const { witnessTimeout } = election.proceedings;
	const conditions = view.gates.find(({ kind }) => kind === 'declaration')?.conditions ?? [];
	const { id, index, time } = mark;
	const waits = view.open.some(({ open }) => open === 'unwitnessed');
	return {
		mark: { id, index, time },
		counts: view.counts,
		conditions: conditions.map((one) => stepOf(one, view, waits)),
		open: view.open,
		...(witnessTimeout === undefined || !waits ? {} : { silent_from: time + witnessTimeout }),
	};
}

/** Witnesses that are silent may be named when their time is over: that follows from the clock alone, so it is told as waiting. */
function stepOf({ condition, state }: ConditionView, { open }: GateView, waits: boolean): GateStep {
	if (condition === 'witnesses') return { condition, state: waits ? 'waits' : 'met' };
	if (condition !== 'named') return { condition, state };
	return { condition, state: open.some((one) => one.open !== 'unwitnessed') ? 'choose' : 'met' };
}
