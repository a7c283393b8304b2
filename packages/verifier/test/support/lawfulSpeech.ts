/**
 * What people say in the small lawful election, in any of its modes: forms, certificates, declarations, objections, orders, all with test keys. Bodies that rest on a mark are filled from the rows of whoever keeps
 * the log, so that no test types a number that the log gives.
 */

import type { CollationCertify, ResultDeclare } from '@matokeo/core/record/acts.ts';
import { commitmentOf, type Transcription } from '@matokeo/core/record/commitment.ts';
import type { Order } from '@matokeo/core/record/filings.ts';
import { type LeafSignature, printLeaf, printText } from '@matokeo/core/record/leaf.ts';
import type { EnrolledKey, Figures, Opening, Statement } from '@matokeo/core/record/statement.ts';
import { contestRow } from '@matokeo/core/rules/chains.ts';
import { collationRow } from '@matokeo/core/rules/collations.ts';
import { sumsOf } from '@matokeo/core/rules/figures.ts';
import { openClasses } from '@matokeo/core/rules/gate.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import { base64Encode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { SmallElection } from '@matokeo/core/testing/smallElection.ts';
import { keyBehind, type Note, signBy, suite } from './smallLog.ts';

export type Unsaid = Statement extends infer S ? (S extends Statement ? Omit<S, 'by'> : never) : never;
export type Speaker = (statement: Unsaid, ...names: readonly string[]) => Note;

export const CHAIRS = ['authority/1', 'authority/2'] as const;
export const PARTY_SUN = 'party/sun/root';
export const PARTY_MOON = 'party/moon/root';

export function speakerOf({ election }: Pick<SmallElection, 'election'>): Speaker {
	return (statement, ...names) => {
		const by = [...names].sort();
		const text = printText(election.id, election.digest, { ...statement, by });
		const signatures = by.map((name): LeafSignature => {
			return { name, keyId: keyBehind(name).keyId, signature: signBy(name, text) };
		});
		return { tag: statement.type, id: suite.sha256Hex(text), bytes: printLeaf(text, signatures) };
	};
}

function enrolled(name: string, role: EnrolledKey['role'], scope: EnrolledKey['scope'] = {}): EnrolledKey {
	const holder = `holder-of-${name.replaceAll('/', '-')}`;
	return { holder, key: base64Encode(keyBehind(name).publicKey), name, role, scope };
}

/** Everybody who acts in these tests: officers of the stations, clerks, returning officers of the regions and of the land, one who receives paper. */
export function enrolment({ election }: Pick<SmallElection, 'election'>, say: Speaker): Note {
	const stations = [...election.stations.keys()];
	const keys = [
		...stations.map((station) => enrolled(`po/${station}`, 'presiding-officer', { station })),
		...['clerk/1', 'clerk/2', 'clerk/3', 'clerk/4'].map((name) => enrolled(name, 'clerk')),
		...['north', 'south'].map((area) => enrolled(`ro/${area}`, 'returning-officer', { area })),
		...['ro/1', 'ro/2'].map((name) => enrolled(name, 'returning-officer')),
		enrolled('receiving/1', 'receiving-officer'),
	];
	return say({ type: 'key/enrol', keys }, 'registrar/1', 'registrar/2');
}

/** The image of a station's form; another `version` is another paper. */
export function formImage(station: string, version = ''): Uint8Array {
	return utf8Encode(`image of the form of ${station}${version}`);
}

export function capture(say: Speaker, station: string, figures: Figures, version = ''): Note {
	const bytes = formImage(station, version);
	const images = [{ kind: 'original', sha256: suite.sha256Hex(bytes), size: bytes.length }];
	return say(
		{
			type: 'form/capture',
			contest: 'president',
			images,
			kind: 'original',
			poll: 1,
			route: 'own-kit',
			station,
			figures,
		},
		`po/${station}`,
	);
}

export interface Reading extends Note {
	readonly transcription: Transcription;
	readonly opening: Opening;
}

export function reading(say: Speaker, form: string, clerk: string, figures: Figures): Reading {
	const salt = suite.sha256Hex(utf8Encode(`${form} ${clerk}`));
	const transcription: Transcription = { attributes: {}, figures, legibility: 'good', salt };
	const commitment = commitmentOf(suite, form, clerk, transcription);
	const note = say({ type: 'form/reading', capture: form, commitment }, clerk);
	return { ...note, transcription, opening: { ...transcription, reading: note.id } };
}

type On<T> = Omit<T, 'by'>;

function claimOn(rows: RowReader, contest: Parameters<typeof sumsOf>[0], id: string, proceed: string) {
	const mark = rows.get('mark', id);
	if (mark === undefined) throw new Error(`${id} is no mark of this log`);
	const open = openClasses(mark.counts).map((one) => [one.open, proceed] as const);
	return {
		mark,
		claim: {
			contest: contest.id,
			counts: mark.counts,
			list: mark.list,
			mark: id,
			totals: sumsOf(contest, mark.totals),
			...(open.length === 0 ? {} : { proceed: Object.fromEntries(open) }),
		},
	};
}

/** A certificate on the latest mark; everything that stands open is named with one code. */
export function certificate(
	{ election }: Pick<SmallElection, 'election'>,
	rows: RowReader,
	area: string,
	proceed = 'deadline',
): On<CollationCertify> {
	const contest = election.contests.get('president');
	const { mark: id = '', number = 0, certificate: former } = collationRow(rows, 'president', area);
	if (contest === undefined) throw new Error('the small election has a president');
	return {
		type: 'collation/certify',
		area,
		number: number + 1,
		...claimOn(rows, contest, id, proceed).claim,
		...(former === undefined ? {} : { supersedes: { reason: 'late-return', statement: former } }),
	};
}

export function declaration(
	{ election }: Pick<SmallElection, 'election'>,
	rows: RowReader,
	proceed = 'deadline',
): On<ResultDeclare> {
	const contest = election.contests.get('president');
	const { mark: id = '' } = collationRow(rows, 'president', 'land');
	const { declared = 0, declaration: former, last } = contestRow(rows, 'president');
	if (contest === undefined) throw new Error('the small election has a president');
	const { mark, claim } = claimOn(rows, contest, id, proceed);
	if (mark.outcome === undefined || mark.texts === undefined) throw new Error('nothing can be declared on this mark');
	return {
		type: 'result/declare',
		number: declared + 1,
		...claim,
		outcome: mark.outcome,
		...(last === undefined ? {} : { seen: last }),
		texts: mark.texts,
		...(former === undefined ? {} : { supersedes: { reason: 'late-return', statement: former } }),
	};
}

export function order(say: Speaker, what: Order, document: Uint8Array, ...by: readonly string[]): Note {
	const signers = by.length === 0 ? ['court/supreme'] : by;
	return say(
		{
			type: 'authority/order',
			basis: 'petition',
			citation: 'Petition/1/2026',
			court: 'supreme-court',
			decided: 1_900_000_000,
			document: suite.sha256Hex(document),
			order: what,
		},
		...signers,
	);
}
