/** What is said after the forms of the first hours: by officers of stations from which nothing came, by the authority, and a second form that says something else than the first. */
import type { Election } from '@matokeo/core/election/types.ts';
import { returnOf } from '@matokeo/core/rules/stations.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { RecordReader } from '@matokeo/portal/record.ts';
import { stationView } from '@matokeo/portal/views/station.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { enrolled, peopleOf } from '@matokeo/rehearsal/play/people.ts';
import { speaker, type Unsaid } from '@matokeo/rehearsal/play/speaking.ts';
import { STATION } from './stations.ts';

/** A photograph of a kind that the package does not publish. */
export const SEALED = Buffer.from('a photograph of a carbon copy, which stays sealed');

interface Played {
	readonly suite: Suite;
	readonly election: Election;
}

const CONTEST = 'contest-1';
const CLERKS = 4;

const keysOf =
	({ suite, election }: Played) =>
	(name: string) =>
		rehearsalKey(suite, election.id, name);

/** Presiding officers of stations that reported nothing so far: after the first form only the authority enrols (S22). */
export function enrolments(played: Played): readonly Uint8Array[] {
	const keyOf = keysOf(played);
	const people = peopleOf(played.election, CLERKS, keyOf);
	const late = [STATION.noFormSeen, STATION.late, STATION.laterStill];
	const keys = late.map((station) => enrolled(people.presiding(station)));
	const say = speaker(played.suite, played.election);
	return [say({ type: 'key/enrol', keys }, keyOf('authority/1'), keyOf('authority/2')).bytes];
}

export function afterwards(played: Played, record: RecordReader): readonly Uint8Array[] {
	const { suite, election } = played;
	const keyOf = keysOf(played);
	const people = peopleOf(election, CLERKS, keyOf);
	const say = speaker(suite, election);
	const office = (id: string): string => {
		const station = election.stations.get(id);
		return station === undefined ? '' : people.officeOf(station);
	};
	const authority = [keyOf('authority/1'), keyOf('authority/2')];
	const seen = (station: string): string => returnOf(record.rows, CONTEST, station, 1).last ?? '';
	const image = stationView(record, STATION.withheld)?.contests[0]?.captures[0]?.images[0];
	const about = { contest: CONTEST, station: STATION.disregarded, poll: 1, seen: seen(STATION.disregarded) } as const;
	const status = { type: 'station/status', contest: CONTEST, reason: 'flood' } as const;
	const copy: Unsaid = {
		type: 'form/capture',
		contest: CONTEST,
		images: [{ kind: 'photograph', sha256: suite.sha256Hex(SEALED), size: SEALED.length }],
		kind: 'carbon-copy',
		poll: 1,
		route: 'hand-carry',
		station: STATION.twoForms,
		figures: { registered: 410, 'c1-1': 12, 'c1-2': 'illegible', 'c1-3': 3, 'c1-4': 'blank', 'c1-5': 0, rejected: 1 },
		agents: [{ mark: 'refused', party: 'unity' }],
	};
	return [
		say(
			{ type: 'form/ruling', ...about, decision: { kind: 'disregard', ground: 'burnt' } },
			...people.returning(office(STATION.disregarded)).map(({ key }) => key),
		),
		say({ type: 'blob/withhold', reason: 'face', sha256: image?.sha256 ?? '' }, ...authority),
		say({ ...status, station: STATION.postponed, status: 'postponed' }, ...authority),
		say(
			{ ...status, station: STATION.notOpened, status: 'not-opened' },
			people.returning(office(STATION.notOpened))[0].key,
		),
		say(
			{
				type: 'election/amend',
				basis: 'assumption',
				change: { kind: 'candidate', contest: CONTEST, candidate: 'c1-4', status: 'withdrawn', votes: 'counted' },
			},
			...authority,
		),
		say(
			{
				type: 'form/capture',
				contest: CONTEST,
				images: [{ kind: 'facsimile', sha256: '0'.repeat(64), size: 1000 }],
				kind: 'original',
				poll: 1,
				route: 'own-kit',
				station: STATION.noFormSeen,
				figures: { registered: 440, 'c1-1': 96, 'c1-2': 82, 'c1-3': 31, 'c1-4': 12, 'c1-5': 9, rejected: 1 },
			},
			people.presiding(STATION.noFormSeen).key,
		),
		say(copy, people.receiving(office(STATION.twoForms)).key),
	].map(({ bytes }) => bytes);
}
