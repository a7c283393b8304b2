/**
 * What the package of the re-enactment says in words, in English, Spanish and Swahili, and where law or practice is written. "Assumption" marks what was not
 * checked against the text of the law.
 */
type Words = Readonly<Record<'en' | 'es' | 'sw', string>>;

export const words = (en: string, es: string, sw: string): Words => ({ en, es, sw });

export const TITLE = words(
	'Bolivia, general election of 20 October 2019: a rehearsal on published figures',
	'Bolivia, elecciones generales del 20 de octubre de 2019: un simulacro con cifras publicadas',
	'Bolivia, uchaguzi mkuu wa 20 Oktoba 2019: zoezi kwa takwimu zilizochapishwa',
);

export const NOTICE = words(
	'A re-enactment, not a result of any authority. Officers’ reports are the preliminary electronic transmission (TREP): operators transcribed its figures and officers did not sign them. The forms carry the figures of the official count (cómputo). Synthetic are all keys, officers, clerks, images, times and rulings. The keys are rehearsal keys, secret to nobody. Whether the official file matches the paper is disputed and cannot be tested from it. The election was annulled by law in November 2019. Four tables (1321, 21189, 21260, 26773; 918 registered voters) are all zero in the official file, the reason unstated; they are flagged.',
	'Una recreación, no un resultado de ninguna autoridad. Los informes de mesa son la transmisión preliminar (TREP): operadores transcribieron sus cifras y los jurados no las firmaron. Las actas llevan las cifras del cómputo oficial. Son sintéticos todas las claves, funcionarios, lectores, imágenes, horas y decisiones. Las claves son de simulacro y no son secretas para nadie. Si el archivo oficial coincide con el papel está en disputa y no puede comprobarse con él. La elección fue anulada por ley en noviembre de 2019. Cuatro mesas (1321, 21189, 21260, 26773; 918 inscritos) están en cero en el archivo oficial, sin razón declarada; están marcadas.',
	'Ni igizo, si matokeo ya mamlaka yoyote. Ripoti za maafisa ni upitishaji wa awali wa kielektroniki (TREP): waendeshaji waliziandika takwimu zake na maafisa hawakuzitia saini. Fomu zina takwimu za hesabu rasmi (cómputo). Funguo, maafisa, makarani, picha, nyakati na maamuzi yote ni ya kubuni. Funguo ni za zoezi na si siri kwa yeyote. Iwapo faili rasmi inalingana na karatasi kunabishaniwa na hakuwezi kupimwa kwa faili hiyo. Uchaguzi ulibatilishwa kwa sheria Novemba 2019. Meza nne (1321, 21189, 21260, 26773; wapiga kura 918 waliojiandikisha) zina sifuri tu katika faili rasmi, sababu haikutajwa; zimewekewa alama.',
);

export const LEVEL_NAMES: Readonly<Record<string, Words>> = {
	nation: words('All', 'Total', 'Zote'),
	country: words('Country', 'País', 'Nchi'),
	department: words('Department', 'Departamento', 'Idara'),
	province: words('Province', 'Provincia', 'Mkoa'),
	municipality: words('Municipality', 'Municipio', 'Manispaa'),
};

/** Names of the alliances and parties; the source has their abbreviations only. */
export const PARTY_NAMES: Readonly<Record<string, string>> = {
	cc: 'Comunidad Ciudadana (CC)',
	fpv: 'Frente Para la Victoria (FPV)',
	mts: 'Movimiento Tercer Sistema (MTS)',
	ucs: 'Unidad Cívica Solidaridad (UCS)',
	mas: 'Movimiento al Socialismo – Instrumento Político por la Soberanía de los Pueblos (MAS - IPSP)',
	'21f': 'Bolivia Dice No (21F)',
	pdc: 'Partido Demócrata Cristiano (PDC)',
	mnr: 'Movimiento Nacionalista Revolucionario (MNR)',
	'pan-bol': 'Partido de Acción Nacional Boliviano (PAN-BOL)',
};

