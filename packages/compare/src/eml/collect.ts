/**
 * What a document 510 of EML says, contest by contest: votes of each choice, in all and for each reporting unit. Elements of other namespaces are passed over whole: EML_NL keeps
 * there, among other things, the figures before a correction (`kr:Initial`), which would otherwise take the place of those that count.
 */
import type { XmlElement, XmlVisitor } from './walkXml.ts';

const EML_NAMESPACE = 'urn:oasis:names:tc:evs:schema:eml';

export interface EmlField {
	readonly id: string;
	name: string;
	kind: 'choice' | 'list' | 'total' | 'other';
}

export interface EmlUnit {
	id: string;
	name: string;
	readonly line: number;
	/** Place of a field → its figure: a number, or the text that stands there. */
	readonly figures: Map<number, string>;
	/** A field that the unit has twice. */
	twice: string | undefined;
}

export interface EmlContest {
	readonly fields: EmlField[];
	readonly places: Map<string, number>;
	readonly units: EmlUnit[];
	id: string;
	name: string;
	totals: EmlUnit | undefined;
}

export interface EmlDocument {
	/** `510b`; empty until the root is met. */
	id: string;
	election: string;
	readonly contests: EmlContest[];
}

/** Figures in all, so that a hostile file ends in a sentence. A city of 500 units and 1,100 candidates has 550,000. */
const FIGURES_MAX = 4_000_000;

export function collector(): { readonly document: EmlDocument; readonly visitor: XmlVisitor } {
	const collecting = new Collecting();
	return {
		document: collecting.document,
		visitor: {
			open: (element) => collecting.open(element),
			close: (local, uri, text) => collecting.close(local, uri, text),
		},
	};
}

/** What a selection says before its votes. */
interface Selection {
	list: string | undefined;
	candidate: string | undefined;
	option: string | undefined;
	name: string;
	votes: string | undefined;
}

class Collecting {
	readonly document: EmlDocument = { id: '', election: '', contests: [] };
	private readonly path: string[] = [];
	private skipped = 0;
	private figures = 0;
	private reason = '';
	private unit: EmlUnit | undefined;
	/** The list whose candidates follow. */
	private list = '';
	private selection: Selection | undefined;

	open({ local, uri, attributes, line }: XmlElement): string | undefined {
		if (this.path.length === 0 && this.skipped === 0) {
			if (local !== 'EML' || uri !== EML_NAMESPACE) return `the root element ${local}`;
			this.document.id = attributes.get('Id') ?? '';
		}
		if (this.skipped > 0 || uri !== EML_NAMESPACE) {
			this.skipped++;
			return undefined;
		}
		this.path.push(local);
		const id = attributes.get('Id') ?? attributes.get('IdNumber') ?? '';
		this.begin(local, id, attributes.get('ReasonCode') ?? '', line);
		return this.figures > FIGURES_MAX ? `more than ${FIGURES_MAX} figures` : undefined;
	}

	private begin(local: string, id: string, reason: string, line: number): void {
		const contest = this.document.contests.at(-1);
		if (local === 'Contest')
			this.document.contests.push({ id: '', name: '', fields: [], places: new Map(), units: [], totals: undefined });
		else if (local === 'ContestIdentifier' && contest !== undefined) contest.id = id;
		else if (local === 'TotalVotes' || local === 'ReportingUnitVotes') {
			this.unit = { id: '', name: '', line, figures: new Map(), twice: undefined };
			this.list = '';
		} else if (local === 'ReportingUnitIdentifier' && this.unit !== undefined) this.unit.id = id;
		else if (local === 'Selection' && this.unit !== undefined)
			this.selection = { list: undefined, candidate: undefined, option: undefined, name: '', votes: undefined };
		else if (local === 'RejectedVotes' || local === 'UncountedVotes') this.reason = reason;
		else if (this.selection !== undefined) this.identify(this.selection, local, id);
	}

