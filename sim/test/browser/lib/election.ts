/**
 * The election that browsers are shown: two contests on one day, three languages in part, a rule in parts, and names that try to be something else than names, as long as a package lets them be. Controls and characters
 * that turn the direction of writing cannot come in by a package (P13); names from right to left can.
 */
import { MANIFEST, makeManifest } from '@matokeo/core/election/manifest.ts';
import { loadElection } from '@matokeo/core/election/package.ts';
import { utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { type Synthetic, syntheticPackage } from '../../../src/synthetic/election.ts';

const SCRIPT = '<script>document.title="stolen"</script>';
const ATTRIBUTE = `" autofocus onfocus='document.title="stolen"' x="`;
const LONG = `Escuela ${'x'.repeat(500)} ${'de la Nueva Esperanza '.repeat(22)}`.slice(0, 990).trim();

const AREAS: readonly (readonly [string, string])[] = [
	['east', 'East <b>&amp;</b> Hills'],
	['west', 'الغرب (West)'],
];

const WARDS = ['Ndoto', `Ward ${'y'.repeat(200)}`, 'Ñuflo de Chávez'];

const STATION_NAMES = [
	'Primary school',
	SCRIPT,
	'مدرسة النور',
	ATTRIBUTE,
	LONG,
	'=HYPERLINK("http://x.example")',
	"O'Neill & Sons",
];

/** Stations of each ward; every number has six digits. */
const STATIONS_PER_WARD = 7;

const CANDIDATE_NAMES = ['Amina Juma', SCRIPT, 'ليلى حسن', `Z${'z'.repeat(180)}`, 'Ng’ang’a wa Thiong’o'];

export function browserElection(suite: Suite): Synthetic {
	const made = syntheticPackage(suite, {
		levels: ['nation', 'region', 'ward'],
		areas: areasCsv(),
		stations: stationsCsv(),
		candidates: [CANDIDATE_NAMES.length, 3],
	});
	const files = new Map(made.files);
	const text = (path: string): string => utf8Decode(files.get(path) ?? new Uint8Array()) ?? '';
	files.set('candidates.csv', utf8Encode(withNames(text('candidates.csv'))));
	files.set('election.json', utf8Encode(JSON.stringify(amended(JSON.parse(text('election.json')) as Json))));
	files.delete(MANIFEST);
	files.set(MANIFEST, makeManifest(suite, files).bytes);
	const election = loadElection(suite, files);
	if (!election.ok) throw new Error(`the package has problems: ${JSON.stringify(election.error.slice(0, 3))}`);
	return { election: election.value, files };
}

type Json = Readonly<Record<string, unknown>> & {
	readonly contests: readonly Readonly<Record<string, unknown>>[];
	readonly forms: readonly (Readonly<Record<string, unknown>> & { readonly checks: readonly object[] })[];
	readonly codes: Readonly<Record<string, readonly object[]>>;
};

const code = (id: string, en: string, sw: string, es: string) => ({
	id,
	text: { en, sw, es },
	citation: 'none; for a test',
});

function amended(json: Json): object {
	const [president, assembly] = json.contests;
	const all = [{ share: { gte: '2/5', of: 'valid' } }, { lead: { gte: '1/10', of: 'valid' } }];
	const elect = {
		any: [{ id: 'over-half', text: { en: 'more than half' }, share: { gt: '1/2', of: 'valid' } }, { all }],
	};
	return {
		...json,
		title: { en: 'Synthetic election', sw: 'Uchaguzi wa majaribio', es: 'Elección sintética' },
		notice: { en: `Made up; no result of anything. ${SCRIPT}`, sw: 'Ya kubuni; si matokeo ya chochote.' },
		contests: [
			{
				...president,
				title: { en: 'President', sw: 'Rais', es: 'Presidencia' },
				rule: { rounds: [{ elect, else: { advance: { top: 2 } } }] },
			},
			{ ...assembly, title: { en: `Assembly ${SCRIPT}` }, rule: { rounds: [{ elect: { rank: 1 }, tie: 'lots' }] } },
		],
		forms: json.forms.map((form) => ({
			...form,
			checks: [
				...form.checks,
				{
					id: 'few-rejected',
					expression: 'rejected <= sum(candidates)',
					severity: 'warning',
					text: { en: 'more rejected than valid' },
				},
			],
		})),
		codes: {
			...json.codes,
			disregard: [code('burnt', 'The form was burnt', 'Fomu iliungua', 'El acta se quemó')],
			status: [code('flood', 'Flood', 'Mafuriko', 'Inundación')],
			withhold: [code('face', 'A face is to be seen', 'Uso unaonekana', 'Se ve un rostro')],
		},
	};
}

function areasCsv(): string {
	const lines = ['id,level,parent,name', 'all,nation,,Whole'];
	for (const [id, name] of AREAS) {
		lines.push(`${id},region,all,${cell(name)}`);
		for (const [place, ward] of WARDS.entries()) lines.push(`${id}/w${place},ward,${id},${cell(`${ward} ${id}`)}`);
	}
	return `${lines.join('\n')}\n`;
}

function stationsCsv(): string {
	const lines = ['id,area,name,registered,building'];
	for (const [id] of AREAS) {
		for (const place of WARDS.keys()) {
			for (let number = 0; number < STATIONS_PER_WARD; number++) {
				const station = `${String(lines.length).padStart(6, '0')}`;
				const name = STATION_NAMES[number % STATION_NAMES.length] ?? '';
				lines.push(
					`${station},${id}/w${place},${cell(name)},${400 + lines.length},${number % 2 === 0 ? SCRIPT : 'School'}`.replace(
						SCRIPT,
						cell(SCRIPT),
					),
				);
			}
		}
	}
	return `${lines.join('\n')}\n`;
}

/** The names of the first contest; those of the others stay as they are. */
function withNames(csv: string): string {
	return csv.replace(/Candidate 1-([0-9]+)/g, (_, number: string) => cell(CANDIDATE_NAMES[Number(number) - 1] ?? ''));
}

function cell(text: string): string {
	return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
