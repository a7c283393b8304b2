/**
 * A synthetic election of the size and shape of Kenya's of 2022: 46,229 polling stations, 47 counties, 290 constituencies, 1,450 wards, six contests on one day. Names, registers and
 * figures are made up from a seed. Unlike there, every contest is nationwide: what is measured is the number of forms and the depth of the areas, not who is elected where.
 */
import type { Suite } from '@matokeo/core/std/suite.ts';
import { type Chance, chanceOf } from '@matokeo/rehearsal/play/chance.ts';
import { type Synthetic, syntheticPackage } from './election.ts';

export interface KenyaShape {
	readonly stations: number;
	readonly counties: number;
	readonly constituencies: number;
	readonly wards: number;
	/** How many candidates each contest has. */
	readonly candidates: readonly number[];
}

export const KENYA_2022: KenyaShape = {
	stations: 46_229,
	counties: 47,
	constituencies: 290,
	wards: 1_450,
	candidates: [4, 5, 6, 5, 7, 8],
};

const SEED = 'kenya-46229';
/** The most voters that one station has on its register there. */
const REGISTERED_MOST = 700;

/** With fewer stations, and areas in proportion, for trying things out. */
export function kenya46229(suite: Suite, stations: number = KENYA_2022.stations): Synthetic {
	const part = (count: number) => Math.max(1, Math.round((count * stations) / KENYA_2022.stations));
	const { counties, constituencies, wards } = KENYA_2022;
	const shape: KenyaShape = {
		...KENYA_2022,
		stations,
		counties: part(counties),
		constituencies: part(constituencies),
		wards: part(wards),
	};
	const chance = chanceOf(suite, SEED);
	const { candidates } = shape;
	return syntheticPackage(suite, {
		levels: ['nation', 'county', 'constituency', 'ward'],
		areas: areasCsv(shape),
		stations: stationsCsv(shape, chance),
		candidates,
	});
}

/** Each area has about as many below it as the next. */
function areasCsv({ counties, constituencies, wards }: KenyaShape): string {
	const lines = ['id,level,parent,name', 'all,nation,,Nation'];
	for (let county = 0; county < counties; county++) lines.push(`${countyId(county)},county,all,County ${county + 1}`);
	for (let one = 0; one < constituencies; one++)
		lines.push(`${seatId(one)},constituency,${countyId(above(one, constituencies, counties))},Constituency ${one + 1}`);
	for (let ward = 0; ward < wards; ward++)
		lines.push(`${wardId(ward)},ward,${seatId(above(ward, wards, constituencies))},Ward ${ward + 1}`);
	return `${lines.join('\n')}\n`;
}

/** Wards differ in size: every other station lies where chance puts it. */
function stationsCsv({ stations, wards }: KenyaShape, chance: Chance): string {
	const lines = ['id,area,name,registered'];
	for (let number = 0; number < stations; number++) {
		const id = String(number + 1).padStart(6, '0');
		const ward = number % 2 === 0 ? above(number, stations, wards) : chance.below(wards, 'ward', id);
		const registered = 150 + chance.below(REGISTERED_MOST - 149, 'registered', id);
		lines.push(`${id},${wardId(ward)},Station ${number + 1},${registered}`);
	}
	return `${lines.join('\n')}\n`;
}

function above(one: number, of: number, areas: number): number {
	return Math.floor((one * areas) / of);
}

const countyId = (county: number): string => `county-${county + 1}`;
const seatId = (seat: number): string => `constituency-${seat + 1}`;
const wardId = (ward: number): string => `ward-${ward + 1}`;
