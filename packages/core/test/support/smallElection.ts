/**
 * A small election package for tests: two contests, three levels, eight polling stations, three candidates for president and two for the council;
 * the polling station abroad lies in its own region geographically and is tallied in the south.
 *
 * All keys are TEST KEYS: anyone can compute their seeds, SHA-256 of `TEST KEY <name>`.
 */
import { MANIFEST, makeManifest } from '../../src/election/manifest.ts';
import { loadElection } from '../../src/election/package.ts';
import type { Election, Mode } from '../../src/election/types.ts';
import { type KeyAlgorithm, printVerifierKey, type SecretKey, verifierKey } from '../../src/log/keys.ts';
import { utf8Encode } from '../../src/std/bytes.ts';
import { portablePublicKey, portableSuite } from '../../src/std/portable.ts';

export const ORIGIN = 'small.example/log';
const SPARE = 'small.example/spare';
/** Two of the three sign for the authority. */
export const AUTHORITY = ['authority/1', 'authority/2', 'authority/3'] as const;
export const REGISTRARS = ['registrar/1', 'registrar/2', 'registrar/3'] as const;
/** Party → its root. */
const PARTY_ROOTS = { sun: 'party/sun/root', moon: 'party/moon/root' } as const;
/** Cosigners (algorithm 4); the quorum is two of the three in the group. */
const WITNESSES = ['witness/court', 'witness/moon', 'witness/news', 'witness/sun'] as const;

export interface SmallElection {
	readonly files: ReadonlyMap<string, Uint8Array>;
	readonly election: Election;
	/** The secret keys of all names above. */
	readonly keys: ReadonlyMap<string, SecretKey>;
}

/** Path → text, without the manifest. */
export type Texts = Readonly<Record<string, string>>;

export function testKey(name: string, algorithm: KeyAlgorithm = 1): SecretKey {
	const seed = portableSuite.sha256(utf8Encode(`TEST KEY ${name}`));
	const publicKey = portablePublicKey(seed);
	return { ...verifierKey(portableSuite, name, algorithm, publicKey), seed };
}

export function smallElection(mode: Mode = 'rehearsal'): SmallElection {
	return testElection(smallTexts(mode));
}

/** With the keys of `small`, and of those `courts` whose keys the texts name. */
export function testElection(texts: Texts, courts: readonly string[] = []): SmallElection {
	const files = packageFiles(texts);
	const loaded = loadElection(portableSuite, files);
	if (!loaded.ok) throw new Error(`the election of the tests has problems: ${JSON.stringify(loaded.error, null, 1)}`);
	const names = [ORIGIN, SPARE, ...AUTHORITY, ...REGISTRARS, ...Object.values(PARTY_ROOTS), ...courts];
	const keys = [...names.map((name) => testKey(name)), ...WITNESSES.map((name) => testKey(name, 4))];
	return { files, election: loaded.value, keys: new Map(keys.map((key) => [key.name, key])) };
}

/** Files with the manifest that belongs to them. */
function packageFiles(texts: Texts): ReadonlyMap<string, Uint8Array> {
	const files = new Map(Object.entries(texts).map(([path, text]) => [path, utf8Encode(text)]));
	return files.set(MANIFEST, makeManifest(portableSuite, files).bytes);
}

export function smallTexts(mode: Mode = 'rehearsal'): Texts {
	return {
		'election.json': `${JSON.stringify(electionJson(mode), null, '\t')}\n`,
		'areas.csv': AREAS,
		'stations.csv': STATIONS,
		'candidates.csv': CANDIDATES,
		'witnesses.policy': policy(mode),
	};
}

const AREAS = `id,level,parent,name,parent.tally
land,nation,,Land,
north,region,land,North,
south,region,land,South,
abroad,region,land,Abroad,
n1,district,north,North One,
n2,district,north,"North Two, upper",
s1,district,south,South One,
abroad-all,district,abroad,All embassies,south
`;

const STATIONS = `id,area,name,registered,supplementary,ballots,kind
001,n1,Market School,700,0,750,school
002,n1,Market School,650,5,700,school
003,n1,Bridge Hall,500,0,550,hall
004,n2,Hill School,480,0,500,school
005,n2,Saint Anne’s,300,10,350,church
006,s1,Harbour Office,620,0,650,office
007,s1,Old Mill,410,0,450,
008,abroad-all,Embassy in the Capital of the Neighbours,90,30,150,embassy
`;

const CANDIDATES = `id,contest,order,name,party
alba,president,1,Alba Ruiz,sun
benta,president,2,Benta Oyelaran,moon
chidi,president,3,Chidi Ødegård,
dora,council,1,Dora Nakamura,sun
emil,council,2,Emil Sarkisian,moon
`;

function vkey(name: string, algorithm: KeyAlgorithm = 1): string {
	return printVerifierKey(testKey(name, algorithm));
}

export function held(name: string): { readonly key: string; readonly holder: string } {
	return { key: vkey(name), holder: `holder-of-${name.replaceAll('/', '-')}` };
}

