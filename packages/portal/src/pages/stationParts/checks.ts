/** The checks of the form: what each asks in the package's own words, the numbers that it read, what it found, and what follows. A check that cannot be decided is not one that passes. */
import { foreign } from '../../html/foreign.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import type { CheckView, StationContestView } from '../../views/stationTypes.ts';
import type { ContestHead } from '../../views/types.ts';
import type { MessageId } from '../../words/catalogues.ts';
import type { Words } from '../../words/words.ts';
import type { PageContext } from '../context.ts';

export function checksSection({ words }: PageContext, { contest, checks, checked_on }: StationContestView): Part {
	if (checks.length === 0) return undefined;
	const items = checks.map((check) => item(words, contest, check));
	return html`<h3>${words.say('station.checks')}</h3>
<p>${words.say(checked_on === 'officer' ? 'station.checksOfficer' : 'station.checksAccepted')}</p>
<ul class="checks">${items}</ul>`;
}

const VERDICTS = {
	pass: { id: 'station.verdictPass', sign: '✓', tone: 'good' },
	fail: { id: 'station.verdictFail', sign: '✕', tone: 'look' },
	unknown: { id: 'station.verdictUnknown', sign: '?', tone: 'look' },
} as const;

export const SEVERITIES = {
	error: 'station.severityError',
	warning: 'station.severityWarning',
	info: 'station.severityInfo',
} as const;

function item(
	words: Words,
	contest: ContestHead,
	{ text, source, severity, tolerance, verdict, inputs }: CheckView,
): Html {
	const { id, sign, tone } = VERDICTS[verdict];
	const values = inputs.map(({ id: input, value }) => {
		const said = value === undefined ? words.say('station.inputNone') : value;
		return html`<li>${words.rich('station.input', { name: inputName(words, contest, input), value: said })}</li>`;
	});
	return html`<li><p>${words.shown(text)}</p>
<p><span class="mark ${tone}"><span aria-hidden="true">${sign}</span> ${words.say(id)}</span></p>
<p class="small">${words.say(SEVERITIES[severity])} ${toleranceWords(words, tolerance)} <code><bdi>${source}</bdi></code></p>
<ul class="inputs" aria-label="${words.say('station.inputs')}">${values}</ul></li>
`;
}

export function toleranceWords(words: Words, tolerance: number): string {
	return tolerance === 0 ? words.say('station.noTolerance') : words.say('station.tolerance', { n: tolerance });
}

const COLUMNS: Readonly<Record<string, MessageId>> = {
	'station.registered': 'station.inputRegister',
	'station.supplementary': 'station.inputSupplementary',
	'station.ballots': 'station.inputBallots',
};

/** The field as the form prints it; a column of the package in words. */
function inputName(words: Words, contest: ContestHead, id: string): Part {
	const column = Object.hasOwn(COLUMNS, id) ? COLUMNS[id] : undefined;
	if (column !== undefined) return words.say(column);
	const field = contest.fields.find((one) => one.id === id);
	return field === undefined ? foreign(id) : words.shown(field.label);
}
