/**
 * The gate as data (S43): what stands between contest × area and its certificate or declaration, every condition by itself and every open item by name and link. The conditions are asked of the rules that
 * will be asked when the statement comes, on the draft that would be signed; nothing here decides.
 */
import { rereadSheet, type Sheet, type SheetState } from '@matokeo/core/collation/sheet.ts';
import type { Contest } from '@matokeo/core/election/types.ts';
import type { MarkCounts, OpenClass } from '@matokeo/core/record/acts.ts';
import { contestRow } from '@matokeo/core/rules/chains.ts';
import { collationRow } from '@matokeo/core/rules/collations.ts';
import { unmetDeclaration } from '@matokeo/core/rules/declaring.ts';
import { type GateCondition, type Unmet, unmetOf } from '@matokeo/core/rules/gate.ts';
import { stageAt } from '@matokeo/core/rules/marks.ts';
import { countsNow } from '@matokeo/core/standings/marking.ts';
import type { RecordReader } from '../record.ts';
import { fileName } from '../site/paths.ts';
import {
	type ActKind,
	type CertificateDraft,
	certificateDraft,
	choicesOf,
	type DeclarationDraft,
	declarationDraft,
	isCertified,
	waitingOf,
} from './drafts.ts';
import type { ConditionView, GateView, OneGate, OpenClassView, OpenItem, SignersView } from './gateTypes.ts';
import { namedArea, stampOf } from './heads.ts';

/** Items of one class that are named one by one; the sheet of the mark has all of them. */
const ITEMS_MAX = 1_000;

const API = '/api/v1';

/** `undefined` where the contest is neither certified nor declared. */
export function gateView(reader: RecordReader, contest: Contest, area: string): GateView | undefined {
	const { election, rows } = reader;
	const stage = stageAt(election, contest, area);
	if (stage === undefined) return undefined;
	const { mark: id } = collationRow(rows, contest.id, area);
	const mark = id === undefined ? undefined : rows.get('mark', id);
	const listed = id === undefined ? undefined : listedAt(reader, contest, id);
	const counts = mark?.counts ?? countsNow(reader, contest, area);
	const { stays = [], annulled } = contestRow(rows, contest.id);
	const here = collationRow(rows, contest.id, area).stays ?? [];
	const order = (one: string) => ({ id: one, link: `${API}/orders/${one}` });
	return {
		stamp: stampOf(reader),
		contest: { id: contest.id, title: contest.title },
		area: namedArea(election, area),
		level: election.areas.get(area)?.level ?? '',
		stage,
		...(id === undefined || mark === undefined
			? {}
			: { mark: { id, index: mark.index, time: mark.time, link: `${API}/marks/${id}` } }),
		counts,
		open: openIn(reader, counts, listed, id),
		stays: [...stays, ...here].map(order),
		...(annulled === undefined ? {} : { annulled: order(annulled) }),
		gates: kindsAt(reader, contest, area).map((kind) => oneGate(reader, contest, area, kind, id)),
	};
}

type Listed = ReadonlyMap<OpenClass, readonly OpenItem[]>;

const known = new WeakMap<RecordReader, Map<string, Listed>>();
/** Marks whose open items are kept: a sheet of a country is some megabytes of text, and what it says never changes. */
const KNOWN_MAX = 64;

function listedAt(reader: RecordReader, contest: Contest, mark: string): Listed {
	const marks = known.get(reader) ?? new Map<string, Listed>();
	known.set(reader, marks);
	const found = marks.get(mark) ?? listedIn(reader, contest, rereadSheet(reader.rows.get('sheet', mark)?.text ?? ''));
	marks.delete(mark);
	marks.set(mark, found);
	if (marks.size > KNOWN_MAX) for (const oldest of marks.keys()) if (marks.delete(oldest)) break;
	return found;
}

function kindsAt({ election }: RecordReader, contest: Contest, area: string): readonly ActKind[] {
	return [
		...(isCertified(election, contest, area) ? (['certificate'] as const) : []),
		...(area === contest.scope && contest.declaration !== undefined ? (['declaration'] as const) : []),
	];
}

function oneGate(
	reader: RecordReader,
	contest: Contest,
	area: string,
	kind: ActKind,
	mark: string | undefined,
): OneGate {
	const draft = mark === undefined ? undefined : draftOf(reader, kind, mark);
	const row = collationRow(reader.rows, contest.id, area);
	const { declared, declaration } = contestRow(reader.rows, contest.id);
	const [last = 0, inForce] = kind === 'certificate' ? [row.number, row.certificate] : [declared, declaration];
	const conditions = conditionsOf(reader, contest, area, kind, draft);
	const { collation } = contest;
	const level = reader.election.areas.get(area)?.level;
	const title =
		kind === 'declaration' ? contest.declaration?.title : collation.find((step) => step.level === level)?.title;
	return {
		kind,
		title: title ?? {},
		signers: signersOf(contest, area, kind),
		number: last + 1,
		...(inForce === undefined ? {} : { in_force: inForce }),
		conditions,
		choices: draft === undefined ? [] : choicesOf(reader, { area, ...draft }),
		ready: conditions.every(({ state }) => state === 'met' || state === 'choose'),
		...(mark === undefined ? {} : { draft: `${API}/marks/${mark}/${kind}` }),
	};
}

function draftOf(reader: RecordReader, kind: ActKind, mark: string): CertificateDraft | DeclarationDraft | undefined {
	return kind === 'certificate' ? certificateDraft(reader, mark) : declarationDraft(reader, mark);
}

