/**
 * A synthetic election package of any size, for benchmarks: made-up places and figures, rehearsal keys, nothing of any country. Its shape is that of a large national election
 * with several contests on one day.
 */
import { MANIFEST, makeManifest } from '@matokeo/core/election/manifest.ts';
import { loadElection } from '@matokeo/core/election/package.ts';
import type { Election } from '@matokeo/core/election/types.ts';
import { printVerifierKey, verifierKey } from '@matokeo/core/log/keys.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';

export interface Synthetic {
	readonly election: Election;
	readonly files: ReadonlyMap<string, Uint8Array>;
}

const ID = 'synthetic';
const ORIGIN = 'synthetic/log';
const CANDIDATES = 4;
const REGISTERED = 700;

/** Areas under the nation. */
interface Places {
	readonly regions: number;
	readonly wardsPerRegion: number;
}

/** As many as Kenya has counties and, nearly, wards. */
const NATION: Places = { regions: 47, wardsPerRegion: 30 };

export function syntheticElection(suite: Suite, stations: number, contests: number, places = NATION): Synthetic {
	return syntheticPackage(suite, {
		levels: ['nation', 'region', 'ward'],
		areas: areasCsv(places),
		stations: stationsCsv(stations, places),
		candidates: Array.from({ length: contests }, () => CANDIDATES),
	});
}

export interface SyntheticParts {
	/** From the top down. */
	readonly levels: readonly string[];
	/** The text of `areas.csv`; its top area is `all`. */
	readonly areas: string;
	/** The text of `stations.csv`. */
	readonly stations: string;
	/** How many candidates each contest has. */
	readonly candidates: readonly number[];
}

export function syntheticPackage(suite: Suite, { levels, areas, stations, candidates }: SyntheticParts): Synthetic {
	const texts = {
		'election.json': JSON.stringify(electionJson(suite, candidates.length, levels)),
		'areas.csv': areas,
		'stations.csv': stations,
		'candidates.csv': candidatesCsv(candidates),
		'witnesses.policy': policyText(suite),
	};
	const files = new Map(Object.entries(texts).map(([path, text]) => [path, utf8Encode(text)]));
	files.set(MANIFEST, makeManifest(suite, files).bytes);
	const election = loadElection(suite, files);
	if (!election.ok)
		throw new Error(`the synthetic package has problems: ${JSON.stringify(election.error.slice(0, 3))}`);
	return { election: election.value, files };
}

function vkey(suite: Suite, name: string, algorithm: 1 | 4): string {
	return printVerifierKey(verifierKey(suite, name, algorithm, rehearsalKey(suite, ID, name).publicKey));
}

function electionJson(suite: Suite, contests: number, levels: readonly string[]): object {
	const held = (name: string) => ({ key: vkey(suite, name, 1), holder: `holder/${name}` });
	const word = (en: string) => ({ en });
	const code = { id: 'assumption', text: word('For the benchmark'), citation: 'none; an assumption' };
	return {
		format: 'matokeo-election/v1',
		rules: 'matokeo/v1',
		id: ID,
		mode: 'rehearsal',
		title: word('Synthetic election'),
		notice: word('Made up; no result of anything.'),
		log: { origin: ORIGIN, key: vkey(suite, ORIGIN, 1), spare: vkey(suite, 'synthetic/spare', 1) },
		authority: { quorum: 2, keys: ['authority/1', 'authority/2', 'authority/3'].map(held) },
		registrars: ['registrar/1', 'registrar/2'].map(held),
		parties: [],
		levels: levels.map((id) => ({ id, name: word(id) })),
		contests: Array.from({ length: contests }, (_, number) => ({
			id: `contest-${number + 1}`,
			title: word(`Contest ${number + 1}`),
			scope: 'all',
			levels,
			form: 'form',
			denominators: { valid: 'sum(candidates)' },
			rule: {
				rounds: [{ elect: { id: 'over-half', share: { gt: '1/2', of: 'valid' } }, else: { advance: { top: 2 } } }],
			},
		})),
		forms: [
			{
				id: 'form',
				title: word('Form'),
				fields: [
					{ id: 'registered', label: word('Registered'), counted: false, blank_is_zero: false },
					{ candidates: true, blank_is_zero: false },
					{ id: 'rejected', label: word('Rejected'), counted: true, blank_is_zero: false },
				],
				ceiling: ['registered'],
				checks: [
					{
						id: 'within-register',
						expression: 'sum(candidates) + rejected <= registered',
						severity: 'error',
						text: word('within'),
					},
				],
			},
		],
		codes: {
			quarantine: [code],
			disregard: [],
			status: [code],
			replaces: [code],
			withhold: [code],
			revoke: [code],
			amend: [code],
		},
		public_images: ['facsimile'],
		witnesses: { policy: 'witnesses.policy', run_by: { 'witness/court': 'court', 'witness/news': 'newsroom' } },
	};
}

function policyText(suite: Suite): string {
	const witness = (name: string) => `witness ${name} ${vkey(suite, name, 4)}\n`;
	const log = `log ${vkey(suite, ORIGIN, 1)}\n`;
	return `${log}${witness('witness/court')}${witness('witness/news')}group all any witness/court witness/news\nquorum all\n`;
}

function areasCsv({ regions, wardsPerRegion }: Places): string {
	const lines = ['id,level,parent,name', 'all,nation,,All'];
	for (let region = 0; region < regions; region++) {
		lines.push(`r${region},region,all,Region ${region}`);
		for (let ward = 0; ward < wardsPerRegion; ward++)
			lines.push(`r${region}/w${ward},ward,r${region},Ward ${region}-${ward}`);
	}
	return `${lines.join('\n')}\n`;
}

function stationsCsv(stations: number, { regions, wardsPerRegion }: Places): string {
	const lines = ['id,area,name,registered'];
	for (let station = 0; station < stations; station++) {
		const region = station % regions;
		const ward = Math.floor(station / regions) % wardsPerRegion;
		lines.push(`s${String(station).padStart(6, '0')},r${region}/w${ward},Station ${station},${REGISTERED}`);
	}
	return `${lines.join('\n')}\n`;
}

function candidatesCsv(candidates: readonly number[]): string {
	const lines = ['id,contest,order,name,party'];
	for (const [place, count] of candidates.entries()) {
		const contest = place + 1;
		for (let order = 1; order <= count; order++)
			lines.push(`c${contest}-${order},contest-${contest},${order},Candidate ${contest}-${order},`);
	}
	return `${lines.join('\n')}\n`;
}
