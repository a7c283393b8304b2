/**
 * The small election with what its law says of the end (P72–P77): the president is certified by region and for the nation and declared by two of the
 * authority, the council is certified and declared on originals seen, by its returning officer. One court with a key, one without, clocks, grounds, codes.
 *
 * All keys are TEST KEYS, those of `smallElection.ts` and that of the court: the seed is SHA-256 of `TEST KEY <name>`.
 */
import type { Mode } from '../../src/election/types.ts';
import { held, type SmallElection, smallTexts, type Texts, testElection } from './smallElection.ts';

/** The key of `supreme-court`; the `assembly` has none, its orders are entered by the authority. */
export const COURT = 'court/supreme';
/** Seconds of ticks after which a silent witness no longer stands in the way. */
export const WITNESS_TIMEOUT = 600;

const DAY = 86_400;

export function lawfulElection(mode: Mode = 'rehearsal'): SmallElection {
	return testElection(lawfulTexts(mode), [COURT]);
}

interface Json {
	readonly [key: string]: unknown;
	readonly contests: readonly { readonly id: string }[];
	readonly codes: object;
}

function lawfulTexts(mode: Mode): Texts {
	const texts = smallTexts(mode);
	const { codes, contests, public_images, witnesses, ...json } = JSON.parse(texts['election.json'] ?? '') as Json;
	const election = {
		...json,
		id: 'lawful-2026',
		title: { en: 'Lawful election 2026' },
		contests: contests.map((contest) => ({ ...contest, ...(contest.id === 'president' ? PRESIDENT : COUNCIL) })),
		codes: { ...codes, ...CODES },
		proceedings: PROCEEDINGS,
		public_images,
		witnesses,
	};
	return { ...texts, 'election.json': `${JSON.stringify(election, null, '\t')}\n` };
}

const PRESIDENT = {
	collation: [
		{ level: 'nation', title: { en: 'Form C' }, requires: 'verified' },
		{ level: 'region', title: { en: 'Form B' }, requires: 'verified' },
	],
	declaration: {
		by: 'quorum',
		quorum: 2,
		title: { en: 'Declaration of the result of the election of the President' },
		certificate: { en: 'Form D' },
		formula: { en: 'Under the law of the land we declare:' },
		open_outcome: 'refused',
		requires: 'verified',
		citation: 'assumption',
	},
};

const COUNCIL = {
	collation: [
		{ level: 'region', title: { en: 'Form F' }, requires: 'inspected' },
		{ level: 'district', title: { en: 'Form E' }, requires: 'inspected' },
	],
	declaration: {
		by: 'officer',
		title: { en: 'Declaration of the result of the election of the Council' },
		certificate: { en: 'Form G' },
		open_outcome: 'named',
		requires: 'inspected',
		citation: 'assumption',
	},
};

const law = (id: string, text: string) => ({ id, text: { en: text }, citation: 'assumption' });

const PROCEEDINGS = {
	courts: [
		{ id: 'supreme-court', name: { en: 'Supreme Court' }, keys: [held(COURT)] },
		{ id: 'assembly', name: { en: 'Assembly' }, keys: [] },
	],
	clocks: [
		{ ...law('declare', 'The result is declared'), starts: { at: 1_800_000_000 }, seconds: 7 * DAY },
		{ ...law('petition', 'A petition is filed'), starts: { on: 'declaration' }, seconds: 7 * DAY },
		{ ...law('judgment', 'The court decides'), starts: { on: 'objection' }, seconds: 14 * DAY },
		{ ...law('protest', 'A certificate is objected to'), starts: { on: 'certification' }, seconds: DAY },
		{ ...law('reply', 'The officer answers'), starts: { on: 'objection' }, seconds: 2 * DAY },
	],
	grounds: [
		{
			...law('wrong-figures', 'The figures are not those of the form'),
			on: ['return'],
			standing: ['agent', 'party', 'observer', 'presiding-officer'],
			answered_by: ['returning-officer'],
			answer_within: 'reply',
		},
		{
			...law('wrong-collation', 'The collation is not the sum of its forms'),
			on: ['area', 'statement'],
			standing: ['agent', 'party', 'candidate'],
			answered_by: ['authority'],
			within: 'protest',
			answer_within: 'reply',
		},
		{
			...law('petition', 'The election is not valid'),
			on: ['contest', 'statement'],
			standing: ['candidate', 'party', 'voter'],
			answered_by: ['court'],
			within: 'petition',
			answer_within: 'judgment',
		},
	],
	witness_timeout: WITNESS_TIMEOUT,
};

const CODES = {
	proceed: [law('deadline', 'The time of the law is over'), law('no-effect', 'It cannot change the outcome')],
	supersede: [law('late-return', 'A return came after it'), law('by-order', 'An order changes it')],
	answer: [law('founded', 'The objection is founded'), law('unfounded', 'The objection is not founded')],
	dissent: [law('not-verified', 'The figures were not verified'), law('not-consulted', 'A member was not consulted')],
	order: [law('petition', 'Judgment on a petition'), law('statute', 'A law of the assembly')],
	notice: [law('maintenance', 'Maintenance'), law('attack', 'An attack'), law('over', 'The cause is over')],
	surface: [law('portal', 'The public site'), law('server', 'The server of the log')],
	attempt: [law('sign-in', 'Sign-in with false keys'), law('flood', 'Too many requests')],
};
