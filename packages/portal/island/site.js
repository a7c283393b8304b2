/**
 * The site's only script; every page is whole without it. It sorts tables, follows the log while the page is looked at, and finds a station by its number on a host that only has files. It
 * draws nothing: new figures come as the page itself, fetched again.
 */

/** Milliseconds between two looks at the pulse: what a public host bears from many at once. */
const EVERY = 15_000;
/** The longest wait after failures in a row. */
const EVERY_MOST = 300_000;
/** Milliseconds between two announcements: numbers change all night, and nobody wants to hear each time. */
const SAY_EVERY = 60_000;
/** Failures in a row before it is said that there is no news. */
const FAILURES_SAID = 3;

const language = document.documentElement.lang;
const texts = new Intl.Collator(language, { numeric: true });
/** Table by its place on the page → column and direction, to be restored after the page is replaced. @type {Map<number, [number, number]>} */
const sorted = new Map();

function content() {
	return document.getElementById('content');
}

/** @param {string} selector @returns {HTMLElement[]} */
function all(selector) {
	return [...(content()?.querySelectorAll(selector) ?? [])].filter((one) => one instanceof HTMLElement);
}

/** @param {HTMLTableElement} table @param {number} column @param {number} direction 1 upward, -1 downward */
function sortBy(table, column, direction) {
	const body = table.tBodies[0];
	const heads = table.tHead?.rows[0]?.cells;
	if (body === undefined || heads === undefined) return;
	const isNumber = heads[column]?.dataset['sort'] === 'number';
	/** @param {HTMLTableRowElement} row */
	const number = (row) => Number(row.cells[column]?.dataset['value'] ?? -1);
	/** @param {HTMLTableRowElement} row */
	const text = (row) => row.cells[column]?.textContent ?? '';
	const rows = [...body.rows].sort((a, b) =>
		isNumber ? direction * (number(a) - number(b)) : direction * texts.compare(text(a), text(b)),
	);
	body.append(...rows);
	for (const head of heads) head.removeAttribute('aria-sort');
	heads[column]?.setAttribute('aria-sort', direction > 0 ? 'ascending' : 'descending');
}

/** Puts a button into each heading that can be sorted by, and sorts again what was sorted. */
function offerSorting() {
	const tables = all('table.sortable').filter((one) => one instanceof HTMLTableElement);
	for (const [place, table] of tables.entries()) {
		for (const head of table.tHead?.rows[0]?.cells ?? []) {
			if (head.dataset['sort'] === undefined) continue;
			const button = document.createElement('button');
			button.type = 'button';
			button.append(...[...head.childNodes].filter((node) => node.nodeName !== 'SMALL'));
			head.prepend(button);
			button.addEventListener('click', () => {
				const first = head.dataset['sort'] === 'number' ? -1 : 1;
				const [column, before] = sorted.get(place) ?? [];
				const direction = column === head.cellIndex && before === first ? -first : first;
				sorted.set(place, [head.cellIndex, direction]);
				sortBy(table, head.cellIndex, direction);
			});
		}
		const [column, direction] = sorted.get(place) ?? [];
		if (column !== undefined && direction !== undefined) sortBy(table, column, direction);
	}
}

/** What a person may have in hand: links by where they lead, everything else by what it says. @param {Element} one */
function nameOf(one) {
	return one.getAttribute('href') ?? one.getAttribute('aria-label') ?? one.textContent;
}

const HELD = 'a, button, summary, [tabindex]';

/** Puts the new page in the place of the old, and leaves focus, opened parts and scrolling where they were. @param {Element} fresh */
function replaceContent(fresh) {
	const focused = document.activeElement;
	const inside = focused instanceof HTMLElement && content()?.contains(focused) === true;
	const same = inside
		? all(HELD)
				.filter((one) => nameOf(one) === nameOf(focused))
				.indexOf(focused)
		: -1;
	const open = all('details').map((one) => one.hasAttribute('open'));
	const scrolls = all('.scroll').map((one) => one.scrollLeft);
	const { scrollX, scrollY } = window;
	content()?.replaceChildren(...fresh.childNodes);
	offerSorting();
	for (const [place, one] of all('details').entries()) one.toggleAttribute('open', open[place] === true);
	for (const [place, one] of all('.scroll').entries()) one.scrollLeft = scrolls[place] ?? 0;
	if (inside)
		all(HELD)
			.filter((one) => nameOf(one) === nameOf(focused))
			[same]?.focus({ preventScroll: true });
	window.scrollTo(scrollX, scrollY);
}

