/**
 * Views of a small election to look at pages with: nine candidates, nine areas, a night of arrivals, every state of a return, and names that try to be something else than names. The
 * outcome is computed by the core from the figures here, so that no sentence about it is made up.
 */
import type { Text } from '@matokeo/core/election/types.ts';
import { evaluateResult } from '@matokeo/core/result/evaluate.ts';
import type { AreaResults, ContestResults } from '@matokeo/core/standings/results.ts';
import type { ReturnState, ReturnView } from '@matokeo/core/standings/returnView.ts';
import type { StageResult } from '@matokeo/core/standings/stage.ts';
import type { Publication } from '../../src/pages/context.ts';
import type { ArrivalPoint } from '../../src/record.ts';
import type { HomeView } from '../../src/views/aboutTypes.ts';
import type {
	AreaLine,
	AreaView,
	CandidateHead,
	CodeView,
	ContestHead,
	ContestView,
	ElectionHead,
	MissingView,
	Stamp,
	StationLine,
} from '../../src/views/types.ts';
import { RULE } from './fixturesRule.ts';

/** Names from a package that nobody should have signed. */
export const HOSTILE = {
	script: '<script>alert(1)</script>',
	attribute: '" autofocus onfocus="alert(1)',
	override: 'Mesa \u202e12345\u202c 1',
	long: 'Unidad Educativa '.repeat(590),
	control: 'Zero\u0000and\u0007bell',
	entity: '&lt;b&gt; &amp; AT&T',
} as const;

const TITLE: Text = {
	en: 'President and Vice-President',
	es: 'Presidencia y Vicepresidencia',
	sw: 'Rais na Makamu wa Rais',
};

const NAMES = ['CC', 'FPV', 'MTS', 'UCS', 'MAS - IPSP', '21F', 'PDC', 'MNR', 'PAN-BOL'];
const CANDIDATES: readonly CandidateHead[] = NAMES.map((name, place) => ({
	id: name.toLowerCase().replaceAll(' ', ''),
	order: place + 1,
	name,
	party: '',
	party_name: {},
	status: 'standing',
	votes: 'counted',
}));

export const CONTEST: ContestHead = {
	id: 'president',
	title: TITLE,
	round: 1,
	scope: { id: 'bo', name: 'Bolivia y exterior' },
	levels: [
		{ id: 'nation', text: { en: 'All', es: 'Total', sw: 'Zote' } },
		{ id: 'department', text: { en: 'Department', es: 'Departamento', sw: 'Idara' } },
	],
	fields: [
		...CANDIDATES.map(({ id, name }) => ({ id, label: { en: name }, counted: true, candidate: true })),
		{
			id: 'blank',
			label: { en: 'Blank votes', es: 'Votos blancos', sw: 'Kura tupu' },
			counted: true,
			candidate: false,
		},
		{ id: 'null', label: { en: 'Null votes', es: 'Votos nulos', sw: 'Kura batili' }, counted: true, candidate: false },
	],
	candidates: CANDIDATES,
	denominators: [{ id: 'valid', register: false, candidates: true, categories: [] }],
	share_of: 'valid',
	collated: true,
	declarable: true,
};

export const STAMP: Stamp = {
	size: 173_402,
	root: 'q0Kk3yJ2lqN1r7u6c0eVtLw5xYpT8hGfZbAaSdMnUiE=',
	time: 1_571_607_600,
	mode: 'rehearsal',
};

