/** What the package says of the end: certificates and declarations, grounds of objection with standing and time limits, and the courts whose orders count. All of it is data, each with its source. */
import type { Standing } from '@matokeo/core/election/types.ts';
import { foreign } from '../../html/foreign.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import type { AboutView, LawView } from '../../views/aboutTypes.ts';
import type { MessageId } from '../../words/catalogues.ts';
import type { PageContext } from '../context.ts';
import { table } from '../parts.ts';
import { lengthOf, startOf } from '../proceedParts/clockTable.ts';
import { codeWords } from '../stationParts/codeWords.ts';
import { answeringWords } from '../stationParts/filingWords.ts';

export function lawSection(context: PageContext, { law }: AboutView): Html {
	const { words } = context;
	return html`<section id="law"><h2>${words.say('about.lawTitle')}</h2>
<p>${words.say('about.lawText')}</p>
<ul>${law.contests.map((one) => html`<li>${contestLine(context, one)}</li>`)}</ul>
${law.witness_timeout !== undefined && html`<p>${words.say('about.lawTimeout', { n: law.witness_timeout })}</p>`}
${law.grounds.length > 0 && html`<h3>${words.say('about.lawGrounds')}</h3>${grounds(context, law)}`}
${law.clocks.length > 0 && html`<h3>${words.say('about.lawClocks')}</h3>${clocks(context, law)}`}
${law.courts.length > 0 && html`<h3>${words.say('about.lawCourts')}</h3><ul>${law.courts.map((court) => html`<li>${words.shown(court.text)} <small><code>${foreign(court.id)}</code> · ${words.say('about.lawCourtKeys', { n: court.keys.length })}${court.keys.map(({ vkey }) => html` · <code class="digest">${vkey}</code>`)}</small></li>`)}</ul>`}
</section>
`;
}

function contestLine({ words }: PageContext, { contest, steps, declaration }: LawView['contests'][number]): Part {
	const title = words.shown(contest.text);
	const certified =
		steps.length === 0
			? words.rich('about.lawNoSteps', { contest: title })
			: words.rich('about.lawSteps', {
					contest: title,
					steps: words.items(
						steps.map((step) =>
							words.rich('about.lawStep', { level: words.shown(step.level), sheet: words.shown(step.title) }),
						),
					),
				});
	if (declaration === undefined) return html`${certified}.`;
	return html`${certified}. ${words.shown(declaration.title)} <small><bdi>${declaration.citation}</bdi></small>`;
}

const STANDING: Readonly<Record<Standing, MessageId>> = {
	agent: 'about.standingAgent',
	party: 'about.standingParty',
	observer: 'about.standingObserver',
	'presiding-officer': 'about.standingPresidingOfficer',
	'receiving-officer': 'about.standingReceivingOfficer',
	'returning-officer': 'about.standingReturningOfficer',
	authority: 'about.standingAuthority',
	candidate: 'about.standingCandidate',
	voter: 'about.standingVoter',
};

/** What each lasts and runs from; when it ends stands with each contest. */
function clocks({ words }: PageContext, law: LawView): Html {
	return table({
		kind: 'clocks',
		name: words.say('about.lawClocks'),
		columns: [
			{ label: words.say('filings.clockName') },
			{ label: words.say('about.lawLength') },
			{ label: words.say('filings.clockRuns') },
		],
		rows: law.clocks.map((clock) => {
			const from = 'at' in clock.starts ? words.timeTag(clock.starts.at) : startOf(words, { starts: clock.starts });
			return html`<tr><th scope="row">${words.shown(clock.text)} <small><bdi>${clock.citation}</bdi></small></th><td>${lengthOf(words, clock.seconds)}</td><td>${from}</td></tr>`;
		}),
	});
}

function grounds(context: PageContext, law: LawView): Html {
	const { words } = context;
	const none = words.say('about.lawNoLimit');
	return table({
		kind: 'filings',
		name: words.say('about.lawGrounds'),
		columns: [
			{ label: words.say('about.lawGround') },
			{ label: words.say('about.lawStanding') },
			{ label: words.say('about.lawAnswers') },
			{ label: words.say('about.lawLodge') },
			{ label: words.say('about.lawAnswerBy') },
		],
		rows: law.grounds.map(
			(ground) =>
				html`<tr><th scope="row">${codeWords(words, ground)}</th><td>${words.list(ground.standing.map((one) => words.say(STANDING[one])))}</td><td>${words.items(ground.answered_by.map((one) => answeringWords(words, one, {})))}</td><td>${ground.within === undefined ? none : words.shown(ground.within)}</td><td>${ground.answer_within === undefined ? none : words.shown(ground.answer_within)}</td></tr>`,
		),
	});
}
