/**
 * Every privileged action (Y9): whatever changes more than one sender's own form. Who said it, when, about what, and what they had seen; the words are in the log and in the files that it names. An action that is not here was not taken in
 * this election, or the log inside this pack does not have the root that witnesses have seen.
 */
import type { Notice, Order } from '@matokeo/core/record/filings.ts';
import type { Amendment, Decision, EnrolledKey, Statement, StatementType } from '@matokeo/core/record/statement.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { jsonLines } from './accounts.ts';
import { type Cell, list, MOMENT, moment, table } from './cells.ts';
import type { PackFile } from './packFile.ts';
import type { SaidAt, ScrutinyRecord } from './record.ts';

export interface ActionBook {
	readonly visit: (said: SaidAt) => void;
	readonly files: (record: ScrutinyRecord) => readonly PackFile[];
}

/** What is no privileged action: senders' own forms and filings, and what the log says of its clock, its blobs and its witnesses. */
const NOT_PRIVILEGED: ReadonlySet<StatementType> = new Set([
	'clock/tick',
	'log/witnessed',
	'blob/held',
	'form/capture',
	'form/reading',
	'reading/open',
	'objection/lodge',
	'count/lodge',
]);

interface Action extends SaidAt {
	readonly offices: readonly string[];
}

export function actionBook({ packageKeys }: Context): ActionBook {
	const actions: Action[] = [];
	const offices = new Map([...packageKeys].map(([name, { office }]) => [name, String(office)]));
	return {
		visit: (said) => {
			const { statement } = said;
			if (statement.type === 'key/enrol') for (const { name, role } of statement.keys) offices.set(name, role);
			if (NOT_PRIVILEGED.has(statement.type)) return;
			actions.push({ ...said, offices: statement.by.map((name) => offices.get(name) ?? 'unknown') });
		},
		files: ({ tables }) => [
			{ path: 'actions/actions.csv', content: table(COLUMNS, actions.map(lineOf)) },
			{ path: 'actions/actions.json', content: jsonLines(actions.map(({ id, ...rest }) => ({ id, ...rest }))) },
			{
				path: 'actions/pauses.csv',
				content: table(
					PAUSE_COLUMNS,
					actions.flatMap((action) => pauseLine(action, tables.notice.get(action.id)?.resumed)),
				),
			},
		],
	};
}

const COLUMNS = ['index', ...MOMENT('time'), 'type', 'signers', 'offices', 'what', 'target', 'seen', 'id'];
const PAUSE_COLUMNS = [
	'index',
	...MOMENT('time'),
	...MOMENT('stated'),
	'kind',
	'surface',
	'reason',
	'before',
	'after',
	'pause',
	'resumed_by',
	'signers',
	'id',
];

function lineOf({ index, time, id, statement, offices }: Action): readonly Cell[] {
	const { what, target } = told(statement);
	const seen = 'seen' in statement ? statement.seen : undefined;
	return [index, ...moment(time), statement.type, list(statement.by), list(offices), what, list(target), seen, id];
}

interface Told {
	/** Codes, as the statement has them. */
	readonly what: string;
	readonly target: readonly string[];
}

