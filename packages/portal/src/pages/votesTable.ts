/**
 * Votes by candidate at both stages, with what each is a share of, and what is kept out in quarantine beside the totals (R21). Candidates whose votes the law makes void are in no share.
 * Shares are of what the rule asks a share of, by its name, so that they are those that decide.
 */
import type { AreaResults } from '@matokeo/core/standings/results.ts';
import type { StageResult } from '@matokeo/core/standings/stage.ts';
import { bar } from '../design/charts.ts';
import { foreign } from '../html/foreign.ts';
import { type Html, html, type Part } from '../html/html.ts';
import type { CandidateHead, ContestHead } from '../views/types.ts';
import type { PageContext } from './context.ts';
import { sum, table } from './parts.ts';
import { candidateVotes, type Share, shareFor } from './shares.ts';

export function votesTable(context: PageContext, contest: ContestHead, results: AreaResults): Html {
	const { words } = context;
	const { verified, reported } = results.stages;
	if (reported.stations === 0 && verified.stations === 0 && results.quarantine.stations === 0) {
		return html`<p>${words.say('contest.noVotes')}</p>`;
	}
	const share = shareFor(words, contest);
	const of = share.name;
	const stages = [verified, reported].map((stage) => ({ stage, whole: share.of(stage) }));
	const isKept = results.quarantine.stations > 0;
	const rows = ranked(contest, results).map(
		(candidate) => html`<tr><th scope="row">${candidateName(context, candidate)}</th>
${stages.map(({ stage, whole }, place) => votesCell(context, candidate, stage, whole, place === 0))}${isKept && kept(context, results.quarantine.votes[candidate.id])}</tr>`,
	);
	const note = words.say('contest.votesStage', { of });
	const stationsNote = (stage: StageResult): Part =>
		html`${words.say('contest.ofStations', { part: stage.stations, n: results.due })}<span class="roomy"><br>${note}</span>`;
	return table({
		kind: 'votes sortable',
		name: words.say('contest.votesTitle'),
		caption: words.say('contest.votesCaption', { of }),
		columns: [
			{ label: words.say('common.candidate'), sort: 'text' },
			{ label: words.say('common.stageVerified'), note: stationsNote(verified), sort: 'number' },
			{ label: words.say('common.stageReported'), note: stationsNote(reported), sort: 'number' },
			...(isKept ? [quarantineColumn(context, results.quarantine)] : []),
		],
		rows,
		sums: sumRows(context, contest, results, share),
	});
}

function quarantineColumn({ words }: PageContext, { stations }: StageResult) {
	const note = html`${words.say('common.stations', { n: stations })}<br>${words.say('contest.quarantineColumnText')}`;
	return { label: words.say('contest.quarantineColumn'), note, sort: 'number' } as const;
}

/** Most verified votes first, then most reported, then as on the form. */
export function ranked(contest: ContestHead, { stages }: Pick<AreaResults, 'stages'>): readonly CandidateHead[] {
	const { verified, reported } = stages;
	const votes = (stage: StageResult, { id }: CandidateHead): number => stage.votes[id] ?? 0;
	return [...contest.candidates].sort(
		(a, b) => votes(verified, b) - votes(verified, a) || votes(reported, b) - votes(reported, a) || a.order - b.order,
	);
}

export function candidateName({ words }: PageContext, candidate: CandidateHead): Html {
	const { name, party: id, party_name, status, votes } = candidate;
	const party = words.text(party_name) || id;
	const isOwn = party !== '' && party.toLowerCase() !== name.toLowerCase();
	return html`${foreign(name)}${isOwn && html` <small>${foreign(party)}</small>`}${status !== 'standing' && html` <small>${words.say(`common.${status}`)}</small>`}${votes === 'void' && html` <small>${words.say('common.votesVoid')}</small>`}`;
}

function votesCell(
	{ words }: PageContext,
	{ id, votes }: CandidateHead,
	stage: StageResult,
	whole: number,
	isDrawn: boolean,
): Html {
	const own = stage.votes[id] ?? 0;
	if (votes === 'void') return html`<td class="n" data-value="${own}">${words.number(own)} <small>–</small></td>`;
	return html`<td class="n" data-value="${own}">${words.number(own)} <small>${words.percent(own, whole)}</small>${isDrawn && bar(own, whole)}</td>`;
}

function kept({ words }: PageContext, votes = 0): Html {
	return html`<td class="n kept" data-value="${votes}">${words.number(votes)}</td>`;
}

/** All that stand in the table as sums: the votes for candidates, what else is counted, what shares are of where that is another sum, and everything together. */
function sumRows(context: PageContext, contest: ContestHead, results: AreaResults, share: Share): Part {
	const { words } = context;
	const { stages: both, quarantine } = results;
	const stages = [both.verified, both.reported, ...(quarantine.stations > 0 ? [quarantine] : [])];
	const row = (label: Part, values: readonly number[]): Html =>
		html`<tr><th scope="row">${label}</th>${values.map((value) => html`<td class="n">${words.number(value)}</td>`)}</tr>`;
	const categories = contest.fields.filter(({ counted, candidate }) => counted && !candidate);
	return [
		row(
			share.isCandidates ? share.name : words.say('common.ofCandidates'),
			stages.map((stage) => candidateVotes(contest, stage)),
		),
		...categories.map(({ id, label }) =>
			row(
				words.shown(label),
				stages.map((stage) => stage.categories[id] ?? 0),
			),
		),
		!share.isCandidates && row(share.name, stages.map(share.of)),
		row(
			words.say('contest.allBallots'),
			stages.map((stage) => sum([...Object.values(stage.votes), ...Object.values(stage.categories)])),
		),
	];
}