/** In an official election any two quorums share a witness (P58). */
function policy(mode: Mode): string {
	const witnesses = WITNESSES.map((name) => `witness ${name} ${vkey(name, 4)}\n`).join('');
	return `# TEST KEYS
log ${vkey(ORIGIN)}
${witnesses}group parties any witness/sun witness/moon
group all ${mode === 'official' ? 3 : 2} witness/court witness/news parties
quorum all
`;
}

function electionJson(mode: Mode): unknown {
	return {
		format: 'matokeo-election/v1',
		rules: 'matokeo/v1',
		id: 'small-2026',
		mode,
		title: { en: 'Small election 2026' },
		notice: { en: 'TEST KEYS: anyone can sign as anyone. Nothing here happened.' },
		log: { origin: ORIGIN, key: vkey(ORIGIN), spare: vkey(SPARE) },
		authority: { quorum: 2, keys: AUTHORITY.map(held) },
		registrars: REGISTRARS.map(held),
		parties: [
			{ id: 'sun', name: { en: 'Sun Party' }, roots: [held(PARTY_ROOTS.sun)] },
			{ id: 'moon', name: { en: 'Moon Party' }, roots: [held(PARTY_ROOTS.moon)] },
		],
		levels: [
			{ id: 'nation', name: { en: 'Nation' } },
			{ id: 'region', name: { en: 'Region' } },
			{ id: 'district', name: { en: 'District' } },
		],
		contests: [president(), council()],
		forms: [formA(), formB()],
		codes: codes(),
		public_images: ['original'],
		witnesses: {
			policy: 'witnesses.policy',
			run_by: { 'witness/court': 'court', 'witness/moon': 'moon', 'witness/news': 'newsroom', 'witness/sun': 'sun' },
		},
	};
}

function president(): unknown {
	return {
		id: 'president',
		title: { en: 'President' },
		scope: 'land',
		hierarchy: 'tally',
		levels: ['nation', 'region', 'district'],
		form: 'form-a',
		denominators: { valid: 'sum(candidates)', cast: 'sum(candidates) + rejected', register: 'registered' },
		rule: {
			rounds: [
				{ elect: { share: { gt: '1/2', of: 'valid' } }, else: { advance: { top: 2 } } },
				{ elect: { rank: 1 }, tie: 'rerun' },
			],
		},
		round: 1,
	};
}

function council(): unknown {
	return {
		id: 'council',
		title: { en: 'Council of the North' },
		scope: 'north',
		levels: ['region', 'district'],
		form: 'form-b',
		denominators: { valid: 'sum(candidates)', 'with-blank': 'sum(candidates) + blank' },
		rule: { rounds: [{ elect: { rank: 1 }, tie: 'lots' }] },
	};
}

function field(id: string, label: string, counted: boolean, blankIsZero: boolean): unknown {
	return { id, label: { en: label }, counted, blank_is_zero: blankIsZero };
}

function check(id: string, expression: string, severity: string, text: string): unknown {
	return { id, expression, severity, text: { en: text } };
}

function formA(): unknown {
	return {
		id: 'form-a',
		title: { en: 'Declaration of results' },
		fields: [
			{ candidates: true, blank_is_zero: false },
			field('valid', 'Total valid votes', false, false),
			field('rejected', 'Rejected ballots', true, true),
			field('cast', 'Total votes cast', false, false),
		],
		ceiling: ['registered', 'supplementary'],
		checks: [
			check('valid-is-sum', 'valid = sum(candidates)', 'error', 'Valid votes are the sum of the candidates’ votes.'),
			check('cast-is-sum', 'cast = valid + rejected', 'error', 'Votes cast are valid and rejected votes.'),
			check(
				'within-register',
				'cast <= station.registered + station.supplementary',
				'warning',
				'Not more votes than voters.',
			),
		],
	};
}

function formB(): unknown {
	return {
		id: 'form-b',
		title: { en: 'Council form' },
		fields: [
			{ candidates: true, blank_is_zero: true },
			field('blank', 'Blank ballots', true, true),
			field('null', 'Null ballots', true, true),
		],
		ceiling: ['ballots'],
		checks: [
			check(
				'not-too-many',
				'sum(candidates) + blank + null <= station.ballots',
				'warning',
				'Not more votes than ballots.',
			),
		],
	};
}

function codes(): unknown {
	const code = (id: string, text: string) => ({ id, text: { en: text }, citation: 'assumption' });
	return {
		quarantine: [code('overwritten', 'Figures overwritten')],
		disregard: [
			{
				...code('over-register', 'More votes than registered voters'),
				expression: 'cast > station.registered + station.supplementary',
			},
			code('forged', 'The form is forged'),
		],
		status: [code('flood', 'The polling station cannot be reached')],
		replaces: [code('blurred', 'The first photograph cannot be read')],
		withhold: [code('privacy', 'Personal data')],
		revoke: [code('lost', 'The device is lost')],
		amend: [code('court-order', 'Order of a court')],
	};
}