	private identify(selection: Selection, local: string, id: string): void {
		if (local === 'AffiliationIdentifier') selection.list = id;
		else if (local === 'CandidateIdentifier') selection.candidate = id;
		else if (local === 'ReferendumOptionIdentifier' || local === 'ProposalIdentifier') selection.option = id;
	}

	close(_local: string, uri: string, text: string): void {
		if (this.skipped > 0 || uri !== EML_NAMESPACE) {
			this.skipped--;
			return;
		}
		const local = this.path.pop() ?? '';
		const contest = this.document.contests.at(-1);
		if (local === 'ElectionName') this.document.election = text;
		else if (contest !== undefined) this.end(contest, local, text);
	}

	private end(contest: EmlContest, local: string, text: string): void {
		const { unit, selection } = this;
		if (local === 'ContestName') contest.name = text;
		else if (unit === undefined) return;
		else if (local === 'ReportingUnitIdentifier') unit.name = text;
		else if (local === 'TotalVotes') contest.totals = this.finished(unit);
		else if (local === 'ReportingUnitVotes') contest.units.push(this.finished(unit));
		else if (selection !== undefined) this.endInSelection(contest, unit, selection, local, text);
		else if (BALLOTS.has(local)) this.figure(contest, unit, ballotsField(local, this.reason), text);
	}

	private finished(unit: EmlUnit): EmlUnit {
		this.unit = undefined;
		return unit;
	}

	private endInSelection(contest: EmlContest, unit: EmlUnit, selection: Selection, local: string, text: string): void {
		if (local === 'RegisteredName' || local === 'CandidateFullName' || local === 'ReferendumOptionIdentifier') {
			if (selection.name === '') selection.name = text;
		} else if (local === 'ValidVotes') selection.votes = text;
		else if (local === 'Selection') {
			this.selection = undefined;
			const field = this.choiceField(contest, selection);
			if (selection.votes !== undefined) this.figure(contest, unit, field, selection.votes);
		}
	}

	/** Candidates of EML_NL are numbered within the list that stands before them. */
	private choiceField(contest: EmlContest, { list, candidate, option, name }: Selection): EmlField {
		if (candidate !== undefined) {
			const own = list ?? this.list;
			const id = own === '' ? candidate : `${own}/${candidate}`;
			const place = contest.places.get(own);
			const party = place === undefined ? own : (contest.fields[place]?.name ?? own);
			return { id, name: name !== '' ? name : own === '' ? candidate : `${party}, ${candidate}`, kind: 'choice' };
		}
		if (list !== undefined) {
			this.list = list === '' ? name : list;
			return { id: this.list, name: name === '' ? list : name, kind: 'list' };
		}
		return { id: option ?? name, name: name === '' ? (option ?? '') : name, kind: 'choice' };
	}

	private figure(contest: EmlContest, unit: EmlUnit, field: EmlField, text: string): void {
		let place = contest.places.get(field.id);
		if (place === undefined) {
			place = contest.fields.push(field) - 1;
			contest.places.set(field.id, place);
		}
		if (unit.figures.has(place)) unit.twice ??= field.name;
		unit.figures.set(place, text);
		this.figures++;
	}
}

const BALLOTS = new Set([
	'Cast',
	'Read',
	'TotalCounted',
	'Provisionals',
	'Abstentions',
	'RejectedVotes',
	'UncountedVotes',
]);

const PLAIN: Readonly<Record<string, string>> = {
	Cast: 'Cast (the electorate, in EML_NL)',
	TotalCounted: 'Total counted',
	RejectedVotes: 'Rejected votes',
	UncountedVotes: 'Uncounted votes',
};

/** Ids begin with a colon, which no choice’s id of the schema does. */
function ballotsField(local: string, reason: string): EmlField {
	const coded = local === 'RejectedVotes' || local === 'UncountedVotes';
	const id = coded && reason !== '' ? `:${local}:${reason}` : `:${local}`;
	const name = PLAIN[local] ?? local;
	return {
		id,
		name: coded && reason !== '' ? `${name}, ${reason}` : name,
		kind: local === 'TotalCounted' ? 'total' : 'other',
	};
}