function told(statement: Statement): Told {
	switch (statement.type) {
		case 'election/open':
			return { what: 'open', target: [statement.origin] };
		case 'election/amend':
			return { what: statement.change.kind, target: amended(statement.change) };
		case 'key/enrol':
			return { what: `${statement.keys.length} keys`, target: enrolled(statement.keys) };
		case 'key/revoke':
			return { what: statement.reason, target: [statement.key] };
		case 'blob/withhold':
			return { what: statement.reason, target: [statement.sha256] };
		case 'station/status':
			return { what: `${statement.status} (${statement.reason})`, target: [statement.contest, statement.station] };
		case 'form/ruling':
			return {
				what: decided(statement.decision),
				target: [statement.contest, statement.station, `poll ${statement.poll}`],
			};
		case 'form/original':
			return {
				what: statement.differs.length === 0 ? 'agrees' : `differs in ${statement.differs.join(' ')}`,
				target: [statement.contest, statement.station, `poll ${statement.poll}`],
			};
		case 'tally/mark':
			return { what: 'mark', target: [statement.contest, statement.area] };
		case 'collation/certify':
			return { what: `number ${statement.number}`, target: [statement.contest, statement.area, statement.mark] };
		case 'result/declare':
			return {
				what: `number ${statement.number}: ${statement.outcome.kind}`,
				target: [statement.contest, statement.mark],
			};
		case 'result/dissent':
			return { what: statement.reason, target: [statement.contest, statement.of] };
		case 'result/record':
			return { what: 'declared outside the gate', target: [statement.contest, statement.document] };
		case 'objection/answer':
			return { what: `${statement.outcome} (${statement.reason})`, target: [statement.objection] };
		case 'notice/file':
			return { what: statement.notice.kind, target: noticed(statement.notice) };
		case 'authority/order':
			return { what: statement.order.kind, target: [statement.court, statement.citation, ...ordered(statement.order)] };
		case 'access/digest':
			return {
				what: `${statement.files.length} books`,
				target: statement.files.map(({ book, sha256 }) => `${book} ${sha256}`),
			};
		default:
			return { what: '', target: [] };
	}
}

/** A batch of hundreds would fill a screen; the rest stand with this index in the table of accounts. */
const KEYS_TOLD = 8;

function enrolled(keys: readonly EnrolledKey[]): readonly string[] {
	const told = keys.slice(0, KEYS_TOLD).map(({ name, role }) => `${name} (${role})`);
	const more = keys.length - told.length;
	return more === 0 ? told : [...told, `and ${more} more: enrolled_index in accounts/accounts.csv`];
}

function amended(change: Amendment): readonly string[] {
	switch (change.kind) {
		case 'candidate':
			return [change.contest, change.candidate, change.status, `votes ${change.votes}`];
		case 'deadline':
			return [change.name, String(change.time)];
		case 'station-added':
		case 'station-moved':
			return [change.station, change.area];
		case 'station-merged':
			return [change.station, change.into];
		default:
			return [change.station, String(change.registered)];
	}
}

function decided(decision: Decision): string {
	switch (decision.kind) {
		case 'accept-reading':
			return `accept-reading ${decision.reading}`;
		case 'one-more-reading':
			return `one-more-reading ${decision.capture}`;
		case 'quarantine':
			return `quarantine (${decision.reason}; agents ${decision.agents})`;
		case 'disregard':
			return `disregard (${decision.ground})`;
		case 'admit-original':
			return `admit-original ${decision.original}`;
		default:
			return decision.kind;
	}
}

function noticed(notice: Notice): readonly string[] {
	switch (notice.kind) {
		case 'error':
			return [notice.contest, notice.station ?? notice.area ?? '', ...notice.documents];
		case 'incident':
			return [notice.surface, notice.attempted, notice.outcome, ...notice.touched];
		case 'attestation':
			return [`configuration ${notice.configuration}`, `builds ${notice.builds}`];
		case 'resume':
			return [notice.pause];
		default:
			return [notice.surface, notice.reason];
	}
}

function ordered(order: Order): readonly string[] {
	if ('order' in order) return [order.order];
	const where = 'station' in order ? [order.station] : 'area' in order && order.area !== undefined ? [order.area] : [];
	return [order.contest, ...where];
}

function pauseLine({ index, time, id, statement }: Action, resumed: string | undefined): readonly (readonly Cell[])[] {
	if (statement.type !== 'notice/file') return [];
	const { notice } = statement;
	const head = (at: number) => [index, ...moment(time), ...moment(at), notice.kind];
	const by = list(statement.by);
	switch (notice.kind) {
		case 'pause':
			return [[...head(notice.at), notice.surface, notice.reason, undefined, undefined, undefined, resumed, by, id]];
		case 'resume':
			return [[...head(notice.at), undefined, notice.reason, undefined, undefined, notice.pause, undefined, by, id]];
		case 'emergency-change':
			return [
				[...head(notice.at), notice.surface, notice.reason, notice.before, notice.after, undefined, undefined, by, id],
			];
		default:
			return [];
	}
}
