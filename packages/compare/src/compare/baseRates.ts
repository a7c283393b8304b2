/**
 * How often two documents of the same stations differed in known elections, and with what that was consistent (K8, R26): to be shown beside a comparison, so that a difference is read for what differences usually are.
 * Counted by this engine from public records; a test counts them again where the records are at hand. None of them says what is usual elsewhere, nor that anything was wrong there.
 */
import type { Pattern } from '../comparison.ts';

export interface BaseRate {
	readonly id: string;
	readonly country: string;
	readonly year: number;
	/** What was laid beside what. */
	readonly compared:
		| 'transmission-and-count'
		| 'protocol-and-machine'
		| 'observed-and-resolved'
		| 'before-and-after-overwriting';
	/** Stations, or forms, of which both documents are known. */
	readonly matched: number;
	readonly differing: number;
	/** Of the differing; one may stand under several. */
	readonly patterns: Readonly<Record<Pattern, number>>;
	readonly without_pattern: number;
	/** Documents that were chosen because they differ: their share of differing ones says nothing. */
	readonly chosen: boolean;
	readonly source: string;
}

export const BASE_RATES: readonly BaseRate[] = [
	{
		id: 'bolivia-2019',
		country: 'BO',
		year: 2019,
		compared: 'transmission-and-count',
		matched: 32_806,
		differing: 706,
		patterns: {
			blank_or_zero: 0,
			filled_later: 5,
			neighbouring_row: 2,
			exchanged_fields: 35,
			column_slip: 4,
			total_as_candidate: 1,
			factor_of_ten: 14,
			transposed_digits: 5,
			one_digit: 148,
		},
		without_pattern: 498,
		chosen: false,
		source: 'Tribunal Supremo Electoral, TREP of 21 October 2019 18:29 and cómputo of 25 October 2019',
	},
	{
		id: 'bulgaria-2021',
		country: 'BG',
		year: 2021,
		compared: 'protocol-and-machine',
		matched: 9_580,
		differing: 6,
		patterns: {
			blank_or_zero: 0,
			filled_later: 0,
			neighbouring_row: 0,
			exchanged_fields: 0,
			column_slip: 0,
			total_as_candidate: 0,
			factor_of_ten: 0,
			transposed_digits: 0,
			one_digit: 0,
		},
		without_pattern: 6,
		chosen: false,
		source:
			'Central Election Commission of Bulgaria, open data of 11 July 2021; parties that a table leaves out have no votes there',
	},
	{
		id: 'peru-2021',
		country: 'PE',
		year: 2021,
		compared: 'observed-and-resolved',
		matched: 86_488,
		differing: 2_899,
		patterns: {
			blank_or_zero: 11,
			filled_later: 1_817,
			neighbouring_row: 5,
			exchanged_fields: 39,
			column_slip: 0,
			total_as_candidate: 2,
			factor_of_ten: 4,
			transposed_digits: 3,
			one_digit: 160,
		},
		without_pattern: 863,
		chosen: false,
		source: 'Oficina Nacional de Procesos Electorales, second round, actas of 15 June 2021 and as resolved',
	},
	{
		id: 'kenya-2013',
		country: 'KE',
		year: 2013,
		compared: 'before-and-after-overwriting',
		matched: 500,
		differing: 476,
		patterns: {
			blank_or_zero: 4,
			filled_later: 2,
			neighbouring_row: 0,
			exchanged_fields: 10,
			column_slip: 0,
			total_as_candidate: 0,
			factor_of_ten: 0,
			transposed_digits: 0,
			one_digit: 126,
		},
		without_pattern: 334,
		chosen: true,
		source:
			'Warner, Harris, Brown and Arnold, “Hidden in Plain Sight?”, Electoral Studies: totals of 500 forms known to be overwritten',
	},
];

/** Known from the literature and not counted here: of tallies inconsistent in themselves, as people under load write them. */
export const TALLIES_INCONSISTENT = {
	country: 'MX',
	/** More than this share, in per cent. */
	above: 40,
	elections: 5,
	source: 'Challú, Seira and Simpser, “The Quality of Vote Tallies”, American Political Science Review 2020',
} as const;
