/**
 * What the law of Kenya is taken to say, as data with citations: the result rule, who collates and declares, courts, clocks, grounds, codes. Nothing here was read in
 * the primary text: every citation says that it is an assumption to be checked.
 */
import { type Words, words } from './words.ts';

const CHECK = 'assumption: to be checked against the primary text';
const CONSTITUTION = 'Constitution of Kenya (2010)';
const ACT = 'Elections Act (2011)';
const REGULATIONS = 'Elections (General) Regulations (2012)';

export const RULE_NOTE = `${CONSTITUTION}, art. 138(4) to (7); ${CHECK}. More than half of all the votes cast, and at least 25 % of the votes cast in each of more than half of the 47 counties. Denominator: “votes cast” is read as the candidates’ votes (valid), without rejected ballots; whether rejected ballots belong to it was litigated before the Supreme Court in 2013, and that other reading stands beside it as the denominator “cast”. Assumption: votes of the diaspora and of prisons count in the nation and in none of the counties. Assumption: two candidates go into the second round, and a tie there leads to a new election.`;

export const OVER_HALF = words(
	'more than half of the valid votes',
	'zaidi ya nusu ya kura halali',
	'más de la mitad de los votos válidos',
);
export const COUNTIES = words(
	'at least 25 % of the valid votes in more than half of the 47 counties',
	'angalau asilimia 25 ya kura halali katika zaidi ya nusu ya kaunti 47',
	'al menos 25 % de los votos válidos en más de la mitad de los 47 condados',
);
export const UNIVERSE = 'the 47 counties';

export const COLLATION = [
	{
		level: 'nation',
		title: words(
			'Form 34C: collation of the constituencies at the national tallying centre',
			'Fomu 34C: majumlisho ya maeneo bunge katika kituo cha taifa',
			'Formulario 34C: cómputo nacional de las circunscripciones',
		),
		requires: 'verified',
	},
	{
		level: 'constituency',
		title: words(
			'Form 34B: collation of the polling stations of the constituency',
			'Fomu 34B: majumlisho ya vituo vya eneo bunge',
			'Formulario 34B: cómputo de las mesas de la circunscripción',
		),
		requires: 'verified',
	},
];

export const COMMISSIONERS = 7;
export const QUORUM = 4;

export const DECLARATION = {
	by: 'quorum',
	quorum: QUORUM,
	title: words(
		'Declaration of the result of the election of the President of the Republic of Kenya',
		'Tangazo la matokeo ya uchaguzi wa Rais wa Jamhuri ya Kenya',
		'Declaración del resultado de la elección de la Presidencia de la República de Kenia',
	),
	certificate: words(
		'Form 34D: certificate of the President-elect',
		'Fomu 34D: cheti cha Rais mteule',
		'Formulario 34D: certificado de la Presidencia electa',
	),
	open_outcome: 'refused',
	requires: 'verified',
	citation: `${CONSTITUTION}, art. 138(10); ${ACT}, s. 39; ${REGULATIONS}, reg. 87(3), said to be void since 2022 in so far as the chairperson alone verifies and tallies; ${CHECK}. Assumption: four of seven commissioners declare together.`,
};

const law = (id: string, text: Words, citation: string) => ({ id, text, citation });
const rehearsed = (id: string, text: Words) => law(id, text, 'assumption: a list for the rehearsal, not taken from Kenyan law');

const DAY = 86_400;
/** Midnight in Nairobi at the end of polling day, 8 August 2017. */
const POLLING_DAY_ENDS = Date.UTC(2017, 7, 8, 21) / 1000;

const CLOCKS = [
	{
		...law(
			'declaration',
			words(
				'The result is declared within seven days of the election.',
				'Matokeo yanatangazwa ndani ya siku saba baada ya uchaguzi.',
				'El resultado se declara dentro de siete días desde la elección.',
			),
			`${CONSTITUTION}, art. 138(10); ${CHECK}. Assumption: counted from the end of polling day in Nairobi.`,
		),
		starts: { at: POLLING_DAY_ENDS },
		seconds: 7 * DAY,
	},
	{
		...law(
			'petition',
			words(
				'A petition is filed within seven days of the declaration.',
				'Ombi linawasilishwa ndani ya siku saba baada ya tangazo.',
				'La impugnación se presenta dentro de siete días desde la declaración.',
			),
			`${CONSTITUTION}, art. 140(1); ${CHECK}`,
		),
		starts: { on: 'declaration' },
		seconds: 7 * DAY,
	},
	{
		...law(
			'judgment',
			words(
				'The Supreme Court decides within fourteen days of the filing.',
				'Mahakama ya Juu inaamua ndani ya siku kumi na nne baada ya kuwasilishwa.',
				'La Corte Suprema decide dentro de catorce días desde la presentación.',
			),
			`${CONSTITUTION}, art. 140(2); ${CHECK}`,
		),
		starts: { on: 'objection' },
		seconds: 14 * DAY,
	},
];

