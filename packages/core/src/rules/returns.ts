/**
 * What follows from what lies on a return (S27–S30): which capture counts, which readings agree, what differs. Pure questions over one row; the
 * answers that must not change later (an acceptance, a difference once seen) are written into the row by `settle`.
 */
import { verdictOf } from '../election/expressionValue.ts';
import type { Contest, Severity, Station } from '../election/types.ts';
import type { Figure } from '../record/statement.ts';
import { agree, countedNumbers, numberAt } from './figures.ts';
import type { Accepted, CaptureRow, OriginalRow, ReadingRow, ReturnRow } from './rows.ts';

/** A contest at a polling station, as they stand at this index. */
export interface Place {
	readonly contest: Contest;
	readonly station: Station;
}

const COPIES = new Set(['agent-copy', 'posted-copy', 'collation']);

/** An official capture: by an officer, of a form that can be counted. Copies of agents and observers are shown, never counted. */
export function isOfficial({ role, kind }: Pick<CaptureRow, 'role' | 'kind'>): boolean {
	return (role === 'presiding-officer' || role === 'receiving-officer') && !COPIES.has(kind);
}

export function isReceived(capture: CaptureRow): boolean {
	return isOfficial(capture) && capture.held !== undefined;
}

/** The capture that counts: the one an order put in place, else the one a ruling selected, else the first received official one. */
export function countedCapture(row: ReturnRow): CaptureRow | undefined {
	const substituted = substitutedCapture(row);
	if (substituted !== undefined) return substituted;
	if (row.selected !== undefined) return row.captures.find(({ id }) => id === row.selected);
	let first: CaptureRow | undefined;
	for (const capture of row.captures) {
		if (isReceived(capture) && (first?.held ?? Number.POSITIVE_INFINITY) > (capture.held ?? 0)) first = capture;
	}
	return first;
}

/** The capture that an order named, once a reading of it is accepted: until then the order has no figures (S42). */
export function substitutedCapture(row: ReturnRow): CaptureRow | undefined {
	const { substitute } = row;
	const capture = substitute === undefined ? undefined : row.captures.find(({ id }) => id === substitute.capture);
	return capture?.accepted === undefined ? undefined : capture;
}

/** The first opened reading that another opened reading of the same capture equals. */
export function agreedReading(contest: Contest, capture: CaptureRow): ReadingRow | undefined {
	const { readings } = capture;
	for (let i = 0; i < readings.length; i++) {
		for (let j = i + 1; j < readings.length; j++) {
			const [a, b] = [readings[i], readings[j]];
			if (a?.figures !== undefined && b?.figures !== undefined && agree(contest, a.figures, b.figures)) return a;
		}
	}
	return undefined;
}

/** What the paper of a capture says as far as it is known, else what the officer says of it. */
function knownFigures(contest: Contest, capture: CaptureRow): readonly Figure[] | undefined {
	return capture.accepted?.figures ?? agreedReading(contest, capture)?.figures ?? capture.figures;
}

/** What an expression of the package reads on a return: the figures by field id, the register as `station.…`. */
export function figuresLookup(
	{ contest, station }: Place,
	figures: readonly Figure[],
): (id: string) => number | undefined {
	return (id) => {
		if (id === 'station.registered') return station.registered;
		if (id === 'station.supplementary') return station.supplementary;
		if (id === 'station.ballots') return station.ballots;
		const place = contest.fields.findIndex((field) => field.id === id);
		return place < 0 ? undefined : numberAt(contest, figures, place);
	};
}

/** The ids of the checks of this severity that the figures do not pass. An error blocks inclusion, never capture (R27); a warning only flags (R26). */
export function failedChecks(at: Place, figures: readonly Figure[], severity: Severity = 'error'): readonly string[] {
	const candidates = at.contest.candidates.map(({ id }) => id);
	const value = figuresLookup(at, figures);
	const checks = at.contest.form.checks.filter((check) => check.severity === severity);
	return checks
		.filter(({ expression, tolerance }) => verdictOf(expression, { candidates, value }, tolerance) !== 'pass')
		.map(({ id }) => id);
}

/** An acceptance, with the checks that stand against it at this index. */
export function acceptance(at: Place, reading: ReadingRow, by: Accepted['by']): Accepted {
	const figures = reading.figures ?? [];
	const fails = failedChecks(at, figures);
	const flags = failedChecks(at, figures, 'warning');
	return {
		reading: reading.id,
		figures,
		by,
		...(fails.length === 0 ? {} : { fails }),
		...(flags.length === 0 ? {} : { flags }),
	};
}

/**
 * The row with everything written into it that follows by itself: two readings agree and equal the officer's figures (or the officer
 * gave none) → accepted; a difference seen for the first time → added to `differences`, for good.
 */
