/**
 * What the law of Kenya is taken to say, as data with citations: the result rule, who collates and declares, courts, clocks, grounds (`codes.ts` has the codes). Nothing here was
 * read in the primary text: every citation says that it is an assumption to be checked.
 */
import { type Words, words } from './words.ts';

export const CHECK = 'assumption: to be checked against the primary text';
export const CONSTITUTION = 'Constitution of Kenya (2010)';
export const ACT = 'Elections Act (2011)';
export const REGULATIONS = 'Elections (General) Regulations (2012)';

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

export const law = (id: string, text: Words, citation: string) => ({ id, text, citation });

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
