/**
 * Rulings of returning officers (S30, S32): they select among documents and never carry a number. Two signers for *disregard*, for
 * *accept as written*, and for accepting a reading of a form whose readings never match.
 */
import { verdictOf } from '../election/expressionValue.ts';
import type { Decision, FormRuling } from '../record/statement.ts';
import { assert, unreachable } from '../std/result.ts';
import type { Context, Signer } from './context.ts';
import { agree, countedNumbers } from './figures.ts';
import { firstOf, type Refusal, refuse } from './refusal.ts';
import {
	acceptance,
	agreedReading,
	allSettled,
	countedCapture,
	figuresLookup,
	isOpen,
	isReceived,
	type Place,
	settle,
	substitutedCapture,
} from './returns.ts';
import { type CaptureRow, type ReadingRow, type ReturnRow, returnKey } from './rows.ts';
import type { Saying } from './saying.ts';
import { quorumOf, reaches } from './signers.ts';
import { contestAt, returnOf, unitOf } from './stations.ts';

const READINGS_BEFORE_CHOICE = 3;
const READINGS_BY_RULING = 3;
const READINGS_MAX = 5;

export const formRuling: Saying<FormRuling> = {
	decide: (context, rows, { statement, signers }) => {
		const at = contestAt(context, rows, statement.contest, statement.station);
		if (!at.ok) return at.error;
		const row = returnOf(rows, statement.contest, statement.station, statement.poll);
		const { poll } = unitOf(rows, statement.contest, statement.station);
		return firstOf(
			() => quorumOf(signers, 'returning-officer', signersNeeded(at.value, row, statement.decision)),
			() => inScope(context, at.value, signers),
			() =>
				statement.poll === poll
					? undefined
					: refuse(
							'S30',
							`the station is at poll ${poll}, the ruling is on poll ${statement.poll}: rule on the latest poll`,
						),
			() => seenLast(row, statement.seen),
			() => untouched(row, signers),
			() => decideRuling(context, at.value, row, statement.decision),
		);
	},
	evolve: (context, rows, said) => {
		const { contest, station, poll, decision } = said.statement;
		const at = contestAt(context, rows, contest, station);
		assert(at.ok, 'a ruling was decided before it is evolved');
		const row = ruled(at.value, returnOf(rows, contest, station, poll), decision);
		const rulers = [...new Set([...(row.rulers ?? []), ...said.signers.map(({ holder }) => holder)])];
		const next = settle(at.value, { ...row, rulers, last: said.id });
		rows.put('return', returnKey(contest, station, poll), settles(decision) ? allSettled(next) : next);
	},
};

/** Rule S32: a ruling says what it has seen, so that nobody's reordering can change what it meant. */
export function seenLast(row: ReturnRow, seen: string | undefined): Refusal | undefined {
	if (row.last === seen) return undefined;
	return refuse(
		'S32',
		`"seen" names ${seen ?? 'nothing'}, the last statement on this return is ${row.last ?? 'none'}: look again and rule anew`,
	);
}

function signersNeeded({ contest }: Place, row: ReturnRow, decision: Decision): number {
	if (decision.kind === 'disregard' || decision.kind === 'accept-as-written') return 2;
	if (decision.kind !== 'accept-reading') return 1;
	const found = findReading(row, decision.reading);
	return found !== undefined && !matched(contest, found) ? 2 : 1;
}

function inScope(context: Context, { contest, station }: Place, signers: readonly Signer[]): Refusal | undefined {
	return firstOf(...signers.map((signer) => () => reaches(context, signer, contest, station)));
}

function untouched({ captures, originals = [] }: ReturnRow, signers: readonly Signer[]): Refusal | undefined {
	const read = captures.flatMap(({ holder, readings }) => [holder, ...readings.map((reading) => reading.holder)]);
	const hands = [...read, ...originals.map(({ holder }) => holder)];
	const same = signers.find(({ holder }) => hands.includes(holder));
	return same === undefined
		? undefined
		: refuse(
				'S30',
				`the holder of "${same.name}" captured, read or inspected this form and cannot rule on it: another returning officer must`,
			);
}

function decideRuling(context: Context, at: Place, row: ReturnRow, decision: Decision): Refusal | undefined {
	if (row.setAside !== undefined)
		return refuse('S30', 'this return is set aside by an order: only an order can change that');
	if (row.disregard !== undefined) return refuse('S30', 'this return is disregarded: only an order can change that');
	switch (decision.kind) {
		case 'accept-reading':
			return decideAccept(at, row, decision.reading);
		case 'one-more-reading':
			return decideOneMore(at, row, decision.capture);
		case 'quarantine':
			if (row.quarantine !== undefined) return refuse('S30', 'this return is in quarantine already');
			return listed(context.election.codes.quarantine, decision.reason);
		case 'release':
			return row.quarantine === undefined ? refuse('S30', 'this return is not in quarantine') : undefined;
		case 'accept-as-written':
			return decideAsWritten(row);
		case 'disregard':
			return decideDisregard(context, at, row, decision.ground);
		case 'admit-original':
			return decideAdmit(row, decision.original);
		default:
			return unreachable(decision);
	}
}

