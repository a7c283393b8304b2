/**
 * How the re-enactment ends, as data with citations: collation, declaration, the legislature, clocks, grounds, codes. None of it was checked against the text of
 * a law, and every citation says so.
 */
import { words } from './words.ts';

const LAW_026 = 'Ley 026 del Régimen Electoral (2010)';
const LAW_1266 = 'Ley N° 1266 of 24 November 2019, an exceptional and transitory regime for general elections';
const UNREAD = 'assumption: to be checked against the text of the law';

const REHEARSED = 'assumption: a list for the rehearsal, not taken from Bolivian law';

const code = (id: string, text: ReturnType<typeof words>, citation: string = REHEARSED) => ({ id, text, citation });

export const COLLATION = [
	{
		level: 'nation',
		title: words('Act of the national count', 'Acta de cómputo nacional', 'Hati ya hesabu ya taifa'),
		requires: 'verified',
	},
	{
		level: 'department',
		title: words('Act of the departmental count', 'Acta de cómputo departamental', 'Hati ya hesabu ya idara'),
		requires: 'verified',
	},
];

export const DECLARATION = {
	by: 'quorum',
	quorum: 2,
	title: words(
		'Declaration of the result of the election of the President and Vice-President',
		'Proclamación del resultado de la elección de Presidencia y Vicepresidencia',
		'Tangazo la matokeo ya uchaguzi wa Rais na Makamu wa Rais',
	),
	certificate: words('Act of the national count', 'Acta de cómputo nacional', 'Hati ya hesabu ya taifa'),
	open_outcome: 'refused',
	requires: 'verified',
	citation: `${LAW_026}, sections on the national count: the electoral tribunal in full session; ${UNREAD}. Assumption: two of the three keys of the rehearsal stand for it, and nothing is declared while what is outstanding could change the outcome.`,
};

const DAY = 86_400;
/** Midnight in La Paz at the end of polling day, 20 October 2019. */
const POLLING_DAY_ENDS = Date.UTC(2019, 9, 21, 4) / 1000;
const NUMBER = 'assumption: a number for the rehearsal, not taken from Bolivian law';

const CLOCKS = [
	{
		id: 'declaration',
		text: words(
			'The result is declared within seven days of the election.',
			'El resultado se proclama dentro de siete días desde la elección.',
			'Matokeo yanatangazwa ndani ya siku saba baada ya uchaguzi.',
		),
		citation: NUMBER,
		starts: { at: POLLING_DAY_ENDS },
		seconds: 7 * DAY,
	},
	{
		id: 'after-count',
		text: words(
			'A count is objected to within three days of its act.',
			'Un cómputo se objeta dentro de tres días desde su acta.',
			'Hesabu inapingwa ndani ya siku tatu baada ya hati yake.',
		),
		citation: NUMBER,
		starts: { on: 'certification' },
		seconds: 3 * DAY,
	},
	{
		id: 'answer',
		text: words(
			'An objection is answered within three days.',
			'Una objeción se responde dentro de tres días.',
			'Pingamizi linajibiwa ndani ya siku tatu.',
		),
		citation: NUMBER,
		starts: { on: 'objection' },
		seconds: 3 * DAY,
	},
];

const OBJECTORS = ['agent', 'party', 'candidate'];

const GROUNDS = [
	{
		...code(
			'form-observed',
			words('The form of a table is questioned', 'El acta de una mesa está observada', 'Fomu ya kituo inahojiwa'),
			`${LAW_026}, on observations of forms; ${UNREAD}`,
		),
		on: ['return'],
		standing: [...OBJECTORS, 'observer'],
		answered_by: ['returning-officer'],
		answer_within: 'answer',
	},
	{
		...code(
			'count-differs',
			words(
				'A count is not the sum of its forms',
				'Un cómputo no es la suma de sus actas',
				'Hesabu si jumla ya fomu zake',
			),
			`${LAW_026}, on the departmental and national counts; ${UNREAD}`,
		),
		on: ['area', 'statement'],
		standing: OBJECTORS,
		answered_by: ['returning-officer', 'authority'],
		within: 'after-count',
		answer_within: 'answer',
	},
	{
		...code(
			'election-void',
			words('The election is challenged as a whole', 'Se impugna la elección en su conjunto', 'Uchaguzi wote unapingwa'),
			UNREAD,
		),
		on: ['contest', 'statement'],
		standing: [...OBJECTORS, 'voter'],
		answered_by: ['authority', 'court'],
		answer_within: 'answer',
	},
];

