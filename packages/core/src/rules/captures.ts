/**
 * Capturing a form (S27): evidence, never refused because of what the paper says (R27). Refused is only what cannot be placed: an unknown
 * station or contest, a key that does not reach there, figures that are not of this form, an image that stands twice.
 */
import { upwards } from '../election/geography.ts';
import { CAPTURES_PER_HOLDER_MAX } from '../record/limits.ts';
import type { FormCapture } from '../record/statement.ts';
import { assert } from '../std/result.ts';
import type { Context, Office, Said, Signer } from './context.ts';
import { fieldsRefusal, listFigures } from './figures.ts';
import { logRow } from './opening.ts';
import { firstOf, type Refusal, refuse } from './refusal.ts';
import { isOfficial, type Place, settle } from './returns.ts';
import { type CaptureRow, type RowReader, type Rows, returnKey } from './rows.ts';
import type { Saying } from './saying.ts';
import { onlySigner, reaches } from './signers.ts';
import { contestAt, returnOf, unitOf } from './stations.ts';

const CAPTURING = ['presiding-officer', 'receiving-officer', 'agent', 'observer'] as const;
const OFFICERS = new Set<Office>(['presiding-officer', 'receiving-officer']);
const OFFICIAL_KINDS = new Set(['replacement', 'amendment', 'recount', 'court']);

export const formCapture: Saying<FormCapture> = {
	decide: (context, rows, said) => {
		const { statement } = said;
		const signer = onlySigner(said.signers, ...CAPTURING);
		if (!signer.ok) return signer.error;
		if (statement.kind === 'collation')
			return decideCollation(context, signer.value, statement) ?? decideImages(statement);
		if (statement.station === undefined || statement.area !== undefined) {
			return refuse('S27', `a capture of kind "${statement.kind}" names a station and no area`);
		}
		const at = contestAt(context, rows, statement.contest, statement.station);
		if (!at.ok) return at.error;
		return firstOf(
			() => reaches(context, signer.value, at.value.contest, at.value.station),
			() => decideKind(signer.value, statement),
			() => (statement.figures === undefined ? undefined : fieldsRefusal('S27', at.value.contest, statement.figures)),
			() => decideImages(statement),
			() => decidePlace(context, rows, statement, at.value, signer.value),
		);
	},
	evolve: (context, rows, said) => {
		const { statement } = said;
		const log = logRow(rows);
		if (!log.captured && said.signers.some(({ office }) => OFFICERS.has(office)))
			rows.put('log', '', { ...log, captured: true });
		if (statement.station === undefined) return;
		const at = contestAt(context, rows, statement.contest, statement.station);
		assert(at.ok, 'a capture was decided before it is evolved');
		const { contest, poll, station } = { ...statement, station: at.value.station.id };
		const held = announceImages(rows, said);
		const capture = captureRow(at.value, said, held);
		const row = returnOf(rows, contest, station, poll);
		const captures = [...row.captures, capture];
		rows.put('capture', said.id, { contest, station, poll });
		const next = isOfficial(capture) ? { ...row, captures, last: said.id } : { ...row, captures };
		rows.put('return', returnKey(contest, station, poll), settle(at.value, next));
	},
};

function captureRow(
	{ contest }: Place,
	{ id, index, statement, signers }: Said<FormCapture>,
	held: boolean,
): CaptureRow {
	const [signer] = signers;
	assert(signer !== undefined, 'a capture has a signer');
	const role = CAPTURING.find((office) => office === signer.office);
	assert(role !== undefined, 'a capture is signed by somebody who may capture');
	const figures = statement.figures === undefined ? undefined : listFigures(contest, statement.figures);
	return {
		id,
		at: index,
		by: signer.name,
		holder: signer.holder,
		role,
		kind: statement.kind,
		...(figures === undefined ? {} : { figures }),
		...(held ? { held: index } : {}),
		readings: [],
	};
}

/** Puts the capture on the waiting list of every image that is not held yet; whether one is held already, in the size that it announces. */
function announceImages(rows: Rows, { id, statement }: Said<FormCapture>): boolean {
	let held = false;
	for (const { sha256, size } of statement.images) {
		const row = rows.get('blob', sha256) ?? {};
		if (row.held === undefined)
			rows.put('blob', sha256, { ...row, waiting: [...(row.waiting ?? []), { capture: id, size }] });
		else if (row.size === size) held = true;
	}
	return held;
}

function decideCollation(
	context: Context,
	signer: Signer,
	{ area, contest, station, figures }: FormCapture,
): Refusal | undefined {
	if (area === undefined || station !== undefined)
		return refuse('S27', 'a collation sheet names an area and no station');
	const known = context.election.contests.get(contest);
	if (known === undefined || !context.election.areas.has(area))
		return refuse('S27', `there is no contest ${contest} or no area ${area}: check both ids`);
	const { scope } = signer;
	const within = upwards(context.election.areas, known.hierarchy, area);
	if ((scope.contest ?? contest) !== contest || !within.includes(scope.area ?? area) || scope.station !== undefined) {
		return refuse(
			'S10',
			`the key "${signer.name}" does not reach to the sheet of ${area}: let an officer sign whose scope does`,
		);
	}
	return figures === undefined ? undefined : fieldsRefusal('S27', known, figures);
}

function decideKind({ office }: Signer, { kind, route }: FormCapture): Refusal | undefined {
	if ((office === 'agent' || office === 'observer') && OFFICIAL_KINDS.has(kind)) {
		return refuse(
			'S27',
			`an ${office} hands in copies of forms, not a form of kind "${kind}": call it a copy, or let an officer capture it`,
		);
	}
	if (route === 'court' && office !== 'receiving-officer')
		return refuse('S27', 'a form that comes from a court is captured by a receiving officer');
	return undefined;
}

function decideImages({ images }: FormCapture): Refusal | undefined {
	const seen = new Set<string>();
	for (const { sha256 } of images) {
		if (seen.has(sha256)) return refuse('S27', `image ${sha256} stands twice in this capture: name it once`);
		seen.add(sha256);
	}
	return undefined;
}

function decidePlace(
	{ election }: Context,
	rows: RowReader,
	statement: FormCapture,
	{ contest, station }: Place,
	{ holder }: Signer,
): Refusal | undefined {
	const { poll } = unitOf(rows, contest.id, station.id);
	if (statement.poll > poll)
		return refuse(
			'S27',
			`station ${station.id} is at poll ${poll}, there is no poll ${statement.poll} yet: check the form's poll`,
		);
	const row = returnOf(rows, contest.id, station.id, statement.poll);
	if (row.captures.filter((capture) => capture.holder === holder).length >= CAPTURES_PER_HOLDER_MAX) {
		return refuse(
			'S27',
			`${CAPTURES_PER_HOLDER_MAX} captures of this return are by the same holder: let another person capture it`,
		);
	}
	const { replaces } = statement;
	if (replaces === undefined) return undefined;
	if (!row.captures.some(({ id }) => id === replaces.capture))
		return refuse('S27', `capture ${replaces.capture} is not on this return: name the one that this form replaces`);
	if (election.codes.replaces.some(({ id }) => id === replaces.reason)) return undefined;
	return refuse('S27', `the package lists no reason "${replaces.reason}" for replacing a form`);
}
