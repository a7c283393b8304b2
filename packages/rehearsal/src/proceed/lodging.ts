/** Somebody lodges another count in a rehearsal (S44): a party's agent or root, an observer or a newsroom, with a table that lies beside the story and a text on how it came about. */
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { RehearsalKey } from '../keys.ts';
import { enrolled, type Person } from '../play/people.ts';
import { keyOfParty } from './filing.ts';
import type { Lodger, Lodging } from './story.ts';
import { quorumOf, salted, say, type Telling } from './telling.ts';

export async function lodge(telling: Telling, step: Lodging): Promise<StatementId> {
	const { stage, lodged, keyOf } = telling;
	const { at, contest, level, obtained, rows, table } = step;
	const key = await lodgerOf(telling, step.by, keyOf);
	const holder = `${contest}|${key.name}`;
	const seen = lodged.get(holder);
	const text = await salted(telling, `count ${holder} ${seen ?? ''}`, step.text, key);
	await stage.log.hold([table], key);
	const id = await say(
		telling,
		{
			type: 'count/lodge',
			at,
			contest,
			...(level === undefined ? {} : { level }),
			obtained,
			rows,
			...(seen === undefined ? {} : { seen }),
			table: stage.suite.sha256Hex(table),
			text,
		},
		key,
	);
	lodged.set(holder, id);
	return id;
}

/** Observers and newsrooms are enrolled by the authority, since forms are in by now (S22). */
async function lodgerOf(telling: Telling, by: Lodger, keyOf: Telling['keyOf']): Promise<RehearsalKey> {
	if (by.kind === 'agent' || by.kind === 'party') return keyOfParty(telling, by);
	const { stage, enrolledHere } = telling;
	const name = `${by.kind}/1`;
	const person: Person = { key: keyOf(name), holder: `holder/${name}`, role: by.kind, scope: {} };
	const { keys, quorum } = stage.election.authority;
	if (!enrolledHere.has(name))
		await say(telling, { type: 'key/enrol', keys: [enrolled(person)] }, ...quorumOf(telling, keys, quorum));
	enrolledHere.add(name);
	return person.key;
}