export const ELECTION: ElectionHead = {
	id: 'bo-2019-rehearsal',
	digest: 'ab'.repeat(32),
	mode: 'rehearsal',
	title: {
		en: 'Bolivia, general election of 20 October 2019: a rehearsal on published figures',
		es: 'Bolivia, elecciones generales del 20 de octubre de 2019: un simulacro con cifras publicadas',
		sw: 'Bolivia, uchaguzi mkuu wa 20 Oktoba 2019: zoezi kwa takwimu zilizochapishwa',
	},
	notice: {
		en: 'A re-enactment, not a result of any authority. All keys, officers, clerks, images and times are synthetic.',
		es: 'Una recreación, no un resultado de ninguna autoridad. Son sintéticos todas las claves, funcionarios, imágenes y horas.',
		sw: 'Ni igizo, si matokeo ya mamlaka yoyote. Funguo, maafisa, makarani, picha na nyakati zote ni za kubuni.',
	},
	origin: 'bo-2019-rehearsal/log',
	contests: [{ id: 'president', text: TITLE }],
	pauses: [],
};

export const PUBLICATION: Publication = {
	election: ELECTION,
	stamp: STAMP,
	live: true,
	assets: { css: 'assets/site.css', js: 'assets/site.js', icon: 'assets/icon.svg' },
};

const SHARES = [3676, 64, 124, 42, 4683, 423, 878, 69, 41];
/** So many valid votes, and blank and null ones beside them, over so many stations. */
function stageOf(stations: number, valid: number): StageResult {
	const votes = Object.fromEntries(
		CANDIDATES.map(({ id }, place) => [id, Math.floor((valid * (SHARES[place] ?? 0)) / 10_000)]),
	);
	return { stations, votes, categories: { blank: Math.floor(valid / 66), null: Math.floor(valid / 27) } };
}

export function resultsOf(due: number, verified: number, more: Partial<AreaResults> = {}): AreaResults {
	const reported = Math.min(due, verified + Math.ceil(due / 50));
	return {
		due,
		missing: due - reported,
		postponed: 0,
		cancelled: 0,
		merged: 0,
		quarantined: 0,
		disregarded: 0,
		set_aside: 0,
		disputed: 0,
		discrepant: 0,
		discrepant_open: 0,
		no_form_seen: 0,
		as_written: 0,
		flagged: 0,
		registered: due * 212,
		stages: {
			reported: stageOf(reported, reported * 177),
			verified: stageOf(verified, verified * 177),
			inspected: stageOf(0, 0),
			collated: stageOf(0, 0),
		},
		quarantine: stageOf(more.quarantined ?? 0, (more.quarantined ?? 0) * 177),
		...more,
	};
}

/** With the outcome that the core computes from these figures. */
export function withOutcome(results: AreaResults): ContestResults {
	const { due, missing, quarantined, discrepant_open: open, stages } = results;
	const outstanding = due - stages.verified.stations;
	const stake = (stations: number) => ({ stations, ballots: stations * 212 });
	const outcome = evaluateResult(
		{ rule: RULE, round: 1, denominators: { valid: { candidates: true, categories: [] } } },
		{
			candidates: CANDIDATES.map(({ id }) => ({ id, eligible: true })),
			total: {
				votes: CANDIDATES.map(({ id }) => stages.verified.votes[id] ?? 0),
				categories: stages.verified.categories,
				registered: results.registered,
				outstanding: outstanding * 212,
				outstandingStations: outstanding,
			},
			areas: new Map(),
		},
		{ missing: stake(missing), quarantined: stake(quarantined), discrepant: stake(open), disputed: stake(0) },
	);
	return { ...results, outcome };
}

const AREAS = ['La Paz', 'Santa Cruz', 'Cochabamba', 'Oruro', 'Potosí', 'Tarija', 'Chuquisaca', 'Beni', 'Pando'];
export function areaLines(names: readonly string[] = AREAS): readonly AreaLine[] {
	return names.map((name, place) => ({
		id: `area${place}`,
		name,
		level: 'department',
		results: resultsOf(9_000 - place * 950, 8_300 - place * 900, {
			quarantined: place % 4,
			discrepant: place,
			discrepant_open: place % 3,
		}),
	}));
}

const ARRIVALS: readonly ArrivalPoint[] = [
	3, 40, 410, 1_730, 3_900, 5_200, 4_800, 3_700, 3_100, 2_400, 1_500, 1_900, 1_500, 812,
].map((forms, place) => ({ time: 1_571_596_200 + place * 1_800, forms }));

