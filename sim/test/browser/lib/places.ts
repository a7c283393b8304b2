/** One page of every kind, and of the kinds of content that matter, by their paths from the site's root. */
import { type Language, type PageAddress, pagePath } from '@matokeo/portal/site/paths.ts';
import { STATION } from './stations.ts';

const contest = 'contest-1';

export const PLACES: Readonly<Record<string, PageAddress>> = {
	home: { page: 'home' },
	contest: { page: 'contest', contest },
	'area with areas': { page: 'area', contest, area: 'west' },
	'area with stations': { page: 'area', contest, area: 'east/w1' },
	'what is missing': { page: 'missing', contest },
	'what is missing in an area': { page: 'missing', contest, area: 'west' },
	'what changed': { page: 'changes', contest },
	'station that is verified': { page: 'station', station: STATION.script },
	'station with two forms, one sealed': { page: 'station', station: STATION.twoForms },
	'station with a name of a thousand characters': { page: 'station', station: STATION.long },
	'station whose image is withheld': { page: 'station', station: STATION.withheld },
	find: { page: 'find' },
	data: { page: 'data' },
	about: { page: 'about' },
};

export function pathOf(name: string, language: Language): string {
	return pagePath(language, PLACES[name] ?? { page: 'home' });
}
