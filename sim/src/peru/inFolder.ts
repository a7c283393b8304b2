/**
 * The rehearsal of Peru 2021 in a folder of its own: its log in SQLite on disk, what is published beside it.
 */
import { join } from 'node:path';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { clockFrom } from '@matokeo/rehearsal/play/clock.ts';
import { inProcess } from '@matokeo/rehearsal/play/inProcess.ts';
import type { OpenedLog } from '@matokeo/server/app/openedLog.ts';
import { openLog } from '@matokeo/server/app/openLog.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import type { Acta } from './actas.ts';
import { peruPackage } from './election.ts';
import { type PeruRehearsal, POLLS_CLOSED, peruRehearsal } from './play.ts';
import { type Story, storyOf } from './story.ts';

export interface PeruInFolder extends PeruRehearsal {
	readonly stories: readonly Story[];
	readonly log: OpenedLog;
	/** The digest of the package. */
	readonly anchor: string;
	/** What anybody may read. */
	readonly published: string;
}

export function peruInFolder(
	suite: Suite,
	actas: readonly Acta[],
	dir: string,
	progress?: (done: number) => void,
): PeruInFolder {
	const { election, files } = peruPackage(suite, actas);
	const { name, keyId, sign } = rehearsalKey(suite, election.id, election.log.key.name);
	const clock = clockFrom(POLLS_CLOSED);
	const store = openSqliteStore(join(dir, 'matokeo.sqlite'));
	const signer = { name, keyId, sign };
	const log = openLog({ dir, suite, election, packageFiles: files, store, signer, clock: clock.now });
	const stories = actas.map(storyOf);
	const plan = { suite, election, stories, clock, ...(progress === undefined ? {} : { progress }) };
	return {
		...peruRehearsal(plan, inProcess(log)),
		stories,
		log,
		anchor: election.digest,
		published: join(dir, 'public'),
	};
}
