/** The README of a bundle in Swahili. It knows words and no rules. */
import { utc } from '@matokeo/verifier/report/date.ts';
import type { ReadmeFacts } from './readme.ts';

const MODES = {
	official: [],
	parallel: ['HESABU SAMBAMBA: hii si hesabu rasmi ya mamlaka yoyote.', ''],
	rehearsal: ['MAZOEZI: haya si matokeo ya mamlaka yoyote. Hakuna mpigakura aliyeyaamua.', ''],
} as const;

export function swahili(facts: ReadmeFacts): readonly string[] {
	const { title, mode, page, verified, witnesses } = facts;
	return [
		`FURUSHI LA USHAHIDI: ${aboutWhat(facts)}`,
		title,
		'',
		...MODES[mode],
		'HII NI NINI',
		'',
		'Uchaguzi uliandikwa katika daftari: orodha ya taarifa zilizosainiwa ambayo',
		'inaweza kuongezwa, na ambamo hakuna kinachoweza kubadilishwa au kuondolewa bila',
		`kuonekana. Faili hii ina yale ambayo daftari linasema kuhusu jambo moja, ${aboutWhat(facts)}:`,
		`taarifa ${facts.statements}, neno kwa neno, kila moja na uthibitisho kwamba imo katika daftari;`,
		'funguo zilizozisaini na nani aliyezipa nguvu; na picha na hati zinazoweza',
		`kuonyeshwa (${facts.blobs} hapa; ${facts.leftOut} hazimo, bundle.json inasema zipi na kwa nini).`,
		'',
		`  Kifurushi cha uchaguzi  ${facts.package}`,
		`  Daftari                 ${facts.origin}`,
		`  Taarifa zilizomo        ${facts.size}`,
		`  Mzizi                   ${facts.root}`,
		`  Saa yake                ${utc(facts.time)}`,
		`  Mashahidi waliosaini    ${witnesses.length === 0 ? 'hakuna ila daftari lenyewe' : witnesses.join(', ')}`,
		'',
		...(verified
			? [
					'Furushi hili lilipotengenezwa, daftari lote lilisomwa na kuhesabiwa upya tangu',
					'taarifa ya kwanza, na hakuna kilichoshindwa. Huna haja ya kuamini hilo: tazama chini.',
				]
			: [
					'DAFTARI ZIMA HALIKUTHIBITIKA furushi hili lilipotengenezwa. bundle.json inasema ni',
					'nini kilichoshindwa. Lilifungwa jinsi lilivyo kwa sababu mtu aliliomba hivyo.',
				]),
		'',
		...(page === undefined
			? []
			: [
					'KULISOMA',
					'',
					`Fungua ${page.replace(/^en\//, 'sw/')} kwa kivinjari. Viungo vya kurasa zisizomo`,
					'katika furushi hili haviongozi popote. Kurasa hazijasainiwa na mtu, na aliyetengeneza',
					'furushi angeweza kuweka chochote ndani yake. Kinachohesabika ni yale yanayochapishwa',
					'na ukaguzi ulio chini.',
					'',
				]),
		...howToCheck(facts),
	];
}

/** And what that cannot show. */
function howToCheck({ program, attestations }: ReadmeFacts): readonly string[] {
	return [
		'KULIKAGUA',
		'',
		'1. Fungua faili hii katika folda tupu (kwenye Windows, ambayo njia yake',
		'   yote ni fupi) na ufungue terminali humo.',
		'2. Weka Node, toleo la 22 au zaidi, kutoka https://nodejs.org/. Hakuna kingine',
		'   kinachohitajika, wala mtandao.',
		'3. verify.mjs ni programu, na ilikuja na furushi: aliyelitengeneza angeweza kuifanya',
		'   iseme au itende chochote. Usipomwamini, pata programu ileile kutoka kwa mtu',
		'   unayemwamini ambaye ameitengeneza kutokana na msimbo wake, iweke katika folda hii',
		'   kwa jina trusted.mjs, na uandike trusted.mjs mahali pa verify.mjs hapa chini.',
		'   Ikiwa ni ya toleo lilelile, zote mbili zina SHA-256 hii:',
		'',
		`     ${program}`,
		'',
		'   (Linux: sha256sum verify.mjs. macOS: shasum -a 256 verify.mjs.',
		'   Windows: certutil -hashfile verify.mjs SHA256.)',
		'4. Endesha:',
		'',
		'     node verify.mjs .',
		'',
		'   Inasema "CONSISTENT; AUTHORITY NOT ESTABLISHED" ikiwa hakuna kinachoshindwa:',
		'   furushi linapatana, lakini mtu yeyote angeweza kutengeneza la namna hiyo.',
		'5. Tafuta muhtasari (digest) wa kifurushi cha uchaguzi mahali ulipochapishwa kabla ya',
		'   kupiga kura: gazeti la serikali, gazeti, kumbukumbu za mahakama. Usiutoe hapa.',
		'   Endesha, na muhtasari huo mahali pa DIGEST:',
		'',
		'     node verify.mjs . --anchor DIGEST',
		'',
		'   Inasema "VERIFIED" ikiwa hakuna kinachoshindwa na kifurushi ni hicho.',
		'6. Aliye na programu nzima anaweza pia kuendesha: matokeo verify --bundle FAILI',
		'',
		'Inamalizika na 0 (hakuna kinachoshindwa), 1 (kitu kinashindwa, na kinatajwa) au 2',
		'(haikuweza kuendeshwa, na inasema kwa nini). Faili iliyobadilishwa inatajwa.',
		'',
		'KISICHOWEZA KUONYESHWA',
		'',
		'- Kwamba hakuna kingine kilichosemwa kuhusu hili. Furushi lina sehemu ya daftari.',
		'  Kwamba hakuna taarifa nyingine, kama uamuzi wa baadaye, daftari zima tu huonyesha:',
		'    node verify.mjs FOLDA --against checkpoint',
		'  FOLDA ikiwa nakala ya daftari zima lililochapishwa, na checkpoint ya furushi hili.',
		'- Nani anashika ufunguo. Saini inaonyesha kwamba ufunguo ulitumika, si na nani.',
		'- Kwamba karatasi ni halisi. Linganisha picha na karatasi yenyewe na nakala',
		'  zilizotunzwa na mawakala na waangalizi.',
		'- Kwamba nyakati ni sahihi kupita yale ambayo mashahidi wanathibitisha.',
		...(attestations > 0
			? [
					'- Kwamba anayoyathibitisha mtu hapa ni kweli. Ufunguo ni ule uliosaini picha; jina,',
					'  kifaa na mazingira ni neno la mtu huyo.',
				]
			: []),
		'',
		'Tofauti kati ya hati zinahitaji maelezo. Zina sababu nyingi zisizo na hatia: kosa la',
		'kalamu, picha mbaya, fomu iliyojazwa mara mbili.',
	];
}

function aboutWhat({ subject }: ReadmeFacts): string {
	switch (subject.kind) {
		case 'station':
			return `kituo cha kupigia kura ${subject.station}${subject.contest === undefined ? '' : `, kinyang’anyiro ${subject.contest}`}`;
		case 'area':
			return `eneo ${subject.area}, kinyang’anyiro ${subject.contest}`;
		case 'objection':
			return `pingamizi ${subject.objection.slice(0, 16)}…`;
		case 'declaration':
			return `tangazo ${subject.declaration.slice(0, 16)}…`;
	}
}
