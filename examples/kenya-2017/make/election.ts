/**
 * `election.json` and the witness policy of the re-enactment. Every key is a rehearsal key: its seed follows from the election's id and the key's name
 * (`packages/rehearsal/src/keys.ts`), so that it is secret to nobody and proves nothing about anybody.
 */
import { exampleKeys } from '../../lib/keys.ts';
import { CODES } from './codes.ts';
import * as law from './law.ts';
import { LEVELS, NATION, OWN_UNITS } from './places.ts';
import type { Named } from './source.ts';
import * as say from './words.ts';

const ELECTION_ID = 'ke-2017-rehearsal';
const CONTEST = 'president';
const FORM = 'form-34a';
const ORIGIN = 'ke-2017-rehearsal/log';

const { vkey, held } = exampleKeys(ELECTION_ID);

const WITNESSES: Readonly<Record<string, string>> = {
	'witness/court': 'court',
	'witness/jp': 'jp',
	'witness/newsroom': 'newsroom',
	'witness/observers': 'observers',
	'witness/odm': 'odm',
};

const RULE = {
	note: law.RULE_NOTE,
	rounds: [
		{
			elect: {
				all: [
					{ id: 'over-half', text: law.OVER_HALF, share: { gt: '1/2', of: 'valid' } },
					{
						id: 'counties',
						text: law.COUNTIES,
						areas: {
							level: 'county',
							where: { share: { gte: '1/4', of: 'valid' } },
							count: { gt: '1/2' },
							exclude: [...OWN_UNITS.values()],
							universe: law.UNIVERSE,
						},
					},
				],
			},
			else: { advance: { top: 2 } },
		},
		{ elect: { rank: 1 }, tie: 'rerun' },
	],
};

const field = (id: string, label: say.Words, counted: boolean) => ({ id, label, counted, blank_is_zero: false });

const FORM_DEFINITION = {
	id: FORM,
	title: say.FORM_TITLE,
	fields: [
		{ candidates: true, blank_is_zero: false },
		field('valid', say.FIELD_WORDS.valid, false),
		field('registered', say.FIELD_WORDS.registered, false),
		field('rejected', say.FIELD_WORDS.rejected, true),
		field('objected', say.FIELD_WORDS.objected, false),
		field('disputed', say.FIELD_WORDS.disputed, false),
		field('valid-cast', say.FIELD_WORDS.cast, false),
	],
	ceiling: ['registered'],
	checks: [
		{ id: 'valid-is-sum', expression: 'valid = sum(candidates)', severity: 'error', text: say.CHECK_WORDS.sum },
		{ id: 'valid-twice', expression: 'valid = valid-cast', severity: 'warning', text: say.CHECK_WORDS.twice },
		{
			id: 'valid-within-register',
			expression: 'sum(candidates) <= station.registered',
			severity: 'error',
			text: say.CHECK_WORDS.valid,
		},
		{
			id: 'ballots-within-register',
			expression: 'sum(candidates) + rejected <= station.registered',
			severity: 'warning',
			text: say.CHECK_WORDS.ballots,
		},
		{
			id: 'register-as-planned',
			expression: 'registered = station.registered',
			severity: 'warning',
			text: say.CHECK_WORDS.register,
		},
		{
			id: 'some-votes',
			expression: 'sum(candidates) + rejected > 0',
			severity: 'warning',
			text: say.CHECK_WORDS.someVotes,
		},
	],
};

export function electionJson(): string {
	const commissioners = Array.from({ length: law.COMMISSIONERS }, (_, place) => `authority/${place + 1}`);
	const election = {
		format: 'matokeo-election/v1',
		rules: 'matokeo/v1',
		id: ELECTION_ID,
		mode: 'rehearsal',
		title: say.TITLE,
		notice: say.NOTICE,
		log: { origin: ORIGIN, key: vkey(ORIGIN, 1), spare: vkey('ke-2017-rehearsal/spare', 1) },
		authority: { quorum: law.QUORUM, keys: commissioners.map(held) },
		registrars: ['registrar/1', 'registrar/2', 'registrar/3'].map(held),
		parties: [...say.PARTY_NAMES].map(([short, name]) => ({
			id: short.toLowerCase(),
			name: { en: name },
			roots: [held(`party/${short.toLowerCase()}/root`)],
		})),
		levels: LEVELS.map((id) => ({ id, name: say.LEVEL_NAMES[id] })),
		contests: [
			{
				id: CONTEST,
				title: say.CONTEST_TITLE,
				scope: NATION.id,
				levels: LEVELS,
				form: FORM,
				denominators: { valid: 'sum(candidates)', cast: 'sum(candidates) + rejected', register: 'registered' },
				rule: RULE,
				round: 1,
				collation: law.COLLATION,
				declaration: law.DECLARATION,
			},
		],
		forms: [FORM_DEFINITION],
		codes: CODES,
		proceedings: law.proceedings(held),
		public_images: ['facsimile'],
		witnesses: { policy: 'witnesses.policy', run_by: WITNESSES },
	};
	return `${JSON.stringify(election, undefined, '\t')}\n`;
}

export function witnessPolicy(): string {
	return [
		'# Rehearsal keys, secret to nobody. Three of court, observers, newsroom and the parties (one voice together):',
		'# no contestant can prevent the quorum by silence, none can meet it alone, and any two quorums share a witness.',
		`log ${vkey(ORIGIN, 1)}`,
		...Object.keys(WITNESSES).map((name) => `witness ${name} ${vkey(name, 4)}`),
		'group parties any witness/jp witness/odm',
		'group all 3 witness/court witness/observers witness/newsroom parties',
		'quorum all',
		'',
	].join('\n');
}

/** Independent candidates have no party. */
export function candidateRows(candidates: readonly Named[]): readonly (readonly string[])[] {
	const rows = candidates.map(({ id, name, party }, place) => {
		const known = say.PARTY_NAMES.has(party);
		if (!known && party !== 'IND') throw new Error(`party ${party} is not known`);
		return [id, CONTEST, String(place + 1), name, known ? party.toLowerCase() : ''];
	});
	return [['id', 'contest', 'order', 'name', 'party'], ...rows];
}
