/** Ids and what refers to them (X2–X4): JSON Schema knows neither, and XML Schema only that an id is there. */
import type { Findings } from './findings.ts';
import { type Item, text, textsOf } from './objects.ts';

const CONTESTS = ['BallotMeasureContest', 'CandidateContest', 'PartyContest', 'RetentionContest'] as const;
const SELECTIONS = ['BallotMeasureSelection', 'CandidateSelection', 'PartySelection'] as const;
const UNITS = ['ReportingDevice', 'ReportingUnit'] as const;
const PARTIES = ['Coalition', 'Party'] as const;

/** Member → classes that it may refer to. Source: the references of the UML model, SP 1500-100 v2. */
const REFERENCES: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
	['AuthorityIds', ['Person']],
	['CandidateId', ['Candidate']],
	['CandidateIds', ['Candidate']],
	['ComposingGpUnitIds', UNITS],
	['ContestId', CONTESTS],
	['ContestIds', CONTESTS],
	['ElectionDistrictId', ['ReportingUnit']],
	['ElectionOfficialPersonIds', ['Person']],
	['ElectionScopeId', ['ReportingUnit']],
	['EndorsementPartyIds', PARTIES],
	['GpUnitId', UNITS],
	['GpUnitIds', UNITS],
	['HeaderId', ['Header']],
	['LeaderPersonIds', ['Person']],
	['OfficeHolderPersonIds', ['Person']],
	['OfficeId', ['Office']],
	['OfficeIds', ['Office']],
	['OrderedContestSelectionIds', SELECTIONS],
	['PartyId', PARTIES],
	['PartyIds', PARTIES],
	['PartyScopeGpUnitIds', UNITS],
	['PersonId', ['Person']],
	['PrimaryPartyIds', PARTIES],
]);

export type Known = ReadonlyMap<string, Item>;

/** Everything that has an id; the first, when two have the same. */
export function knownIds(all: Iterable<Item>, { found }: Findings): Known {
	const known = new Map<string, Item>();
	for (const item of all) {
		const id = text(item, '@id');
		if (id === undefined) continue;
		if (known.has(id))
			found('X2', item.place, `The id "${id}" stands twice: what refers to it means one of two things.`);
		else known.set(id, item);
	}
	return known;
}

export function checkReferences(item: Item, known: Known, { found }: Findings): void {
	for (const name of item.members.keys()) {
		const classes = REFERENCES.get(name);
		if (classes === undefined) continue;
		for (const id of textsOf(item, name)) {
			const target = known.get(id);
			if (target === undefined)
				found('X3', item.place, `${name} refers to "${id}", and nothing in the report has that id.`);
			else if (!classes.includes(target.class))
				found(
					'X4',
					item.place,
					`${name} refers to "${id}", which is a ${target.class || 'thing without a class'}: expected ${classes.join(' or ')}.`,
				);
		}
	}
}