export const CONTEST_TITLE = words(
	'President and Vice-President',
	'Presidencia y Vicepresidencia',
	'Rais na Makamu wa Rais',
);
export const FORM_TITLE = words(
	'Result form: President and Vice-President',
	'Acta de escrutinio: Presidencia y Vicepresidencia',
	'Fomu ya matokeo: Rais na Makamu wa Rais',
);
export const REGISTERED = words('Registered voters', 'Inscritos', 'Waliojiandikisha');
export const BLANK = words('Blank votes', 'Votos blancos', 'Kura tupu');
export const NULL = words('Null votes', 'Votos nulos', 'Kura batili');

export const CHECK_WORDS = {
	within: words(
		'Candidates’, blank and null votes together are not more than the voters on the register.',
		'Los votos por candidaturas, blancos y nulos no superan a los inscritos.',
		'Kura za wagombea, tupu na batili kwa jumla hazizidi wapiga kura waliojiandikisha.',
	),
	register: words(
		'The register written on the form is that of the polling table.',
		'Los inscritos escritos en el acta son los de la mesa.',
		'Idadi ya waliojiandikisha kwenye fomu ni ile ya kituo.',
	),
	someVotes: words(
		'The form has at least one vote. A form with none needs explanation; the reason is not stated in the source.',
		'El acta tiene al menos un voto. Un acta sin ninguno requiere explicación; la fuente no declara la razón.',
		'Fomu ina angalau kura moja. Fomu isiyo na kura inahitaji maelezo; chanzo hakitaji sababu.',
	),
};

const CONSTITUTION = 'Constitución Política del Estado (2009), art. 166';
const LAW_026 = 'Ley 026 del Régimen Electoral (2010), art. 52';

export const RULE_NOTE = `${CONSTITUTION}; ${LAW_026}. Assumption: "fifty per cent plus one of the valid votes" is read as more than one half; valid votes are the candidates’ votes, without blank and null ones; a tie in the second round is settled by a new election.`;

export const OVER_HALF = words(
	'more than half of the valid votes',
	'más de la mitad de los votos válidos',
	'zaidi ya nusu ya kura halali',
);
export const FORTY_AND_TEN = words(
	'at least 40 % of the valid votes and a lead of at least 10 points',
	'al menos 40 % de los votos válidos y una ventaja de al menos 10 puntos',
	'angalau asilimia 40 ya kura halali na uongozi wa angalau pointi 10',
);

const ASSUMPTION = 'assumption: a list for the rehearsal, not taken from Bolivian law';
const code = (id: string, text: Words) => ({ id, text, citation: ASSUMPTION });

export const CODES = {
	quarantine: [
		code('not-readable', words('The figures cannot be read', 'Las cifras no se pueden leer', 'Takwimu hazisomeki')),
		code('under-question', words('The form is under question', 'El acta está observada', 'Fomu inahojiwa')),
	],
	disregard: [
		{
			...code(
				'over-register',
				words('More votes than registered voters', 'Más votos que inscritos', 'Kura nyingi kuliko waliojiandikisha'),
			),
			expression: 'sum(candidates) + blank + null > station.registered',
		},
		code('not-genuine', words('The form is not genuine', 'El acta no es auténtica', 'Fomu si halisi')),
	],
	status: [
		code('weather', words('Weather or roads', 'Clima o caminos', 'Hali ya hewa au barabara')),
		code(
			'materials',
			words('Materials missing or destroyed', 'Material faltante o destruido', 'Vifaa vimekosekana au kuharibiwa'),
		),
	],
	replaces: [
		code(
			'picture-unclear',
			words('The earlier image cannot be read', 'La imagen anterior no se puede leer', 'Picha ya awali haisomeki'),
		),
		code(
			'wrong-form',
			words(
				'The earlier image shows another form',
				'La imagen anterior muestra otra acta',
				'Picha ya awali ni ya fomu nyingine',
			),
		),
	],
	withhold: [code('personal-data', words('Personal data', 'Datos personales', 'Taarifa binafsi'))],
	revoke: [
		code('device-lost', words('The device was lost', 'El dispositivo se perdió', 'Kifaa kimepotea')),
		code('duty-ended', words('The person’s duty ended', 'La función terminó', 'Kazi ya mtu imeisha')),
	],
	amend: [
		code('authority-decision', words('Decision of the authority', 'Decisión de la autoridad', 'Uamuzi wa mamlaka')),
	],
};