const GROUNDS = [
	{
		...law(
			'forms-differ',
			words(
				'Form 34A and another document about the same polling station differ.',
				'Fomu 34A na hati nyingine kuhusu kituo hicho hazilingani.',
				'El formulario 34A y otro documento de la misma mesa difieren.',
			),
			`${ACT}, s. 39(1E): the record of what was declared at the polling station prevails; ${CHECK}`,
		),
		on: ['return', 'area'],
		standing: ['agent', 'party', 'observer', 'candidate', 'presiding-officer'],
		answered_by: ['returning-officer'],
	},
	{
		...law(
			'form-not-genuine',
			words(
				'The form is not the one that was filled in at the polling station.',
				'Fomu si ile iliyojazwa katika kituo cha kupigia kura.',
				'El acta no es la que se llenó en la mesa.',
			),
			CHECK,
		),
		on: ['return', 'statement'],
		standing: ['agent', 'party', 'observer', 'candidate', 'presiding-officer'],
		answered_by: ['returning-officer', 'authority'],
	},
	{
		...law(
			'collation-differs',
			words(
				'A collation is not the sum of the forms below it.',
				'Majumlisho si jumla ya fomu zilizo chini yake.',
				'Un cómputo no es la suma de los formularios que resume.',
			),
			`${REGULATIONS}, reg. 87; ${CHECK}`,
		),
		on: ['area', 'statement'],
		standing: ['agent', 'party', 'observer', 'candidate'],
		answered_by: ['authority'],
	},
	{
		...law(
			'petition',
			words(
				'The election of the President-elect is challenged.',
				'Uchaguzi wa Rais mteule unapingwa.',
				'Se impugna la elección de la Presidencia electa.',
			),
			`${CONSTITUTION}, art. 140; ${CHECK}. Assumption: a voter, a candidate or a party may file.`,
		),
		on: ['contest', 'statement'],
		standing: ['voter', 'candidate', 'party'],
		answered_by: ['court'],
		within: 'petition',
		answer_within: 'judgment',
	},
];

export function proceedings(held: (name: string) => unknown): unknown {
	return {
		courts: [
			{
				id: 'supreme-court',
				name: words('Supreme Court of Kenya', 'Mahakama ya Juu ya Kenya', 'Corte Suprema de Kenia'),
				keys: [held('court/supreme')],
			},
		],
		clocks: CLOCKS,
		grounds: GROUNDS,
		witness_timeout: 3_600,
	};
}

