/**
 * The package of the rehearsal, made from actas: all of the source's, or a part of them, in which case only their tables are due. Every key is a rehearsal key, secret to nobody.
 */
import { MANIFEST, makeManifest } from '@matokeo/core/election/manifest.ts';
import { loadElection } from '@matokeo/core/election/package.ts';
import type { Election } from '@matokeo/core/election/types.ts';
import { printVerifierKey, verifierKey } from '@matokeo/core/log/keys.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { byCodeUnits } from '@matokeo/core/std/canonical.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import type { Acta } from './actas.ts';
import * as say from './words.ts';

export interface PeruPackage {
	readonly election: Election;
	readonly files: ReadonlyMap<string, Uint8Array>;
}

export const CONTEST = 'president';
/** The court that resolves observed actas, and its key. */
export const JURY = 'jee';
export const JURY_KEY = 'court/jee';
const ID = 'pe-2021-runoff-rehearsal';
const ORIGIN = `${ID}/log`;
export const NATION = 'pe';
const AT_HOME = 'pe/home';
const ABROAD = 'pe/abroad';
/** Codes of continents begin with a nine. */
const CONTINENT = '9';

const WITNESSES = {
	'witness/court': 'court',
	'witness/fuerza-popular': 'fuerza-popular',
	'witness/newsroom': 'newsroom',
	'witness/observers': 'observers',
	'witness/peru-libre': 'peru-libre',
};

export function peruPackage(suite: Suite, actas: readonly Acta[]): PeruPackage {
	const texts = {
		'election.json': `${JSON.stringify(electionJson(suite), undefined, '\t')}\n`,
		'areas.csv': csv([['id', 'level', 'parent', 'name'], ...areaRows(actas)]),
		'stations.csv': csv([['id', 'area', 'name', 'registered'], ...actas.map(stationRow)]),
		'candidates.csv': csv([['id', 'contest', 'order', 'name', 'party'], ...candidateRows()]),
		'witnesses.policy': policyText(suite),
	};
	const files = new Map(Object.entries(texts).map(([path, text]) => [path, utf8Encode(text)]));
	files.set(MANIFEST, makeManifest(suite, files).bytes);
	const election = loadElection(suite, files);
	if (!election.ok) throw new Error(`the package has problems: ${JSON.stringify(election.error.slice(0, 3))}`);
	return { election: election.value, files };
}

function csv(rows: readonly (readonly string[])[]): string {
	const cell = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
	return rows.map((row) => `${row.map(cell).join(',')}\n`).join('');
}

/** An area before those inside it. */
function areaRows(actas: readonly Acta[]): readonly (readonly string[])[] {
	const rows = new Map<string, readonly string[]>();
	for (const { ubigeo, department, province, district } of actas) {
		const territory = ubigeo.startsWith(CONTINENT) ? ABROAD : AT_HOME;
		rows.set(ubigeo.slice(0, 2), [ubigeo.slice(0, 2), 'department', territory, department]);
		rows.set(ubigeo.slice(0, 4), [ubigeo.slice(0, 4), 'province', ubigeo.slice(0, 2), province]);
		rows.set(ubigeo, [ubigeo, 'district', ubigeo.slice(0, 4), district]);
	}
	return [
		[NATION, 'nation', '', 'Perú'],
		[AT_HOME, 'territory', NATION, 'Nacional'],
		[ABROAD, 'territory', NATION, 'Extranjero'],
		...[...rows.values()].sort(([a = ''], [b = '']) => byCodeUnits(a, b)),
	];
}

function stationRow({ mesa, ubigeo, place, registered }: Acta): readonly string[] {
	return [mesa, ubigeo, place, String(registered)];
}

function candidateRows(): readonly (readonly string[])[] {
	return Object.entries(say.PARTIES).map(([id, name], place) => [id, CONTEST, String(place + 1), name, id]);
}

function vkey(suite: Suite, name: string, algorithm: 1 | 4): string {
	return printVerifierKey(verifierKey(suite, name, algorithm, rehearsalKey(suite, ID, name).publicKey));
}

function electionJson(suite: Suite): object {
	const held = (name: string) => ({ key: vkey(suite, name, 1), holder: `holder/${name}` });
	return {
		format: 'matokeo-election/v1',
		rules: 'matokeo/v1',
		id: ID,
		mode: 'rehearsal',
		title: say.TITLE,
		notice: say.NOTICE,
		log: { origin: ORIGIN, key: vkey(suite, ORIGIN, 1), spare: vkey(suite, `${ID}/spare`, 1) },
		authority: { quorum: 2, keys: ['authority/1', 'authority/2', 'authority/3'].map(held) },
		registrars: ['registrar/1', 'registrar/2', 'registrar/3'].map(held),
		parties: Object.entries(say.PARTIES).map(([id, name]) => ({
			id,
			name: { es: name },
			roots: [held(`party/${id}/root`)],
		})),
		levels: Object.entries(say.LEVELS).map(([id, name]) => ({ id, name })),
		contests: [
			{
				id: CONTEST,
				title: say.CONTEST_TITLE,
				scope: NATION,
				levels: Object.keys(say.LEVELS),
				form: 'acta',
				denominators: {
					valid: 'sum(candidates)',
					cast: 'sum(candidates) + blank + null + contested',
					register: 'registered',
				},
				rule: RULE,
				round: 2,
			},
		],
		forms: [FORM],
		codes: say.CODES,
		proceedings: { courts: [{ id: JURY, name: say.JURY, keys: [held(JURY_KEY)] }], clocks: [], grounds: [] },
		public_images: ['facsimile'],
		witnesses: { policy: 'witnesses.policy', run_by: WITNESSES },
	};
}

const RULE = {
	note: say.RULE_NOTE,
	rounds: [
		{
			elect: { id: 'over-half', text: say.OVER_HALF, share: { gt: '1/2', of: 'valid' } },
			else: { advance: { top: 2 } },
		},
		{ elect: { id: 'most-votes', text: say.MOST_VOTES, rank: 1 }, tie: 'rerun' },
	],
};

const counted = (id: 'blank' | 'null' | 'contested') => ({
	id,
	label: say.FIELD_LABELS[id],
	counted: true,
	blank_is_zero: false,
});

const FORM = {
	id: 'acta',
	title: say.FORM_TITLE,
	fields: [
		{ id: 'voted', label: say.FIELD_LABELS.voted, counted: false, blank_is_zero: false },
		{ candidates: true, blank_is_zero: false },
		counted('blank'),
		counted('null'),
		counted('contested'),
	],
	ceiling: ['registered'],
	checks: [
		{
			id: 'adds-up',
			expression: 'sum(candidates) + blank + null + contested = voted',
			severity: 'error',
			text: say.CHECK_WORDS.addsUp,
		},
		{
			id: 'within-register',
			expression: 'voted <= station.registered',
			severity: 'error',
			text: say.CHECK_WORDS.within,
		},
		{
			id: 'some-votes',
			expression: 'sum(candidates) + blank + null + contested > 0',
			severity: 'warning',
			text: say.CHECK_WORDS.someVotes,
		},
	],
};

function policyText(suite: Suite): string {
	return [
		`log ${vkey(suite, ORIGIN, 1)}`,
		...Object.keys(WITNESSES).map((name) => `witness ${name} ${vkey(suite, name, 4)}`),
		'group parties any witness/fuerza-popular witness/peru-libre',
		'group all 3 witness/court witness/newsroom witness/observers parties',
		'quorum all',
		'',
	].join('\n');
}
