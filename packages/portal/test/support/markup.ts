/**
 * Looks at a page the way a strict reader would: every tag closed in its turn, ids that are named and unique, nothing that the pages' content policy forbids. It knows as much HTML as the
 * pages use.
 */

const VOID = new Set(['meta', 'link', 'br', 'img', 'input', 'hr']);
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z][a-zA-Z0-9-]*(?:="[^"<]*")?)*)\s*(\/?)>/y;

export function problemsOf(page: string): readonly string[] {
	const problems: string[] = [];
	const open: string[] = [];
	const ids: string[] = [];
	const text = page.replace(/^<!doctype html>/, '');
	let at = text.indexOf('<');
	while (at >= 0) {
		TAG.lastIndex = at;
		const match = TAG.exec(text);
		if (match === null) return [...problems, `no tag: ${text.slice(at, at + 40)}`];
		const [whole, slash, name = '', attributes = '', selfClosed] = match;
		if (slash === '') problems.push(...forbidden(name, attributes));
		ids.push(...[...attributes.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id));
		if (slash === '/') {
			const expected = open.pop();
			if (expected !== name) problems.push(`</${name}> where </${expected}> should be`);
		} else if (!VOID.has(name) && selfClosed !== '/') open.push(name);
		at = text.indexOf('<', at + whole.length);
	}
	if (open.length > 0) problems.push(`never closed: ${open.join(' ')}`);
	return [...problems, ...wrongIds(text, ids), ...wrongText(text)];
}

function forbidden(name: string, attributes: string): readonly string[] {
	const problems: string[] = [];
	const names = attributes
		.replace(/="[^"]*"/g, '')
		.split(/\s+/)
		.filter((one) => one !== '');
	for (const one of names) if (one === 'style' || one.startsWith('on')) problems.push(`<${name} ${one}>`);
	if (new Set(names).size !== names.length) problems.push(`<${name}> has an attribute twice`);
	if (['style', 'iframe', 'object', 'embed', 'base'].includes(name)) problems.push(`<${name}>`);
	if (name === 'script' && !attributes.includes(' src="')) problems.push('a script of its own');
	if (/\b(href|src|action)="(?:[a-z]+:|\/)/i.test(attributes))
		problems.push(`an address that is not relative: ${attributes}`);
	return problems;
}

function wrongIds(text: string, ids: readonly string[]): readonly string[] {
	const twice = ids.filter((id, place) => ids.indexOf(id) !== place);
	const named = [...text.matchAll(/ (?:href="#|for="|aria-labelledby="|aria-describedby=")([^"]*)"/g)].flatMap(
		([, one = '']) => one.split(' '),
	);
	return [
		...twice.map((id) => `the id ${id} twice`),
		...named.filter((id) => !ids.includes(id)).map((id) => `no id ${id}`),
	];
}

function wrongText(text: string): readonly string[] {
	const turning = /[[\p{Cc}\p{Bidi_Control}]--[\t\n]]/v.exec(text)?.[0];
	return turning === undefined ? [] : [`the character ${turning.codePointAt(0)?.toString(16)}`];
}
