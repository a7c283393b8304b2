/** The package of the election of `fixtures.ts` as a page shows it, and any rule in the place of its own. */
import { parseResultRule } from '@matokeo/core/result/parseRule.ts';
import type { AboutView, ContestRulesView, KeyView } from '../../src/views/aboutTypes.ts';
import type { ContestHead } from '../../src/views/types.ts';
import { CONTEST, ELECTION, STAMP } from './fixtures.ts';
import { CHECKS, CODE, FORM, idOf, NIGHT } from './fixturesForms.ts';

const key = (name: string): KeyView => ({
	name,
	holder: `holder/${name}`,
	vkey: `${name}+d52dbc43+AfPkgVReAma4InW2wd7cxQnB+47xnS3yAknThae6Ddlp`,
});

const DENOMINATORS: ContestHead['denominators'] = [
	{ id: 'valid', register: false, candidates: true, categories: [] },
	{ id: 'cast', register: false, candidates: true, categories: ['blank', 'null'] },
	{ id: 'register', register: true, candidates: false, categories: [] },
];

export function rulesOf(rule: unknown): ContestRulesView {
	const parsed = parseResultRule(rule);
	if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
	return {
		contest: { ...FORM, denominators: DENOMINATORS },
		form: {
			id: 'acta',
			title: { en: 'Result form: President', es: 'Acta de escrutinio', sw: 'Fomu ya matokeo' },
			ceiling: ['registered', 'supplementary'],
		},
		checks: CHECKS.map(({ id, severity, source, tolerance, text }) => ({ id, severity, source, tolerance, text })),
		rule: parsed.value,
	};
}

export const BOLIVIA = {
	note: 'Constitución Política del Estado (2009), art. 166.',
	rounds: [
		{
			elect: {
				any: [
					{ id: 'half', text: { en: 'more than half', es: 'más de la mitad' }, share: { gt: '1/2', of: 'valid' } },
					{ all: [{ share: { gte: '2/5', of: 'valid' } }, { lead: { gte: '1/10', of: 'valid' } }] },
				],
			},
			else: { advance: { top: 2 } },
		},
		{ elect: { rank: 1 }, tie: 'rerun' },
	],
};

export const ABOUT_VIEW: AboutView = {
	stamp: STAMP,
	election: ELECTION,
	levels: CONTEST.levels,
	counts: { areas: 412, stations: 34_555 },
	log: { origin: 'bo-2019-rehearsal/log', key: key('bo-2019-rehearsal/log'), spare: key('bo-2019-rehearsal/spare') },
	authority: { quorum: 2, keys: [key('authority/1'), key('authority/2'), key('authority/3')] },
	registrars: [key('registrar/1'), key('registrar/2')],
	parties: [{ id: 'cc', name: { es: 'Comunidad Ciudadana (CC)' }, roots: [key('party/cc/root')] }],
	contests: [rulesOf(BOLIVIA)],
	codes: {
		quarantine: [CODE],
		disregard: [CODE],
		status: [CODE],
		replaces: [CODE],
		withhold: [CODE],
		revoke: [CODE],
		amend: [],
	},
	law: {
		contests: [
			{
				contest: { id: 'president', text: { en: 'President' } },
				steps: [{ level: { en: 'Department' }, title: { en: 'Act' } }],
				declaration: { title: { en: 'Proclamation' }, citation: 'an assumption' },
			},
			{ contest: { id: 'council', text: { en: 'Council' } }, steps: [] },
		],
		grounds: [
			{ ...CODE, standing: ['agent', 'voter'], answered_by: ['returning-officer', 'court'], within: { en: 'Protest' } },
		],
		clocks: [
			{ id: 'protest', text: { en: 'Protest' }, citation: '', starts: { on: 'declaration' }, seconds: 90_000 },
			{ id: 'declare', text: { en: 'Declare' }, citation: 'law', starts: { at: NIGHT }, seconds: 604_800 },
		],
		courts: [{ id: 'assembly', text: { en: 'Assembly' }, keys: [] }],
		witness_timeout: 600,
	},
	public_images: ['facsimile'],
	witnesses: { source: 'witness w1 …\nquorum all\n', run_by: { 'witness/cc': 'cc', 'witness/court': 'court' } },
	files: [
		{ path: 'election.json', sha256: idOf(70), size: 14_211 },
		{ path: 'stations.csv', sha256: idOf(71), size: 3_112_000 },
	],
};
