/** Notices, objections and orders one by one: what a page must say of each, whatever was filed. */
import { describe, expect, it } from 'vitest';
import { pageContext } from '../../src/pages/context.ts';
import { homePage } from '../../src/pages/home.ts';
import { noticePage } from '../../src/pages/notice.ts';
import { objectionPage } from '../../src/pages/objection.ts';
import { LANGUAGES, type Language } from '../../src/site/paths.ts';
import type { NoticeView, ObjectionLine, ObjectionView } from '../../src/views/proceedTypes.ts';
import { CONTEST, ELECTION, HOME_VIEW, HOSTILE, PUBLICATION, STAMP } from '../support/fixtures.ts';
import { idOf, NIGHT } from '../support/fixturesForms.ts';
import { problemsOf } from '../support/markup.ts';

const said = {
	index: 70,
	time: NIGHT,
	said: { after: NIGHT - 60 },
	signers: [{ name: 'x/1', office: 'authority' }],
} as const;
const code = (id: string, en: string) => ({ id, text: { en }, citation: 'an assumption' });

const INCIDENT: NoticeView = {
	stamp: STAMP,
	head: CONTEST,
	notice: {
		...said,
		id: idOf(1),
		contest: '',
		notice: {
			kind: 'incident',
			attempted: 'altered',
			surface: 'server',
			outcome: 'failed',
			from: NIGHT,
			touched: [],
			checks: [
				{ check: 'replay', from: 0, to: 60 },
				{ check: 'consistency', from: 40, to: 60 },
			],
		},
		surface: code('server', 'the server of the log'),
		attempted: code('altered', HOSTILE.script),
	},
	files: [],
	touched: [],
	checks: [
		{ check: 'replay', from: 0, to: 60 },
		{ check: 'consistency', from: 40, to: 60 },
	],
	documents: [],
	fields: [],
	history: [],
};

const ERROR: NoticeView = {
	...INCIDENT,
	contest: CONTEST,
	notice: {
		...said,
		id: idOf(2),
		contest: 'president',
		notice: { kind: 'error', contest: 'president', documents: [idOf(3), idOf(4)], station: '30042' },
		place: { id: '30042', name: HOSTILE.override },
	},
	checks: [],
	documents: [
		{
			id: idOf(3),
			index: 12,
			type: 'form/capture',
			station: { id: '30042', name: 'A' },
			figures: { mas: 1234, blank: 'blank' },
		},
		{
			id: idOf(4),
			index: 30,
			type: 'collation/certify',
			contest: 'president',
			area: { id: 'area3', name: 'Oruro' },
			figures: { mas: 1324, blank: 3 },
		},
	],
	fields: [
		{ id: 'mas', text: { en: 'MAS' } },
		{ id: 'blank', text: { en: 'Blank votes' } },
	],
};

const LINE: ObjectionLine = {
	...said,
	id: idOf(5),
	contest: 'president',
	ground: code('wrong', HOSTILE.attribute),
	target: { kind: 'return', poll: 1, station: '30042' },
	place: { id: '30042', name: HOSTILE.long },
	standing: false,
	state: 'open',
	clocks: [
		{
			clock: 'petition',
			said: { after: NIGHT - 60 },
			deadline: { after: NIGHT - 30, before: NIGHT + 30 },
			provable: 'not-provable',
			by_log: 'late',
			deadline_by_log: NIGHT - 10,
		},
	],
};

const OBJECTION: ObjectionView = {
	stamp: STAMP,
	contest: CONTEST,
	head: CONTEST,
	objection: LINE,
	on: ['return'],
	grounds: { standing: ['agent'], answered_by: ['returning-officer', 'court'] },
	behalf: 'voter',
	received: NIGHT - 3_600,
	clocks: [{ id: 'petition', text: { en: 'A petition is filed' } }],
	tallied: false,
	text: { sha256: idOf(6), held: true },
	evidence: [
		{ sha256: idOf(7), held: false },
		{ sha256: idOf(8), held: true, withheld: code('privacy', 'Personal data') },
	],
	answers: [],
	effects: [],
	history: [],
};

const notice = (view: NoticeView, language: Language = 'en'): string =>
	noticePage(pageContext(PUBLICATION, language, { page: 'notice', id: view.notice.id }), view);
const objection = (view: Partial<ObjectionView>, language: Language = 'en'): string =>
	objectionPage(pageContext(PUBLICATION, language, { page: 'objection', id: idOf(5) }), { ...OBJECTION, ...view });