export const CODES = {
	quarantine: [
		rehearsed('not-readable', words('The figures cannot be read', 'Takwimu hazisomeki', 'Las cifras no se pueden leer')),
		rehearsed('under-question', words('The form is under question', 'Fomu inahojiwa', 'El acta está cuestionada')),
	],
	disregard: [
		{
			...law(
				'valid-over-register',
				words(
					'Valid votes exceed the voters on the register',
					'Kura halali zinazidi wapiga kura walio kwenye rejista',
					'Los votos válidos superan a los votantes del registro',
				),
				`${REGULATIONS}, reg. 83; ${CHECK}`,
			),
			expression: 'sum(candidates) > station.registered',
		},
		law(
			'votes-over-turnout',
			words(
				'Votes exceed the voters who turned out',
				'Kura zinazidi wapiga kura waliojitokeza',
				'Los votos superan a los votantes que acudieron',
			),
			`${REGULATIONS}, reg. 83; ${CHECK}. Form 34A does not say how many turned out, so that the log cannot test it.`,
		),
	],
	status: [
		rehearsed('weather', words('Weather or roads', 'Hali ya hewa au barabara', 'Clima o caminos')),
		rehearsed('security', words('Security', 'Usalama', 'Seguridad')),
	],
	replaces: [
		rehearsed(
			'picture-unclear',
			words('The earlier image cannot be read', 'Picha ya awali haisomeki', 'La imagen anterior no se puede leer'),
		),
		rehearsed(
			'wrong-form',
			words(
				'The earlier image shows another form',
				'Picha ya awali ni ya fomu nyingine',
				'La imagen anterior muestra otra acta',
			),
		),
	],
	withhold: [
		rehearsed('personal-data', words('Personal data', 'Taarifa binafsi', 'Datos personales')),
	],
	revoke: [
		rehearsed('device-lost', words('The device was lost', 'Kifaa kimepotea', 'El dispositivo se perdió')),
		rehearsed('duty-ended', words('The person’s duty ended', 'Kazi ya mtu imeisha', 'La función terminó')),
	],
	amend: [
		rehearsed(
			'commission-decision',
			words('Decision of the commission', 'Uamuzi wa tume', 'Decisión de la comisión'),
		),
	],
	proceed: [
		law(
			'seven-days',
			words(
				'The time in which the result is declared ends',
				'Muda wa kutangaza matokeo unaisha',
				'Termina el plazo para declarar el resultado',
			),
			`${CONSTITUTION}, art. 138(10); ${CHECK}`,
		),
		law(
			'cannot-change',
			words(
				'What is outstanding cannot change the outcome',
				'Yaliyosalia hayawezi kubadilisha matokeo',
				'Lo pendiente no puede cambiar el resultado',
			),
			`Assumption: the reasoning of ${ACT}, s. 83; to be checked against the primary text`,
		),
		law(
			'transmission-failed',
			words(
				'Transmission failed or the form has not come',
				'Utumaji umeshindikana au fomu haijafika',
				'Falló la transmisión o el acta no ha llegado',
			),
			`${ACT}, s. 39(1F): failed transmission does not invalidate; ${CHECK}`,
		),
		rehearsed('witness-silent', words('A witness is silent', 'Shahidi yuko kimya', 'Un testigo guarda silencio')),
	],
	supersede: [
		rehearsed('later-returns', words('Returns came after it', 'Fomu zilifika baadaye', 'Llegaron actas después')),
		rehearsed('objection-upheld', words('An objection was upheld', 'Pingamizi lilikubaliwa', 'Se admitió una objeción')),
		rehearsed('order', words('An order of a court', 'Amri ya mahakama', 'Una orden judicial')),
	],
	answer: [
		rehearsed('founded', words('Founded', 'Lina msingi', 'Fundada')),
		rehearsed('unfounded', words('Not founded', 'Halina msingi', 'Infundada')),
		rehearsed('other-office', words('Another office decides', 'Ofisi nyingine inaamua', 'Decide otra oficina')),
	],
	dissent: [
		rehearsed('not-verified', words('The figures were not verified', 'Takwimu hazikuhakikiwa', 'Las cifras no se verificaron')),
		rehearsed('not-consulted', words('A member was not consulted', 'Mwanachama hakushauriwa', 'No se consultó a un miembro')),
	],
	order: [
		law(
			'petition',
			words(
				'Judgment on a presidential petition',
				'Hukumu kuhusu ombi la uchaguzi wa rais',
				'Sentencia sobre una impugnación presidencial',
			),
			`${CONSTITUTION}, art. 140; ${CHECK}`,
		),
		law('interim', words('Interim order', 'Amri ya muda', 'Orden provisional'), `${CONSTITUTION}, art. 163; ${CHECK}`),
	],
	notice: [
		rehearsed('maintenance', words('Maintenance', 'Matengenezo', 'Mantenimiento')),
		rehearsed('attack', words('An attack', 'Shambulio', 'Un ataque')),
		rehearsed('cause-over', words('The cause is over', 'Sababu imeisha', 'La causa terminó')),
	],
	surface: [
		rehearsed('log-server', words('The server of the log', 'Seva ya daftari', 'El servidor del registro')),
		rehearsed('public-site', words('The public site', 'Tovuti ya umma', 'El sitio público')),
		rehearsed('transmission', words('Transmission from stations', 'Utumaji kutoka vituoni', 'La transmisión desde las mesas')),
	],
	attempt: [
		rehearsed('false-sign-in', words('Sign-in with false keys', 'Kuingia kwa funguo bandia', 'Acceso con claves falsas')),
		rehearsed('altered-database', words('Altered rows of a database', 'Kubadilisha hifadhidata', 'Alteración de una base de datos')),
		rehearsed('too-many-requests', words('Too many requests', 'Maombi mengi mno', 'Demasiadas solicitudes')),
	],
};
