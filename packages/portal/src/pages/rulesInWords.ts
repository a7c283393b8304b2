/** The rule of a contest in words (RS2, RS6–RS8): for every round who is elected, what follows when nobody is, and what settles equal votes. It describes the rule, and decides nothing. */
import type { Condition, Otherwise, ResultRule, Round } from '@matokeo/core/result/rule.ts';
import { unreachable } from '@matokeo/core/std/result.ts';
import { foreign } from '../html/foreign.ts';
import { type Html, html, type Part } from '../html/html.ts';
import type { ContestHead } from '../views/types.ts';
import type { Words } from '../words/words.ts';
import { conditionWords } from './conditionWords.ts';
import { type Names, namesOf } from './names.ts';

/** Headings of level 4: it stands within the section of its contest. */
export function rulesInWords(words: Words, rule: ResultRule, contest: ContestHead): Html {
	const names = namesOf(words, contest);
	const rounds = rule.rounds.map((round, place) => roundWords(words, round, place + 1, contest.round, names));
	return html`${rounds}${rule.note !== undefined && html`<p>${words.say('about.ruleNote')}: ${html`<bdi>${rule.note}</bdi>`}</p>`}`;
}

function roundWords(words: Words, round: Round, number: number, here: number, names: Names): Html {
	const tie = {
		lots: 'about.tieLots',
		older: 'about.tieOlder',
		rerun: 'about.tieRerun',
		unsettled: 'about.tieUnsettled',
	} as const;
	return html`<h4>${words.say(number === here ? 'about.roundHere' : 'about.round', { n: number })}</h4>
<p>${words.say('about.elect')}</p>
<ul class="rule">${tree(words, round.elect, names)}</ul>
<p>${words.say('about.electSeveral')} ${words.say(tie[round.tie ?? 'unsettled'])}</p>
<p>${otherwiseWords(words, round.otherwise, names)}</p>
`;
}

function otherwiseWords(words: Words, otherwise: Otherwise | undefined, names: Names): Part {
	if (otherwise === undefined) return words.say('about.otherwiseNobody');
	switch (otherwise.kind) {
		case 'top':
			return words.say('about.otherwiseTop', { n: otherwise.places });
		case 'most-areas':
			return words.rich('about.otherwiseMostAreas', { level: names.level(otherwise.level) });
		case 'refer':
			return words.rich('about.otherwiseRefer', { to: foreign(otherwise.to) });
		case 'special':
			return words.rich('about.otherwiseSpecial', { code: foreign(otherwise.code) });
		case 'rerun':
			return words.say('about.otherwiseRerun');
		default:
			return unreachable(otherwise);
	}
}

/** One list item; the parts of an "all" or "any" as a list of their own. */
function tree(words: Words, condition: Condition, names: Names): Html {
	const text = condition.text && words.shown(condition.text);
	if (condition.kind !== 'all' && condition.kind !== 'any') {
		const meaning = conditionWords(words, condition, names);
		return html`<li>${text === undefined ? meaning : words.rich('about.named', { text, meaning })}</li>`;
	}
	const lead = words.say(condition.kind === 'all' ? 'about.allOf' : 'about.anyOf');
	const parts = condition.parts.map((part) => tree(words, part, names));
	return html`<li>${text === undefined ? lead : words.rich('about.named', { text, meaning: lead })}<ul>${parts}</ul></li>`;
}