export function proceedings(held: (name: string) => unknown): unknown {
	return {
		courts: [
			{
				id: 'legislature',
				name: words(
					'Plurinational Legislative Assembly',
					'Asamblea Legislativa Plurinacional',
					'Bunge la Bolivia',
				),
				keys: [held('court/legislature')],
			},
		],
		clocks: CLOCKS,
		grounds: GROUNDS,
		witness_timeout: 3_600,
	};
}

export const CODES = {
	proceed: [
		code(
			'cannot-change',
			words(
				'What is outstanding cannot change the outcome',
				'Lo pendiente no puede cambiar el resultado',
				'Yaliyosalia hayawezi kubadilisha matokeo',
			),
		),
		code('form-lost', words('The form did not come', 'El acta no llegó', 'Fomu haikufika')),
		code('witness-silent', words('A witness is silent', 'Un testigo guarda silencio', 'Shahidi yuko kimya')),
	],
	supersede: [
		code('later-forms', words('Forms came after it', 'Llegaron actas después', 'Fomu zilifika baadaye')),
		code('objection-upheld', words('An objection was upheld', 'Se admitió una objeción', 'Pingamizi lilikubaliwa')),
		code('order', words('An order', 'Una orden', 'Amri')),
	],
	answer: [
		code('founded', words('Founded', 'Fundada', 'Lina msingi')),
		code('unfounded', words('Not founded', 'Infundada', 'Halina msingi')),
		code('other-office', words('Another office decides', 'Decide otra instancia', 'Ofisi nyingine inaamua')),
	],
	dissent: [
		code(
			'not-verified',
			words('The figures were not verified', 'Las cifras no se verificaron', 'Takwimu hazikuhakikiwa'),
		),
		code(
			'publication-paused',
			words('Publication was paused', 'La publicación se interrumpió', 'Uchapishaji ulisitishwa'),
		),
	],
	order: [
		code(
			'law-1266',
			words(
				'The law that annulled the general election',
				'La ley que dejó sin efecto las elecciones generales',
				'Sheria iliyobatilisha uchaguzi mkuu',
			),
			`${LAW_1266}; ${UNREAD}`,
		),
		code('judgment', words('Judgment', 'Sentencia', 'Hukumu')),
	],
	notice: [
		code('publication-paused', words('Publication is paused', 'La publicación se interrumpe', 'Uchapishaji unasitishwa')),
		code('maintenance', words('Maintenance', 'Mantenimiento', 'Matengenezo')),
		code('cause-over', words('The cause is over', 'La causa terminó', 'Sababu imeisha')),
	],
	surface: [
		code('log-server', words('The server of the log', 'El servidor del registro', 'Seva ya daftari')),
		code('public-site', words('The public site', 'El sitio público', 'Tovuti ya umma')),
		code(
			'transmission',
			words('The preliminary transmission', 'La transmisión preliminar', 'Upitishaji wa awali'),
		),
	],
	attempt: [
		code('false-sign-in', words('Sign-in with false keys', 'Acceso con claves falsas', 'Kuingia kwa funguo bandia')),
		code(
			'altered-database',
			words('Altered rows of a database', 'Alteración de una base de datos', 'Kubadilisha hifadhidata'),
		),
		code('too-many-requests', words('Too many requests', 'Demasiadas solicitudes', 'Maombi mengi mno')),
	],
};
