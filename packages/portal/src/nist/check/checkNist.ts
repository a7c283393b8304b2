/**
 * Whether an election results report of NIST SP 1500-100 v2 makes sense (X1–X15 of spec/exports.md), whoever wrote it: what the schemas cannot say. A schema accepts an id that nothing has, one that two things have, and a negative count. Spelling and order are the schema's business, and whether
 * figures are true is nobody's who has only the report.
 */
import { checkNumbers, checkSums, readFigures, type Tree } from './counts.ts';
import { type Findings, findingsBook, type NistChecked, TOP } from './findings.ts';
import { checkCandidates, checkDates, checkDistrict, checkStatus, checkWords } from './meaning.ts';
import { everything, type Item, items, number, reportOf, text } from './objects.ts';
import { checkReferences, knownIds } from './references.ts';
import { checkUnits } from './units.ts';

/** `value`: JSON as it was parsed. */
export function checkNist(value: unknown): NistChecked {
	const findings = findingsBook();
	const report = reportOf(value);
	if (report === undefined) {
		findings.found(
			'X1',
			TOP,
			'This is no election results report: expected one object whose "@type" is "ElectionResults.ElectionReport".',
		);
		return { ...findings.all(), looked: { units: 0, elections: 0, contests: 0, counts: 0 } };
	}
	const known = knownIds(everything(report), findings);
	const looked = { units: 0, elections: 0, contests: 0, counts: 0 };
	for (const item of everything(report)) {
		tally(looked, item);
		checkReferences(item, known, findings);
		checkNumbers(item, findings);
		checkWords(item, findings);
	}
	const units = items(report, 'GpUnit');
	const within = checkUnits(units, findings);
	const tree: Tree = { within, complete: completeUnits(units), below: new Map() };
	for (const election of items(report, 'Election')) checkElection(election, tree, findings);
	checkDates(report, findings);
	checkStatus(report, looked.counts, findings);
	return { ...findings.all(), looked };
}

function checkElection(election: Item, tree: Tree, findings: Findings): void {
	checkCandidates(election, findings);
	checkSums(readFigures(election, 'BallotCounts', findings), tree, findings);
	for (const contest of items(election, 'Contest')) {
		checkDistrict(contest, tree.within, findings);
		checkSums(readFigures(contest, 'OtherCounts', findings), tree, findings);
		for (const selection of items(contest, 'ContestSelection'))
			checkSums(readFigures(selection, 'VoteCounts', findings), tree, findings);
	}
}

function completeUnits(units: readonly Item[]): ReadonlySet<string> {
	const complete = new Set<string>();
	for (const unit of units) {
		const [id, reported, total] = [text(unit, '@id'), number(unit, 'SubUnitsReported'), number(unit, 'TotalSubUnits')];
		if (id !== undefined && total !== undefined && total > 0 && reported === total) complete.add(id);
	}
	return complete;
}

function tally(
	looked: { units: number; elections: number; contests: number; counts: number },
	{ class: name }: Item,
): void {
	if (name === 'ReportingUnit' || name === 'ReportingDevice') looked.units++;
	if (name === 'Election') looked.elections++;
	if (name.endsWith('Contest')) looked.contests++;
	if (name === 'VoteCounts' || name === 'BallotCounts') looked.counts++;
}
