/**
 * What the package of the re-enactment says in words, in English, Swahili and Spanish: titles, notice, names of levels and parties, labels of the form and its
 * checks. What the law says is in `law.ts`.
 */
export type Words = Readonly<Record<'en' | 'sw' | 'es', string>>;

export const words = (en: string, sw: string, es: string): Words => ({ en, sw, es });

export const TITLE = words(
	'Kenya, presidential election of 8 August 2017: a rehearsal with synthetic station figures',
	'Kenya, uchaguzi wa rais wa 8 Agosti 2017: zoezi lenye takwimu za vituo za kubuni',
	'Kenia, elección presidencial del 8 de agosto de 2017: un simulacro con cifras de mesa sintéticas',
);

export const NOTICE = words(
	'A re-enactment, not a result of any authority. The figures of polling stations are SYNTHETIC: dealt out by chance so that they sum exactly to the figures of wards, and of 3,672 centres, that the commission’s own portal showed on 13 August 2017. Only where a centre has one form are they the portal’s own. The registers of most stations are synthetic too. The portal was not the declared result: declared from the forms were Kenyatta 8,203,290, Odinga 6,762,224, rejected 81,685; the portal shows 8,213,308, 6,811,971 and 403,319. The Supreme Court annulled the election. The portal had no figures of 66 of 40,883 stations; which stations of a ward these are is chance here, and they have no form. In 219 forms ballots exceed the register, because the portal shows more rejected ballots than fit; they are flagged and need explanation. Synthetic are also all keys, officers, clerks, images, times and rulings. The keys are rehearsal keys, secret to nobody.',
	'Ni igizo, si matokeo ya mamlaka yoyote. Takwimu za vituo vya kupigia kura ni ZA KUBUNI: zimegawanywa kwa bahati nasibu ili jumla yake ilingane kabisa na takwimu za wadi, na za maeneo 3,672, ambazo tovuti ya tume yenyewe ilizionyesha tarehe 13 Agosti 2017. Ni pale tu eneo lina fomu moja ndipo takwimu ni za tovuti yenyewe. Rejista za vituo vingi pia ni za kubuni. Tovuti haikuwa matokeo yaliyotangazwa: yaliyotangazwa kutoka fomu ni Kenyatta 8,203,290, Odinga 6,762,224, zilizokataliwa 81,685; tovuti inaonyesha 8,213,308, 6,811,971 na 403,319. Mahakama ya Juu ilibatilisha uchaguzi huo. Tovuti haikuwa na takwimu za vituo 66 kati ya 40,883; ni vituo vipi vya wadi ni bahati nasibu hapa, navyo havina fomu. Katika fomu 219 kura zinazidi rejista, kwa kuwa tovuti inaonyesha kura zilizokataliwa nyingi kuliko zinavyoweza kuwa; zimewekewa alama na zinahitaji maelezo. Za kubuni pia ni funguo zote, maafisa, makarani, picha, nyakati na maamuzi. Funguo ni za zoezi na si siri kwa yeyote.',
	'Una recreación, no un resultado de ninguna autoridad. Las cifras de las mesas son SINTÉTICAS: repartidas al azar de modo que suman exactamente las cifras de los barrios (wards), y de 3.672 centros, que el portal de la propia comisión mostraba el 13 de agosto de 2017. Solo donde un centro tiene un acta son las del portal. También los registros de la mayoría de las mesas son sintéticos. El portal no era el resultado declarado: según las actas se declararon Kenyatta 8.203.290, Odinga 6.762.224, rechazados 81.685; el portal muestra 8.213.308, 6.811.971 y 403.319. La Corte Suprema anuló la elección. El portal no tenía cifras de 66 de 40.883 mesas; cuáles son dentro de su barrio es aquí azar, y no tienen acta. En 219 actas las papeletas superan el registro, porque el portal muestra más papeletas rechazadas de las que caben; están marcadas y requieren explicación. Son sintéticos también todas las claves, funcionarios, lectores, imágenes, horas y decisiones. Las claves son de simulacro y no son secretas para nadie.',
);

export const LEVEL_NAMES: Readonly<Record<string, Words>> = {
	nation: words('Nation', 'Taifa', 'Nación'),
	county: words('County, diaspora or prisons', 'Kaunti, ughaibuni au magereza', 'Condado, diáspora o prisiones'),
	constituency: words('Constituency', 'Eneo bunge', 'Circunscripción'),
	ward: words('Ward', 'Wadi', 'Barrio (ward)'),
};

/** The portal’s abbreviation → names. The abbreviations are the portal’s, the names general knowledge; `IND` is no party. */
export const PARTY_NAMES: ReadonlyMap<string, string> = new Map([
	['TAK', 'Thirdway Alliance Kenya (TAK)'],
	['ARK', 'Alliance for Real Change (ARK)'],
	['UDP', 'United Democratic Party (UDP)'],
	['JP', 'Jubilee Party (JP)'],
	['ODM', 'Orange Democratic Movement (ODM)'],
]);

export const CONTEST_TITLE = words('President', 'Rais', 'Presidencia');

export const FORM_TITLE = words(
	'Form 34A: result of the presidential election at the polling station',
	'Fomu 34A: matokeo ya uchaguzi wa rais katika kituo cha kupigia kura',
	'Formulario 34A: resultado de la elección presidencial en la mesa',
);

export const FIELD_WORDS = {
	valid: words('Total number of valid votes', 'Jumla ya kura halali', 'Total de votos válidos'),
	registered: words('Registered voters', 'Wapiga kura waliojiandikisha', 'Votantes registrados'),
	rejected: words('Rejected ballots', 'Kura zilizokataliwa', 'Papeletas rechazadas'),
	objected: words(
		'Rejected, objected to',
		'Zilizokataliwa kwa pingamizi',
		'Rechazadas con objeción',
	),
	disputed: words('Disputed votes', 'Kura zinazobishaniwa', 'Votos disputados'),
	cast: words('Valid votes cast', 'Kura halali zilizopigwa', 'Votos válidos emitidos'),
};

export const CHECK_WORDS = {
	sum: words(
		'The total of valid votes is the sum of the candidates’ votes.',
		'Jumla ya kura halali ni jumla ya kura za wagombea.',
		'El total de votos válidos es la suma de los votos de las candidaturas.',
	),
	twice: words(
		'Both totals of valid votes on the form are the same.',
		'Jumla zote mbili za kura halali kwenye fomu ni sawa.',
		'Los dos totales de votos válidos del acta coinciden.',
	),
	valid: words(
		'Valid votes are not more than the voters on the register.',
		'Kura halali hazizidi wapiga kura walio kwenye rejista.',
		'Los votos válidos no superan a los votantes del registro.',
	),
	ballots: words(
		'Valid and rejected ballots together are not more than the voters on the register.',
		'Kura halali na zilizokataliwa kwa pamoja hazizidi wapiga kura walio kwenye rejista.',
		'Las papeletas válidas y rechazadas juntas no superan a los votantes del registro.',
	),
	register: words(
		'The register written on the form is that of the polling station.',
		'Idadi ya waliojiandikisha kwenye fomu ni ile ya kituo.',
		'El registro escrito en el acta es el de la mesa.',
	),
	someVotes: words(
		'The form has at least one vote. A form with none needs explanation.',
		'Fomu ina angalau kura moja. Fomu isiyo na kura inahitaji maelezo.',
		'El acta tiene al menos un voto. Un acta sin ninguno requiere explicación.',
	),
};