const plain = (text: string): string => text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe('a notice', () => {
	it.each(LANGUAGES)('W14 is sound in %s, and no name becomes an element', (language) => {
		for (const view of [INCIDENT, ERROR]) {
			expect(problemsOf(notice(view, language))).toEqual([]);
			expect(notice(view, language)).not.toMatch(/<script>|\u202e/);
		}
	});

	it('W14 of a failed attempt says what each check covers, and the command that repeats it', () => {
		const text = plain(notice(INCIDENT));
		expect(text).toContain('That is shown by the checks below, not by saying so.');
		expect(text).toContain('the log from 40 to 60 statements');
		expect(text).toContain(`matokeo verify FOLDER --anchor ${ELECTION.digest} --against CHECKPOINT-OF-40`);
		expect(text).toContain('It touched no statement');
	});

	it('W14 of a pause says when it took effect, beside when it was said', () => {
		const paused = { kind: 'pause', at: NIGHT - 600, reason: 'x', surface: 'server' } as const;
		const text = notice({ ...INCIDENT, notice: { ...INCIDENT.notice, notice: paused } });
		const stamp = (seconds: number) => `datetime="${new Date(seconds * 1_000).toISOString().slice(0, 16)}`;
		expect(text).toContain('Took effect, as its signers say');
		expect(text).toContain(stamp(NIGHT - 600));
		expect(text).toContain(stamp(NIGHT));
	});

	it('W14 of an error shows the figures of both documents and what they differ by', () => {
		const [form] = ERROR.documents;
		if (form === undefined) throw new Error('it has two documents');
		const text = notice({ ...ERROR, documents: [form, { ...form, id: idOf(4), figures: { mas: 1324, blank: 3 } }] });
		expect(text).toMatch(/MAS.*1,234.*1,324.*\+90/s);
		expect(text).toMatch(/Blank votes.*blank.*>3</s);
	});

	it('W14 of a form and the certificate of an area says what each has, and no difference, which would mean nothing', () => {
		const text = notice(ERROR);
		expect(text).toMatch(/MAS.*1,234.*1,324/s);
		expect(text).not.toContain('+90');
		expect(text).toContain('they are about different places');
		expect(text).toContain('contest/president/collation/area3.html');
		expect(text).toContain('station/30042.html');
	});
});

describe('an objection', () => {
	it.each(LANGUAGES)('W14 is sound in %s, and no name becomes an element', (language) => {
		expect(problemsOf(objection({}, language))).toEqual([]);
		expect(objection({}, language)).not.toMatch(/<script>/);
	});

	it('W14 shows the arithmetic of its clock: what witnesses prove, and beside it what the log itself says', () => {
		const text = plain(objection({}));
		expect(text).toContain('not provable either way – A petition is filed');
		expect(text).toMatch(
			/By witnesses: said after .* the time ended between .* and .* UTC\s*\. By the log’s own clock: said .*: late\./,
		);
	});

	it('W14 without standing is kept, and says so', () => {
		expect(plain(objection({}))).toContain('without standing by the law’s list: kept and shown');
		expect(plain(objection({}))).toContain('Entered by the registry for a voter, received on paper at');
	});

	it('links a file only where it is held and nothing withholds it', () => {
		const text = objection({});
		expect(text).toContain(`blob/${idOf(6).slice(0, 2)}/${idOf(6)}`);
		expect(text).not.toContain(`blob/${idOf(7).slice(0, 2)}/${idOf(7)}`);
		expect(text).not.toContain(`blob/${idOf(8).slice(0, 2)}/${idOf(8)}`);
		expect(plain(text)).toContain('withheld: Personal data');
	});
});

describe('a pause', () => {
	it.each(LANGUAGES)('W15 stands at the top of every page in %s, and says that the count goes on', (language) => {
		const pauses = [{ ...said, id: idOf(9), surface: code('portal', 'the site'), reason: code('attack', 'An attack') }];
		const publication = { ...PUBLICATION, election: { ...ELECTION, pauses } };
		const text = homePage(pageContext(publication, language, { page: 'home' }), HOME_VIEW);
		expect(text.indexOf('class="pause"')).toBeGreaterThan(0);
		expect(text.indexOf('class="pause"')).toBeLessThan(text.indexOf('<header'));
		expect(text).toContain(`notice/${idOf(9)}.html`);
		expect(problemsOf(text)).toEqual([]);
	});
});