function decideAccept({ contest }: Place, row: ReturnRow, reading: string): Refusal | undefined {
	const found = findReading(row, reading);
	if (found === undefined)
		return refuse('S30', `reading ${reading} is not an opened reading of a received official form of this return`);
	if (row.substitute !== undefined && row.substitute.capture !== found.capture.id)
		return refuse(
			'S30',
			`order ${row.substitute.order} put the figures of another document in place: only an order can change that`,
		);
	if (countedNumbers(contest, found.reading.figures ?? []) === undefined) {
		return refuse(
			'S30',
			'this reading leaves counted fields without a number: have it read again, or the paper captured again',
		);
	}
	if (!matched(contest, found)) {
		const { readings } = found.capture;
		if (agreedReading(contest, found.capture) !== undefined)
			return refuse(
				'S30',
				'two other readings of this form agree: accept one of them, or have the paper captured again',
			);
		if (readings.filter(({ figures }) => figures !== undefined).length < READINGS_BEFORE_CHOICE)
			return refuse('S30', 'no other reading equals this one: a third reading comes before a choice');
	}
	const accepted = countedCapture(row)?.accepted;
	if (accepted?.reading === reading && !isOpen(row))
		return refuse('S30', 'this reading is accepted already and no difference is open: nothing needs a ruling');
	return undefined;
}

function decideOneMore({ contest }: Place, row: ReturnRow, id: string): Refusal | undefined {
	const capture = row.captures.find((other) => other.id === id);
	if (capture === undefined || !isReceived(capture))
		return refuse('S30', `capture ${id} is not a received official form of this return`);
	if (capture.accepted !== undefined || agreedReading(contest, capture) !== undefined)
		return refuse('S30', 'two readings of this form agree, or one is accepted: no further one is needed');
	const { length } = capture.readings;
	if (length >= READINGS_BY_RULING && length < READINGS_MAX && (capture.admitted ?? 0) <= length) return undefined;
	return refuse('S30', `a ruling admits a fourth and a fifth reading, one at a time; ${length} are in`);
}

function decideAdmit({ originals = [], original }: ReturnRow, id: string): Refusal | undefined {
	if (!originals.some((one) => one.id === id))
		return refuse('S30', `original ${id} is not on this return: name one that was entered here`);
	return original === id ? refuse('S30', 'this original counts already: nothing needs a ruling') : undefined;
}

function decideAsWritten(row: ReturnRow): Refusal | undefined {
	if (substitutedCapture(row) !== undefined)
		return refuse('S30', 'an order put in place what counts here, whatever its checks say: nothing needs a ruling');
	const accepted = countedCapture(row)?.accepted;
	if (accepted === undefined)
		return refuse('S30', 'no reading of this form is accepted yet: a reading is accepted first');
	if (accepted.fails === undefined)
		return refuse('S30', 'this form passes its checks: there is nothing to accept as written');
	return row.asWritten === true ? refuse('S30', 'this form is accepted as written already') : undefined;
}

function decideDisregard({ election }: Context, at: Place, row: ReturnRow, id: string): Refusal | undefined {
	const ground = election.codes.disregard.find((other) => other.id === id);
	if (ground === undefined) return listed(election.codes.disregard, id);
	if (ground.expression === undefined) return undefined;
	const accepted = countedCapture(row)?.accepted;
	if (accepted === undefined)
		return refuse('S30', `the ground "${id}" is arithmetic and no reading of this form is accepted yet`);
	const candidates = at.contest.candidates.map((candidate) => candidate.id);
	const value = figuresLookup(at, accepted.figures);
	if (verdictOf(ground.expression, { candidates, value }, 0) === 'pass') return undefined;
	return refuse('S30', `the ground "${id}" (${ground.source}) does not hold for the accepted reading`);
}

function listed(codes: readonly { readonly id: string }[], code: string): Refusal | undefined {
	if (codes.some(({ id }) => id === code)) return undefined;
	return refuse(
		'S30',
		`the package does not list "${code}"; it lists ${codes.map(({ id }) => id).join(', ') || 'nothing'}`,
	);
}

/** The row after the decision, before what follows by itself is written in. */
function ruled(at: Place, row: ReturnRow, decision: Decision): ReturnRow {
	switch (decision.kind) {
		case 'accept-reading': {
			const found = findReading(row, decision.reading);
			assert(found !== undefined, 'a ruling was decided before it is evolved');
			const accepted = acceptance(at, found.reading, 'ruling');
			const read = change(row, { ...found.capture, accepted });
			// What an order put in place counts by that order: when it is undone, the return is as it was below.
			if (row.substitute?.capture === found.capture.id) return read;
			const { asWritten: _formerly, ...rest } = read;
			return { ...rest, selected: found.capture.id };
		}
		case 'one-more-reading': {
			const capture = row.captures.find(({ id }) => id === decision.capture);
			assert(capture !== undefined, 'a ruling was decided before it is evolved');
			return change(row, { ...capture, admitted: capture.readings.length + 1 });
		}
		case 'quarantine':
			return { ...row, quarantine: { reason: decision.reason, review: decision.review } };
		case 'release': {
			const { quarantine: _released, ...rest } = row;
			return rest;
		}
		case 'accept-as-written':
			return { ...row, asWritten: true };
		case 'disregard':
			return { ...row, disregard: decision.ground };
		case 'admit-original':
			return { ...row, original: decision.original };
		default:
			return unreachable(decision);
	}
}

function settles({ kind }: Decision): boolean {
	return kind === 'accept-reading' || kind === 'disregard';
}

interface FoundReading {
	readonly capture: CaptureRow;
	readonly reading: ReadingRow;
}

function findReading(row: ReturnRow, id: string): FoundReading | undefined {
	for (const capture of row.captures) {
		const reading = capture.readings.find((other) => other.id === id);
		if (reading?.figures !== undefined && isReceived(capture)) return { capture, reading };
	}
	return undefined;
}

function matched(contest: Place['contest'], { capture, reading }: FoundReading): boolean {
	return capture.readings.some(
		(other) =>
			other.id !== reading.id && other.figures !== undefined && agree(contest, other.figures, reading.figures ?? []),
	);
}

function change(row: ReturnRow, changed: CaptureRow): ReturnRow {
	return { ...row, captures: row.captures.map((capture) => (capture.id === changed.id ? changed : capture)) };
}
