/**
 * The codes that statements of the re-enactment may cite. Those of which Kenyan law is said to speak cite it, to be checked; all others are a list for the
 * rehearsal and say so.
 */
import { ACT, CHECK, CONSTITUTION, law, REGULATIONS } from './law.ts';
import { type Words, words } from './words.ts';

const rehearsed = (id: string, text: Words) => law(id, text, 'assumption: a list for the rehearsal, not taken from Kenyan law');

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
