/**
 * The declaration of a contest (S36–S38, S43): what is declared with the source of every number, on which mark, what stood open and by which rule it went on, who dissents, and what was declared
 * outside the gate. Before a declaration, and for the next one, the gate; after it, what has changed since.
 */
import { declarationDocument } from '@matokeo/core/collation/declarationText.ts';
import type { Sheet, SheetState } from '@matokeo/core/collation/sheet.ts';
import { DECLARATION_LANGUAGES } from '@matokeo/core/collation/words.ts';
import type { Contest } from '@matokeo/core/election/types.ts';
import type { OpenClass } from '@matokeo/core/record/acts.ts';
import { contestRow } from '@matokeo/core/rules/chains.ts';
import type { MarkRow } from '@matokeo/core/rules/recordRows.ts';
import type { RecordReader } from '../record.ts';
import { actViewOf, actViews } from './acts.ts';
import { contestClocks } from './clocks.ts';
import { because } from './collation.ts';
import type { DeclarationView, DeclaredView, OpenAtMark } from './collationTypes.ts';
import { frozenAt, frozenView } from './frozen.ts';
import { gateNow } from './gateNow.ts';
import { contestHead, namedArea, stampOf } from './heads.ts';
import { objectionLine } from './objections.ts';
import { areasBelow } from './places.ts';
import type { ActView } from './proceedTypes.ts';
import { namedStation } from './said.ts';
import { sinceView } from './since.ts';
import { contestStanding } from './standing.ts';

export function declarationView(reader: RecordReader, contest: Contest): DeclarationView {
	const { declaration } = contestRow(reader.rows, contest.id);
	const declared = declaredView(reader, contest, actViewOf(reader, contest, declaration));
	const gate = gateNow(reader, contest);
	const of = (kind: ActView['kind']) => actViews(reader, contest, (row) => row.kind === kind);
	return {
		stamp: stampOf(reader),
		contest: contestHead(reader, contest),
		rule: contest.rule,
		...lawOf(contest),
		standing: contestStanding(reader, contest),
		...(declared === undefined ? {} : { declared, since: sinceView(reader, contest, declared) }),
		superseded: of('declaration').filter(({ id }) => id !== declaration),
		dissents: of('dissent'),
		records: of('record'),
		...(gate === undefined ? {} : { gate }),
		clocks: contestClocks(reader, contest),
		areas: areasBelow(reader, contest, contest.scope).map(({ id, name }) => ({ id, name })),
	};
}

function lawOf({ declaration, scope }: Contest): Pick<DeclarationView, 'law'> {
	if (declaration === undefined) return {};
	const { by } = declaration;
	return { law: { ...declaration, by: by.kind === 'officer' ? { kind: 'officer', area: scope } : by } };
}

function declaredView(reader: RecordReader, contest: Contest, act: ActView | undefined): DeclaredView | undefined {
	const frozen = frozenAt(reader, act?.mark);
	if (act === undefined || frozen === undefined) return undefined;
	const { row, sheet } = frozen;
	const { outcome, decided = false, texts = {} } = row;
	if (outcome === undefined) return undefined;
	return {
		act,
		mark: frozenView(reader, frozen),
		outcome,
		decided,
		texts: textsOf(reader, contest, row, texts),
		open: openAt(reader, act, sheet),
	};
}

/** The same texts as the fold made, for the digests that the statement names. */
function textsOf(
	{ election }: RecordReader,
	contest: Contest,
	mark: MarkRow,
	digests: Readonly<Record<string, string>>,
): DeclaredView['texts'] {
	const { outcome, decided = false, list, registered, voided } = mark;
	if (outcome === undefined) return {};
	const facts = {
		mark,
		list,
		outcome,
		decided,
		...(registered === undefined ? {} : { registered }),
		...(voided === undefined ? {} : { voided }),
	};
	return Object.fromEntries(
		DECLARATION_LANGUAGES.map((language) => {
			const { blocks } = declarationDocument(election, contest, facts, language);
			return [language, { blocks, sha256: digests[language] ?? '' }];
		}),
	);
}

const STATES: Readonly<Partial<Record<SheetState, OpenClass>>> = {
	missing: 'missing',
	unverified: 'unverified',
	quarantined: 'quarantined',
	postponed: 'postponed',
};
const OPEN = ['missing', 'unverified', 'quarantined', 'postponed', 'objections', 'uncertified'] as const;

/** Items named one by one; the sheet of the mark has all of them. */
const ITEMS_MAX = 1_000;

/** What stood open at the mark, class by class, with the rule that permitted to go on. */
function openAt(reader: RecordReader, act: ActView, sheet: Sheet): readonly OpenAtMark[] {
	const codeOf = (open: OpenClass) => act.proceed.find((one) => one.open === open)?.code;
	const none = { stations: [], areas: [], objections: [], witnesses: [] };
	const classes = OPEN.flatMap((open): readonly OpenAtMark[] => {
		const count = sheet.counts[open];
		if (count === 0) return [];
		const code = codeOf(open);
		const stations = sheet.stations.filter(({ state }) => STATES[state] === open).slice(0, ITEMS_MAX);
		return [
			{
				...none,
				open,
				count,
				...(code === undefined ? {} : { code }),
				stations: stations.map(({ station, state, reason }) => ({
					...namedStation(reader, station),
					...because(reader, state, reason),
				})),
				areas:
					open === 'uncertified'
						? sheet.areas.flatMap(({ area, certificate }) =>
								certificate === undefined ? [namedArea(reader.election, area)] : [],
							)
						: [],
				objections:
					open === 'objections'
						? sheet.objections.slice(0, ITEMS_MAX).flatMap(({ id }) => objectionLine(reader, id) ?? [])
						: [],
			},
		];
	});
	if (act.unwitnessed.length === 0) return classes;
	const code = codeOf('unwitnessed');
	const silent = { ...none, open: 'unwitnessed', count: act.unwitnessed.length, witnesses: act.unwitnessed } as const;
	return [...classes, { ...silent, ...(code === undefined ? {} : { code }) }];
}
