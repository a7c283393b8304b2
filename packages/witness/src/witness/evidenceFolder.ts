/**
 * Proven incidents as files for whoever has the machine and not the page: `<state>/evidence/<id>.evidence.json`. The database is what counts; a file that is missing is written again at the next start.
 */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Incident } from './state.ts';
import { incidentFile } from './view.ts';

export interface EvidenceFolder {
	/** Writes the file of a proven incident where none lies, and answers with its path. */
	readonly write: (incident: Incident) => string;
}

export function evidenceFolder(dir: string): EvidenceFolder {
	const folder = join(dir, 'evidence');
	mkdirSync(folder, { recursive: true });
	return {
		write: (incident) => {
			const path = join(folder, incidentFile(incident));
			if (existsSync(path)) return path;
			writeFileSync(`${path}.new`, incident.file, { flush: true });
			renameSync(`${path}.new`, path);
			return path;
		},
	};
}
