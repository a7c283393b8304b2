/** The rules of one contest: who is elected, what shares are shares of, the form field by field, and the checks that every form goes through. */
import { foreign } from '../../html/foreign.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import type { ContestRulesView } from '../../views/aboutTypes.ts';
import type { MessageId } from '../../words/catalogues.ts';
import type { PageContext } from '../context.ts';
import { denominatorWords } from '../factWords.ts';
import { table } from '../parts.ts';
import { rulesInWords } from '../rulesInWords.ts';
import { SEVERITIES, toleranceWords } from '../stationParts/checks.ts';

export function contestRules(context: PageContext, rules: ContestRulesView, place: number): Html {
	const { words } = context;
	const { contest, publish_from: from } = rules;
	return html`<section id="rules-${place + 1}"><h2>${words.rich('about.contest', { contest: words.shown(contest.title) })}</h2>
<h3>${words.say('about.ruleTitle')}</h3>
${rulesInWords(words, rules.rule, contest)}
${from !== undefined && html`<p>${words.rich('about.publishFrom', { time: words.timeTag(from) })}</p>`}
${denominators(context, rules)}${form(context, rules)}${checks(context, rules)}</section>
`;
}

function denominators({ words }: PageContext, { contest }: ContestRulesView): Part {
	const label = (id: string): Part => {
		const field = contest.fields.find((one) => one.id === id);
		return field === undefined ? foreign(id) : words.shown(field.label);
	};
	const rows = contest.denominators.map(({ id, register, candidates, categories }) => {
		const parts = [candidates && words.say('about.denominatorCandidates'), ...categories.map(label)].filter(
			(part) => part !== false,
		);
		const sum = parts.length === 1 ? parts[0] : words.rich('about.denominatorSum', { parts: words.items(parts) });
		const meaning = register ? words.say('about.denominatorRegister') : sum;
		return html`<tr><th scope="row">${denominatorWords(words, id)} <small><code>${foreign(id)}</code></small></th><td>${meaning}</td></tr>`;
	});
	return (
		rows.length > 0 &&
		table({
			name: words.say('about.denominators'),
			caption: words.say('about.denominators'),
			columns: [{ label: words.say('about.denominatorName') }, { label: words.say('about.denominatorMeaning') }],
			rows,
		})
	);
}

const COLUMNS: Readonly<Record<string, MessageId>> = {
	registered: 'about.columnRegistered',
	supplementary: 'about.columnSupplementary',
	ballots: 'about.columnBallots',
};

function form({ words }: PageContext, { form: { title, ceiling }, contest }: ContestRulesView): Html {
	const fields = contest.fields.map(({ label, counted }) => {
		const shown = words.shown(label);
		return html`<li>${counted ? html`<strong>${shown}</strong>` : shown}</li>`;
	});
	const columns = ceiling.map((column): Part => {
		const id = COLUMNS[column];
		return id === undefined ? foreign(column) : words.say(id);
	});
	const [first, ...others] = columns;
	const sum = others.reduce((all, second) => words.rich('about.plus', { first: all, second }), first);
	return html`<h3>${words.say('about.formTitle')}</h3>
<p>${words.rich('about.formText', { title: words.shown(title) })}</p>
<ol class="fields">${fields}</ol>
<p>${sum === undefined ? words.say('about.ceilingNone') : words.rich('about.ceiling', { columns: sum })}</p>
`;
}

function checks({ words }: PageContext, { checks: all }: ContestRulesView): Part {
	const items = all.map(
		({ text, source, severity, tolerance }) =>
			html`<li><p>${words.shown(text)}</p>
<p class="small">${words.say(SEVERITIES[severity])} ${toleranceWords(words, tolerance)} <code><bdi>${source}</bdi></code></p></li>
`,
	);
	return items.length > 0 && html`<h3>${words.say('about.checksTitle')}</h3><ul class="checks">${items}</ul>`;
}
