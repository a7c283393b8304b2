/** A rehearsal's log in a folder, kept in this process: the same log that a server would open, with the rehearsal's key and the rehearsal's time. */
import type { NoteSigner } from '@matokeo/core/log/note.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import type { RehearsalClock } from '@matokeo/rehearsal/play/clock.ts';
import type { OpenedLog } from '@matokeo/server/app/openedLog.ts';
import { openLog } from '@matokeo/server/app/openLog.ts';
import { folderOf } from '@matokeo/server/publish/folder.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import type { Prepared } from './prepared.ts';

export function rehearsalSigner({ suite, election }: Prepared): NoteSigner {
	const { name, keyId, sign } = rehearsalKey(suite, election.id, election.log.key.name);
	return { name, keyId, sign };
}

export function openInFolder(prepared: Prepared, dir: string, clock: RehearsalClock): OpenedLog {
	const { suite, election, packageFiles } = prepared;
	const store = openSqliteStore(folderOf(dir).database);
	return openLog({ dir, suite, election, packageFiles, store, signer: rehearsalSigner(prepared), clock: clock.now });
}
