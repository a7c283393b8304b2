/** Who may sign, by the package's own word: every key that it names, in the form that other programs of this kind read; and the witnesses with the policy they are held to. */
import { foreign } from '../../html/foreign.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import type { AboutView, KeyView } from '../../views/types.ts';
import type { PageContext } from '../context.ts';
import { table } from '../parts.ts';

export function keysSection(context: PageContext, view: AboutView): Html {
	const { words } = context;
	const { log, authority, registrars, parties } = view;
	const { quorum: n, keys } = authority;
	const groups: readonly (readonly [Part, string, readonly KeyView[]])[] = [
		[words.say('about.keyLog'), words.say('about.keyLog'), [log.key]],
		[words.say('about.keySpare'), words.say('about.keySpare'), [log.spare]],
		[words.say('about.keyAuthority', { n, all: keys.length }), words.say('changes.officeAuthority'), keys],
		[words.say('about.keyRegistrars'), words.say('changes.officeRegistrar'), registrars],
		...parties.map(({ name, roots }) => {
			const title = words.rich('about.keyParty', { party: words.shown(name) });
			return [title, words.text(name), roots] as const;
		}),
	];
	return html`<section id="keys"><h2>${words.say('about.keysTitle')}</h2>
<p>${words.say('about.keysText')}</p>
<p>${words.say('about.origin')}: <code>${foreign(log.origin)}</code></p>
${groups.map(([title, name, list]) => list.length > 0 && keyTable(context, title, name, list))}</section>
`;
}

function keyTable({ words }: PageContext, caption: Part, name: string, keys: readonly KeyView[]): Html {
	return table({
		kind: 'keys',
		name,
		caption,
		columns: [
			{ label: words.say('about.keyName') },
			{ label: words.say('about.keyHolder') },
			{ label: words.say('about.keyValue') },
		],
		rows: keys.map(
			(key) =>
				html`<tr><th scope="row"><code>${foreign(key.name)}</code></th><td>${foreign(key.holder)}</td><td><code class="digest">${key.vkey}</code></td></tr>`,
		),
	});
}

export function witnessesSection(context: PageContext, { witnesses, parties }: AboutView): Html {
	const { words } = context;
	const runners = Object.entries(witnesses.run_by);
	const runner = (by: string): Part => {
		const party = parties.find(({ id }) => id === by);
		return party === undefined ? foreign(by) : words.shown(party.name);
	};
	const rows = runners.map(
		([name, by]) => html`<tr><th scope="row"><code>${foreign(name)}</code></th><td>${runner(by)}</td></tr>`,
	);
	const list =
		runners.length === 0
			? html`<p>${words.say('about.witnessesNone')}</p>`
			: table({
					name: words.say('about.witnessesTitle'),
					caption: words.say('about.witnessesTitle'),
					columns: [{ label: words.say('about.witness') }, { label: words.say('about.runBy') }],
					rows,
				});
	return html`<section id="witnesses"><h2>${words.say('about.witnessesTitle')}</h2>
<p>${words.say('about.witnessesText')}</p>
${list}
${witnesses.source !== '' && html`<details><summary>${words.say('about.policy')}</summary><pre><code>${witnesses.source}</code></pre></details>`}</section>
`;
}
