/** Who may sign, by the package's own word: every key that it names, in the form that other programs of this kind read. */
import { foreign } from '../../html/foreign.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import type { AboutView, KeyView } from '../../views/aboutTypes.ts';
import type { PageContext } from '../context.ts';

export function keysSection(context: PageContext, view: AboutView): Html {
	const { words } = context;
	const { log, authority, registrars, parties } = view;
	const { quorum: n, keys } = authority;
	const groups: readonly (readonly [Part, readonly KeyView[]])[] = [
		[words.say('about.keyLog'), [log.key]],
		[words.say('about.keySpare'), [log.spare]],
		[words.say('about.keyAuthority', { n, all: keys.length }), keys],
		[words.say('about.keyRegistrars'), registrars],
		...parties.map(({ name, roots }) => [words.rich('about.keyParty', { party: words.shown(name) }), roots] as const),
	];
	const shown = groups.map(
		([title, list]) =>
			list.length > 0 && html`<h3>${title}</h3><ul class="keys">${list.map((key) => keyItem(context, key))}</ul>`,
	);
	return html`<section id="keys"><h2>${words.say('about.keysTitle')}</h2>
<p>${words.say('about.keysText')}</p>
<p>${words.say('about.origin')}: <code>${foreign(log.origin)}</code></p>
${shown}</section>
`;
}

/** A verifier key begins with the key's name, so the name needs no place of its own. */
function keyItem({ words }: PageContext, { holder, vkey }: KeyView): Html {
	return html`<li><code class="digest">${vkey}</code> <small>${words.say('about.keyHolder')}: ${foreign(holder)}</small></li>
`;
}