export function settle(at: Place, row: ReturnRow): ReturnRow {
	const { contest } = at;
	let { captures } = row;
	for (const capture of captures) {
		if (capture.accepted !== undefined || !isReceived(capture)) continue;
		const agreed = agreedReading(contest, capture);
		if (agreed?.figures === undefined) continue;
		if (capture.figures !== undefined && !agree(contest, capture.figures, agreed.figures)) continue;
		const accepted = acceptance(at, agreed, 'agreement');
		captures = captures.map((other) => (other === capture ? { ...other, accepted } : other));
	}
	const known = row.differences ?? [];
	const fresh = differencesOf(contest, { ...row, captures }).filter((difference) => !known.includes(difference));
	if (captures === row.captures && fresh.length === 0) return row;
	const next = fresh.length === 0 ? { ...row, captures } : { ...row, captures, differences: [...known, ...fresh] };
	const took = substitutedCapture(row) === undefined && substitutedCapture(next) !== undefined;
	return took ? allSettled(next) : next;
}

/** Every difference so far is settled: by a ruling, or by the figures that an order put in place. */
export function allSettled(row: ReturnRow): ReturnRow {
	return row.differences === undefined ? row : { ...row, settled: row.differences.length };
}

/**
 * Differences between documents of one return: the paper against its officer, and every other received official capture against the one that
 * counts (or, while nothing is known of that one's figures, against the first of which something is).
 */
function differencesOf(contest: Contest, row: ReturnRow): readonly string[] {
	const differences: string[] = [];
	const official = row.captures.filter(isReceived);
	for (const capture of official) {
		const paper = capture.accepted?.figures ?? agreedReading(contest, capture)?.figures;
		if (paper !== undefined && capture.figures !== undefined && !agree(contest, paper, capture.figures)) {
			differences.push(`officer ${capture.id}`);
		}
	}
	const original = effectiveOriginal(row);
	if (original !== undefined && original.differs.length > 0) differences.push(`original ${original.id}`);
	if (official.length < 2) return differences;
	const counted = countedCapture(row);
	const known = official.flatMap((capture) => {
		const figures = knownFigures(contest, capture);
		return figures === undefined ? [] : [{ capture, figures }];
	});
	const reference = known.find(({ capture }) => capture === counted) ?? known[0];
	for (const { capture, figures } of known) {
		if (capture !== reference?.capture && !agree(contest, reference?.figures ?? [], figures))
			differences.push(`capture ${capture.id}`);
	}
	return differences;
}

export function isDiscrepant(row: ReturnRow): boolean {
	return row.differences !== undefined;
}

/** A difference that no ruling has settled. */
export function isOpen(row: ReturnRow): boolean {
	return (row.differences?.length ?? 0) > (row.settled ?? 0);
}

/** The figures of the verified stage, or `undefined` when the return is not verified. */
export function verifiedNumbers(
	contest: Contest,
	row: ReturnRow,
	counted: CaptureRow | undefined,
): readonly number[] | undefined {
	const accepted = counted?.accepted;
	if (accepted === undefined) return undefined;
	const asWritten = row.asWritten === true || counted === substitutedCapture(row);
	return accepted.fails !== undefined && !asWritten ? undefined : countedNumbers(contest, accepted.figures);
}

/** The original that has effect on the return (S33). */
function effectiveOriginal(row: ReturnRow): OriginalRow | undefined {
	return row.original === undefined ? undefined : row.originals?.find(({ id }) => id === row.original);
}

/** The figures of the inspected stage: verified, and the paper that was seen agrees with that very reading (T22). */
export function inspectedNumbers(
	contest: Contest,
	row: ReturnRow,
	counted: CaptureRow | undefined,
): readonly number[] | undefined {
	const original = effectiveOriginal(row);
	if (original === undefined || original.differs.length > 0) return undefined;
	return original.reading === counted?.accepted?.reading ? verifiedNumbers(contest, row, counted) : undefined;
}

/** Objected to with standing, or ordered to be counted again and not yet counted again (T23). */
export function isDisputed(row: ReturnRow): boolean {
	if ((row.disputes ?? 0) > 0) return true;
	const { recount } = row;
	if (recount === undefined) return false;
	const counted = countedCapture(row);
	const again = counted !== undefined && (counted.kind === 'recount' || counted.kind === 'court');
	return !(again && counted.accepted !== undefined && counted.at > recount.at);
}

/** The figures of the reported stage: the officer's, kept as reported; without them the accepted reading's. */
export function reportedNumbers(contest: Contest, row: ReturnRow): readonly number[] | undefined {
	const first = countedCapture({ captures: row.captures });
	if (first === undefined) return undefined;
	const officer = first.figures === undefined ? undefined : countedNumbers(contest, first.figures);
	if (officer !== undefined) return officer;
	const accepted = countedCapture(row)?.accepted;
	return accepted === undefined ? undefined : countedNumbers(contest, accepted.figures);
}

/** Holders who have touched this form: captured, read, ruled or seen its original. */
export function touched(row: ReturnRow, holder: string): boolean {
	if (row.rulers?.includes(holder) === true) return true;
	if (row.originals?.some((original) => original.holder === holder) === true) return true;
	return row.captures.some(
		(capture) => capture.holder === holder || capture.readings.some((reading) => reading.holder === holder),
	);
}