const WHOLE = resultsOf(34_555, 29_640, {
	quarantined: 7,
	discrepant: 220,
	discrepant_open: 61,
	no_form_seen: 12,
	as_written: 3,
	flagged: 4,
});

export const CONTEST_VIEW: ContestView = {
	stamp: STAMP,
	contest: CONTEST,
	rule: RULE,
	results: withOutcome(WHOLE),
	areas: areaLines(),
	arrivals: ARRIVALS,
	arrivals_step: 1_800,
	changes: 1_204,
	standing: { stays: [] },
	steps: [],
	objections: 0,
	counts: 0,
};

export const HOME_VIEW: HomeView = {
	stamp: STAMP,
	contests: [{ contest: CONTEST, results: CONTEST_VIEW.results, standing: { stays: [] } }],
	notices: 0,
};

const VOTES = [62, 1, 3, 0, 91, 8, 17, 1, 0, 3, 6];
export function stationLine(id: string, name: string, state: ReturnState, more: Partial<ReturnView> = {}): StationLine {
	return {
		id,
		name,
		area: { id: 'area3', name: 'Oruro' },
		registered: 221,
		poll: 1,
		status: 'planned',
		view: {
			state,
			form: state === 'missing' ? 'none' : state === 'no-form-seen' ? 'no-image' : 'counts',
			differs: 'no',
			as_written: false,
			flagged: false,
			inspected: false,
			disputed: false,
			...(state === 'verified' || state === 'received' ? { reported: VOTES } : {}),
			...(state === 'verified' ? { verified: VOTES } : {}),
			...more,
		},
	};
}

const FLOOD: CodeView = {
	id: 'flood',
	text: { en: 'Flood', es: 'Inundación', sw: 'Mafuriko' },
	citation: 'an assumption',
};

const STATIONS: readonly StationLine[] = [
	stationLine('30041', 'Escuela Juan Misael Saracho', 'verified'),
	stationLine('30042', 'Escuela Juan Misael Saracho', 'verified', { differs: 'settled' }),
	stationLine('30043', HOSTILE.script, 'verified', { flagged: true, as_written: true }),
	stationLine('30044', HOSTILE.override, 'received', { differs: 'open' }),
	stationLine('30045', HOSTILE.long, 'received'),
	stationLine('30046', HOSTILE.attribute, 'quarantined'),
	stationLine('30047', HOSTILE.control, 'no-form-seen'),
	stationLine('30048', HOSTILE.entity, 'missing'),
	stationLine('30049', 'Colegio Ñuflo de Chávez', 'missing'),
	{ ...stationLine('30050', 'مدرسة النور', 'postponed'), status: 'postponed', status_reason: FLOOD, poll: 2 },
];

export const AREA_VIEW: AreaView = {
	stamp: STAMP,
	contest: CONTEST,
	area: { id: 'area3', name: 'Oruro', level: 'department' },
	path: [{ id: 'bo', name: 'Bolivia y exterior' }],
	results: resultsOf(10, 3, { missing: 4, quarantined: 1, no_form_seen: 1, postponed: 1 }),
	areas: [],
	stations: STATIONS,
};

export const MISSING_VIEW: MissingView = {
	stamp: STAMP,
	contest: CONTEST,
	results: WHOLE,
	areas: areaLines(),
	stations: [],
	arrivals: ARRIVALS,
	arrivals_step: 1_800,
};

export const MISSING_AREA_VIEW: MissingView = {
	...MISSING_VIEW,
	area: { id: 'area3', name: 'Oruro' },
	results: AREA_VIEW.results,
	areas: [],
	stations: STATIONS.filter(({ view }) => ['missing', 'no-form-seen', 'postponed'].includes(view.state)),
	arrivals: [],
	arrivals_step: 0,
};