/** Somebody who marks or types something is not disturbed. */
function isBusy() {
	const selection = getSelection();
	return (selection !== null && !selection.isCollapsed) || document.activeElement instanceof HTMLInputElement;
}

let announced = 0;

/** @param {string | undefined} text @param {boolean} isUrgent */
function say(text, isUrgent) {
	const region = document.querySelector('.live');
	if (region === null || (!isUrgent && Date.now() - announced < SAY_EVERY)) return;
	announced = Date.now();
	region.textContent = text ?? '';
}

/** @param {string} pulse @param {DOMStringMap} data */
function follow(pulse, { size, updated, stale }) {
	let seen = Number(size);
	let shown = '';
	let failures = 0;
	let timer = 0;
	const look = async () => {
		const now = sizeOf(await (await answer(pulse)).json());
		if (now !== seen && !isBusy()) {
			const page = await (await answer(location.href)).text();
			const fresh = new DOMParser().parseFromString(page, 'text/html');
			const main = fresh.getElementById('content');
			for (const part of ['.witnessed', '.foot'])
				document.querySelector(part)?.replaceWith(fresh.querySelector(part) ?? '');
			for (const line of document.querySelectorAll('.witnessed'))
				if (line instanceof HTMLElement) lookForWitnesses(line);
			if (main !== null && main.innerHTML !== shown) {
				shown = main.innerHTML;
				replaceContent(main);
				say(updated?.replace('#', now.toLocaleString(language)), false);
			}
			seen = now;
		}
		if (failures >= FAILURES_SAID) say('', true);
		failures = 0;
	};
	const failed = () => {
		failures += 1;
		if (failures === FAILURES_SAID) say(stale, true);
	};
	const plan = () => {
		clearTimeout(timer);
		const wait = Math.min(EVERY * 2 ** failures, EVERY_MOST) * (0.75 + Math.random() / 2);
		if (!document.hidden) timer = setTimeout(() => look().catch(failed).then(plan, plan), wait);
	};
	document.addEventListener('visibilitychange', plan);
	plan();
}

/** @param {string} address */
async function answer(address) {
	const found = await fetch(address, { cache: 'no-cache' });
	if (!found.ok) throw new Error(`${address}: ${found.status}`);
	return found;
}

/** @param {unknown} news */
function sizeOf(news) {
	if (typeof news === 'object' && news !== null && 'size' in news && typeof news.size === 'number') return news.size;
	throw new Error('a pulse has a size');
}

/** On a host of files the number itself says where the page lies. @param {HTMLFormElement} form */
function find(form) {
	form.hidden = false;
	const missed = () => say(form.dataset['none'], true);
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		const field = form.elements.namedItem('station');
		const number = field instanceof HTMLInputElement ? field.value.trim().toLowerCase() : '';
		const address = `${form.dataset['find']}${encodeURIComponent(number.replaceAll('/', '~'))}.html`;
		fetch(address, { method: 'HEAD' }).then(({ ok }) => (ok ? location.assign(address) : missed()), missed);
	});
}

/** A page that stands still says where to look for what witnesses have seen; here it is looked up. @param {HTMLElement} line */
function lookForWitnesses(line) {
	const { witnesses, met, away, never } = line.dataset;
	const said = line.querySelector('span');
	if (witnesses === undefined || said === null) return;
	answer(witnesses)
		.then(async (found) => {
			const { state, size, since } = seenIn(await found.json());
			if (state === 'met') said.textContent = met?.replace('#', size.toLocaleString(language)) ?? '';
			if (state !== 'away') return;
			const time = new Date(since * 1_000).toLocaleString(language, { timeZone: 'UTC', timeZoneName: 'short' });
			said.textContent = (since === 0 ? never : away?.replace('#', time)) ?? '';
			line.classList.add('loud');
		})
		.catch(() => undefined);
}

/** @param {unknown} news */
function seenIn(news) {
	const size = sizeOf(news);
	const quorum = typeof news === 'object' && news !== null && 'quorum' in news ? news.quorum : undefined;
	if (typeof quorum !== 'object' || quorum === null || !('state' in quorum))
		throw new Error('it says how the quorum is');
	const since = 'since' in quorum && typeof quorum.since === 'number' ? quorum.since : 0;
	return { state: quorum.state, size, since };
}

for (const line of document.querySelectorAll('.witnessed')) if (line instanceof HTMLElement) lookForWitnesses(line);
offerSorting();
const { pulse } = document.body.dataset;
if (pulse !== undefined) follow(pulse, document.body.dataset);
for (const form of document.querySelectorAll('form')) if (form.dataset['find'] !== undefined) find(form);
