/** Documents of a station: a form, another one, an agent's copy, images of every fate, checks of every verdict. */
import type { Figure } from '@matokeo/core/record/statement.ts';
import type { CaptureView, CheckView, ImageView } from '../../src/views/stationTypes.ts';
import type { CodeView, ContestHead } from '../../src/views/types.ts';
import { CONTEST } from './fixtures.ts';

export const NIGHT = 1_571_605_200;

export const idOf = (n: number): string => n.toString(16).padStart(4, '0').repeat(16);

export const CODE: CodeView = {
	id: 'under-question',
	text: { en: 'The form is under question', es: 'El acta está observada', sw: 'Fomu inahojiwa' },
	citation: 'assumption: a list for the rehearsal',
};

/** The register is printed on the form and not counted. */
export const FORM: ContestHead = {
	...CONTEST,
	fields: [
		{
			id: 'registered',
			label: { en: 'Registered voters', es: 'Inscritos', sw: 'Waliojiandikisha' },
			counted: false,
			candidate: false,
		},
		...CONTEST.fields,
	],
};

const REPORTED: readonly Figure[] = [221, 62, 1, 3, 0, 81, 8, 17, 1, 0, 3, 6];
const READ: readonly Figure[] = [221, 62, 1, 3, 0, 91, 8, 17, 1, 0, 3, 6];
const THIRD: readonly Figure[] = [212, 62, 1, 3, 'blank', 91, 8, 'illegible', 1, 0, 'struck', 6];

export const REPORTED_VOTES = [62, 1, 3, 0, 81, 8, 17, 1, 0, 3, 6];
export const VERIFIED_VOTES = [62, 1, 3, 0, 91, 8, 17, 1, 0, 3, 6];

export const image = (n: number, more: Partial<ImageView> = {}): ImageView => ({
	kind: 'facsimile',
	sha256: idOf(n),
	size: 48_211,
	held: true,
	shown: true,
	...more,
});

export const CAPTURE: CaptureView = {
	id: idOf(1),
	index: 28_411,
	time: NIGHT,
	counted: true,
	official: true,
	kind: 'original',
	route: 'own-kit',
	by: 'po/30042',
	role: 'presiding-officer',
	serial: '34 PR 00047094',
	agents: [
		{ party: 'mas', mark: 'signed' },
		{ party: 'cc', mark: 'refused' },
		{ party: 'ucs', mark: 'absent' },
	],
	attributes: { stamp: 'yes', watermark: 'no', 'alterations-signed': 'unclear' },
	images: [image(2)],
	figures: REPORTED,
	readings: [
		{ id: idOf(3), by: 'clerk/12', figures: READ },
		{ id: idOf(4), by: 'clerk/31', figures: READ },
	],
	accepted: { reading: idOf(3), figures: READ, by: 'ruling' },
};

/** As it was before anything was accepted. */
const { accepted: _accepted, ...unread } = CAPTURE;

export const SECOND: CaptureView = {
	...unread,
	id: idOf(5),
	index: 28_990,
	counted: false,
	kind: 'replacement',
	route: 'hand-carry',
	by: 'ro/receiving/3',
	role: 'receiving-officer',
	replaces: { capture: idOf(1), reason: CODE },
	images: [
		image(6, { shown: false, kind: 'photo' }),
		image(7, { shown: false, held: false }),
		image(8, { shown: false, withheld: { ...CODE, id: 'personal-data', text: { en: 'Personal data' } } }),
	],
	figures: THIRD,
	readings: [
		{ id: idOf(9), by: 'clerk/5' },
		{ id: idOf(10), by: 'clerk/6' },
	],
};

export const AGENT_COPY: CaptureView = {
	...unread,
	id: idOf(11),
	index: 28_500,
	counted: false,
	official: false,
	kind: 'agent-copy',
	route: 'other-kit',
	by: 'party/cc/agent/77',
	role: 'agent',
	agents: [],
	attributes: {},
	images: [image(12, { shown: false, kind: 'photo' })],
	figures: REPORTED,
	readings: [],
};

export const CHECKS: readonly CheckView[] = [
	{
		id: 'within-register',
		severity: 'error',
		text: {
			en: 'Candidates’, blank and null votes together are not more than the voters on the register.',
			es: 'Los votos no superan a los inscritos.',
			sw: 'Kura kwa jumla hazizidi waliojiandikisha.',
		},
		source: 'sum(candidates) + blank + null <= registered',
		tolerance: 0,
		verdict: 'pass',
		inputs: [
			...VERIFIED_VOTES.slice(0, 9).map((value, place) => ({ id: CONTEST.fields[place]?.id ?? '', value })),
			{ id: 'blank', value: 3 },
			{ id: 'null', value: 6 },
			{ id: 'registered', value: 221 },
		],
	},
	{
		id: 'register-as-planned',
		severity: 'warning',
		text: { en: 'The register written on the form is that of the polling table.' },
		source: 'registered = station.registered',
		tolerance: 2,
		verdict: 'fail',
		inputs: [
			{ id: 'registered', value: 221 },
			{ id: 'station.registered', value: 230 },
		],
	},
	{
		id: 'some',
		severity: 'info',
		text: { en: 'The form has at least one vote.' },
		source: 'sum(candidates) > 0',
		tolerance: 0,
		verdict: 'unknown',
		inputs: [{ id: 'blank' }],
	},
];
