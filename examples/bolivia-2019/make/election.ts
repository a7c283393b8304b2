/**
 * `election.json` and the witness policy of the re-enactment. Every key is a rehearsal key: its seed follows from the election's id and the key's name
 * (`packages/rehearsal/src/keys.ts`), so that it is secret to nobody and proves nothing about anybody.
 */
import { exampleKeys } from '../../lib/keys.ts';
import * as law from './law.ts';
import { LEVELS, NATION } from './places.ts';
import { CANDIDATES } from './source.ts';
import * as say from './words.ts';

export const ELECTION_ID = 'bo-2019-rehearsal';
const CONTEST = 'president';
const FORM = 'acta';
const ORIGIN = 'bo-2019-rehearsal/log';

const { vkey, held } = exampleKeys(ELECTION_ID);

const WITNESSES: Readonly<Record<string, string>> = {
	'witness/cc': 'cc',
	'witness/court': 'court',
	'witness/mas': 'mas',
	'witness/newsroom': 'newsroom',
	'witness/observers': 'observers',
};

const RULE = {
	note: say.RULE_NOTE,
	rounds: [
		{
			elect: {
				any: [
					{ id: 'over-half', text: say.OVER_HALF, share: { gt: '1/2', of: 'valid' } },
					{
						id: 'forty-and-ten',
						text: say.FORTY_AND_TEN,
						all: [{ share: { gte: '2/5', of: 'valid' } }, { lead: { gte: '1/10', of: 'valid' } }],
					},
				],
			},
			else: { advance: { top: 2 } },
		},
		{ elect: { rank: 1 }, tie: 'rerun' },
	],
};

const FORM_DEFINITION = {
	id: FORM,
	title: say.FORM_TITLE,
	fields: [
		{ id: 'registered', label: say.REGISTERED, counted: false, blank_is_zero: false },
		{ candidates: true, blank_is_zero: false },
		{ id: 'blank', label: say.BLANK, counted: true, blank_is_zero: false },
		{ id: 'null', label: say.NULL, counted: true, blank_is_zero: false },
	],
	ceiling: ['registered'],
	checks: [
		{
			id: 'within-register',
			expression: 'sum(candidates) + blank + null <= registered',
			severity: 'error',
			text: say.CHECK_WORDS.within,
		},
		{
			id: 'register-as-planned',
			expression: 'registered = station.registered',
			severity: 'warning',
			text: say.CHECK_WORDS.register,
		},
		{
			id: 'some-votes',
			expression: 'sum(candidates) + blank + null > 0',
			severity: 'warning',
			text: say.CHECK_WORDS.someVotes,
		},
	],
};

export function electionJson(): string {
	const election = {
		format: 'matokeo-election/v1',
		rules: 'matokeo/v1',
		id: ELECTION_ID,
		mode: 'rehearsal',
		title: say.TITLE,
		notice: say.NOTICE,
		log: { origin: ORIGIN, key: vkey(ORIGIN, 1), spare: vkey('bo-2019-rehearsal/spare', 1) },
		authority: { quorum: 2, keys: ['authority/1', 'authority/2', 'authority/3'].map(held) },
		registrars: ['registrar/1', 'registrar/2', 'registrar/3'].map(held),
		parties: CANDIDATES.map(([, id]) => ({
			id,
			name: { es: say.PARTY_NAMES[id] },
			roots: [held(`party/${id}/root`)],
		})),
		levels: LEVELS.map((id) => ({ id, name: say.LEVEL_NAMES[id] })),
		contests: [
			{
				id: CONTEST,
				title: say.CONTEST_TITLE,
				scope: NATION.id,
				levels: LEVELS,
				form: FORM,
				denominators: { valid: 'sum(candidates)', cast: 'sum(candidates) + blank + null', register: 'registered' },
				rule: RULE,
				round: 1,
				collation: law.COLLATION,
				declaration: law.DECLARATION,
			},
		],
		forms: [FORM_DEFINITION],
		codes: { ...say.CODES, ...law.CODES },
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
		'group parties any witness/cc witness/mas',
		'group all 3 witness/court witness/observers witness/newsroom parties',
		'quorum all',
		'',
	].join('\n');
}

export function candidateRows(): readonly (readonly string[])[] {
	const rows = CANDIDATES.map(([name, id], i) => [id, CONTEST, String(i + 1), name, id]);
	return [['id', 'contest', 'order', 'name', 'party'], ...rows];
}
