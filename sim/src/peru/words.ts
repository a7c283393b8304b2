/**
 * What the package of the rehearsal says in words, in English, Spanish and Swahili, and where law or practice is written. "Assumption" marks what was not checked against the text of the law.
 */
type Words = Readonly<Record<'en' | 'es' | 'sw', string>>;

const words = (en: string, es: string, sw: string): Words => ({ en, es, sw });

export const TITLE = words(
	'Peru, presidential runoff of 6 June 2021: a rehearsal on published figures',
	'Perú, segunda elección presidencial del 6 de junio de 2021: un simulacro con cifras publicadas',
	'Peru, duru ya pili ya uchaguzi wa rais ya 6 Juni 2021: zoezi kwa takwimu zilizochapishwa',
);

export const NOTICE = words(
	'A re-enactment, not a result of any authority. The figures and exception classes of 86,488 actas are those that the ONPE published, on 15 June and at the end. Synthetic are all keys, officers, clerks, images, times and rulings; by which resolution an acta was resolved is not in the source. The keys are rehearsal keys, secret to nobody.',
	'Una recreación, no un resultado de ninguna autoridad. Las cifras y las clases de observación de 86 488 actas son las que publicó la ONPE, el 15 de junio y al final. Son sintéticos todas las claves, funcionarios, lectores, imágenes, horas y decisiones; con qué resolución se resolvió un acta no consta en la fuente. Las claves son de simulacro y no son secretas para nadie.',
	'Ni igizo, si matokeo ya mamlaka yoyote. Takwimu na aina za pingamizi za fomu 86,488 ni zile zilizochapishwa na ONPE, tarehe 15 Juni na mwishoni. Funguo, maafisa, makarani, picha, nyakati na maamuzi yote ni ya kubuni; uamuzi gani ulitatua fomu haumo katika chanzo. Funguo ni za zoezi na si siri kwa yeyote.',
);

/** From the top down. */
export const LEVELS = {
	nation: words('All', 'Total', 'Zote'),
	territory: words('Territory', 'Ámbito', 'Eneo'),
	department: words('Department or continent', 'Departamento o continente', 'Idara au bara'),
	province: words('Province or country', 'Provincia o país', 'Mkoa au nchi'),
	district: words('District or city', 'Distrito o ciudad', 'Wilaya au mji'),
};

export const PARTIES = { 'peru-libre': 'Perú Libre', 'fuerza-popular': 'Fuerza Popular' };

export const CONTEST_TITLE = words(
	'President and Vice-Presidents, second round',
	'Presidencia y Vicepresidencias, segunda elección',
	'Rais na Makamu wa Rais, duru ya pili',
);
export const FORM_TITLE = words('Result form (acta)', 'Acta electoral', 'Fomu ya matokeo (acta)');

export const FIELD_LABELS = {
	voted: words('Citizens who voted', 'Total de ciudadanos que votaron', 'Raia waliopiga kura'),
	blank: words('Blank votes', 'Votos en blanco', 'Kura tupu'),
	null: words('Null votes', 'Votos nulos', 'Kura batili'),
	contested: words('Contested votes', 'Votos impugnados', 'Kura zinazopingwa'),
};

export const CHECK_WORDS = {
	addsUp: words(
		'The votes, blank, null and contested ones included, are as many as the citizens who voted.',
		'Los votos, con los blancos, nulos e impugnados, son tantos como los ciudadanos que votaron.',
		'Kura, pamoja na tupu, batili na zinazopingwa, ni sawa na idadi ya raia waliopiga kura.',
	),
	within: words(
		'Not more citizens voted than are on the register.',
		'No votaron más ciudadanos que los electores hábiles.',
		'Waliopiga kura hawazidi waliojiandikisha.',
	),
	someVotes: words(
		'The acta has at least one vote. One with none needs explanation.',
		'El acta tiene al menos un voto. Un acta sin ninguno requiere explicación.',
		'Fomu ina angalau kura moja. Fomu isiyo na kura inahitaji maelezo.',
	),
};

export const JURY = words('Special Electoral Jury', 'Jurado Electoral Especial', 'Baraza Maalum la Uchaguzi');

export const MOST_VOTES = words('the most valid votes', 'la mayor votación válida', 'kura halali nyingi zaidi');
export const OVER_HALF = words(
	'more than half of the valid votes',
	'más de la mitad de los votos válidos',
	'zaidi ya nusu ya kura halali',
);

const LAW = 'Ley N.º 26859, Ley Orgánica de Elecciones';
const RULES = 'Resolución N.º 0331-2015-JNE, reglamento del procedimiento aplicable a las actas observadas';
const ASSUMPTION = 'assumption: a code for the rehearsal, not taken from Peruvian law';

export const RULE_NOTE = `Constitución Política del Perú (1993), art. 111: more than half of the valid votes, without null and blank ones; else a second election between the two highest. Assumption: in the second the candidate with more valid votes is elected, and a tie is settled by a new election.`;

/** Article 15.3, as juries applied it in 2016: an acta with fewer voters than votes is annulled, and as many null votes are counted as citizens voted. */
const ANNULLED = `${RULES}, art. 15: an acta is annulled and its voters are counted as null votes`;

/** The regulation, as orders cite it; the numbers of the resolutions themselves are not in the source. */
export const RESOLUTION = '0331-2015-JNE';
/** On what an order of the jury rests: codes of the package. */
export const BASES = { annulled: 'annulled-acta', resolved: 'observed-acta' };

export const CODES = {
	quarantine: [
		code('contested-votes', 'Contested votes', 'Votos impugnados', 'Kura zinazopingwa', `${LAW}, art. 301`),
		code('arithmetic-error', 'Arithmetic error', 'Error material', 'Kosa la hesabu', `${LAW}, art. 308; ${ANNULLED}`),
		code('unsigned', 'Without signatures', 'Sin firmas', 'Bila sahihi', `${RULES}; its article is an assumption`),
		code('incomplete', 'Incomplete', 'Incompleta', 'Haijakamilika', `${LAW}, arts. 308 and 315`),
		code('illegible', 'Illegible', 'Ilegibilidad', 'Haisomeki', `${LAW}, art. 308`),
		code('nullity-requested', 'Nullity requested', 'Solicitud de nulidad', 'Ombi la ubatili', `${LAW}, art. 301`),
		code(
			'other-observations',
			'Other observations',
			'Otras observaciones',
			'Pingamizi nyingine',
			'assumption: a class of the source that does not say its rule',
		),
	],
	disregard: [],
	status: [code('not-installed', 'Not installed', 'Mesa no instalada', 'Kituo hakikufunguliwa', ASSUMPTION)],
	replaces: [code('resolution', 'A resolution', 'Una resolución', 'Uamuzi', ASSUMPTION)],
	withhold: [code('personal-data', 'Personal data', 'Datos personales', 'Taarifa binafsi', ASSUMPTION)],
	revoke: [code('duty-ended', 'The duty ended', 'La función terminó', 'Kazi imeisha', ASSUMPTION)],
	order: [
		code(
			BASES.resolved,
			'An observed acta is resolved',
			'Se resuelve un acta observada',
			'Fomu yenye pingamizi yatatuliwa',
			RULES,
		),
		code(BASES.annulled, 'An acta is annulled', 'Se anula un acta', 'Fomu yabatilishwa', ANNULLED),
	],
	amend: [code('authority-decision', 'Decision', 'Decisión', 'Uamuzi wa mamlaka', ASSUMPTION)],
};

function code(id: string, en: string, es: string, sw: string, citation: string) {
	return { id, text: words(en, es, sw), citation };
}