function signersOf(contest: Contest, area: string, kind: ActKind): SignersView {
	const by = kind === 'declaration' ? contest.declaration?.by : undefined;
	return by === undefined || by.kind === 'officer' ? { kind: 'officer', area } : by;
}

const OF_CERTIFICATES: readonly GateCondition[] = [
	'mark',
	'number',
	'totals',
	'counts',
	'list',
	'named',
	'witnesses',
	'stay',
	'annulled',
];
const OF_DECLARATIONS: readonly GateCondition[] = [...OF_CERTIFICATES, 'seen', 'outcome', 'texts', 'open-outcome'];
/** What can be said of these does not rest on a mark. */
const WITHOUT_MARK: ReadonlySet<GateCondition> = new Set(['mark', 'stay', 'annulled']);

function conditionsOf(
	reader: RecordReader,
	contest: Contest,
	area: string,
	kind: ActKind,
	draft: CertificateDraft | DeclarationDraft | undefined,
): readonly ConditionView[] {
	const all = kind === 'declaration' ? OF_DECLARATIONS : OF_CERTIFICATES;
	const unmet = draft === undefined ? unmetBefore(reader, contest, area) : unmetBy(reader, contest, area, draft);
	const choices = draft === undefined ? [] : choicesOf(reader, { area, ...draft });
	const choosable = (condition: GateCondition): boolean =>
		condition === 'named'
			? choices.some(({ member, codes }) => member !== 'supersedes.reason' && codes.length > 0)
			: condition === 'number' &&
				choices.some(({ member, codes }) => member === 'supersedes.reason' && codes.length > 0);
	return all.map((condition): ConditionView => {
		const whys = unmet.filter((one) => one.condition === condition).map(({ why }) => why);
		if (whys.length > 0) return { condition, state: choosable(condition) ? 'choose' : 'unmet', why: whys.join('; ') };
		return { condition, state: draft === undefined && !WITHOUT_MARK.has(condition) ? 'unknown' : 'met' };
	});
}

/** What the rules say of the draft as it is, with nothing chosen. */
function unmetBy(
	{ context, rows }: RecordReader,
	contest: Contest,
	area: string,
	draft: CertificateDraft | DeclarationDraft,
): readonly Unmet[] {
	const { supersedes, ...rest } = draft;
	const claim = supersedes === undefined ? rest : { ...rest, supersedes: { ...supersedes, reason: '' } };
	if ('outcome' in claim) return unmetDeclaration(context, rows, contest, claim);
	const { number = 0, certificate } = collationRow(rows, contest.id, area);
	return unmetOf(context, rows, contest, area, claim, { number, inForce: certificate });
}

function unmetBefore({ rows }: RecordReader, contest: Contest, area: string): readonly Unmet[] {
	const { stays = [], annulled } = contestRow(rows, contest.id);
	const here = collationRow(rows, contest.id, area).stays ?? [];
	return [
		{ condition: 'mark', why: `contest ${contest.id} was not marked at ${area} yet: ask for a mark` },
		...[...stays, ...here].map((order) => ({ condition: 'stay' as const, why: `order ${order} stays it` })),
		...(annulled === undefined
			? []
			: [{ condition: 'annulled' as const, why: `order ${annulled} annulled this contest` }]),
	];
}

const STATES: Readonly<Partial<Record<SheetState, OpenClass>>> = {
	missing: 'missing',
	unverified: 'unverified',
	quarantined: 'quarantined',
	postponed: 'postponed',
};
const ORDER: readonly OpenClass[] = [
	'missing',
	'unverified',
	'quarantined',
	'postponed',
	'objections',
	'uncertified',
	'unwitnessed',
];

function listedIn({ election }: RecordReader, contest: Contest, { stations, objections, areas }: Sheet): Listed {
	const found = new Map<OpenClass, OpenItem[]>(ORDER.map((open) => [open, []]));
	const add = (open: OpenClass, item: OpenItem) => {
		const items = found.get(open);
		if (items !== undefined && items.length < ITEMS_MAX) items.push(item);
	};
	for (const { station: id, state, reason } of stations) {
		const open = STATES[state];
		if (open === undefined) continue;
		add(open, { id, ...(reason === undefined ? {} : { reason }), link: `${API}/stations/${fileName(id)}` });
	}
	for (const { id, ground } of objections) add('objections', { id, reason: ground, link: `${API}/objections/${id}` });
	for (const { area, certificate } of areas) {
		if (certificate !== undefined) continue;
		const link = `${API}/contests/${fileName(contest.id)}/gate?area=${fileName(area)}`;
		add('uncertified', { id: area, name: namedArea(election, area).name, link });
	}
	return found;
}

/** Without a mark only how many there are: the lists of what is missing name them. */
function openIn(
	{ context, rows }: RecordReader,
	counts: MarkCounts,
	listed: Listed | undefined,
	mark: string | undefined,
): readonly OpenClassView[] {
	const row = mark === undefined ? undefined : rows.get('mark', mark);
	const { met, silent } = row === undefined ? { met: true, silent: [] } : waitingOf(context, rows, row);
	return ORDER.flatMap((open): readonly OpenClassView[] => {
		if (open !== 'unwitnessed') {
			const count = counts[open];
			return count === 0 ? [] : [{ open, count, items: listed?.get(open) ?? [] }];
		}
		const items = silent.map((id) => ({ id, link: `${API}/witnesses` }));
		return met ? [] : [{ open, count: silent.length, items }];
	});
}
