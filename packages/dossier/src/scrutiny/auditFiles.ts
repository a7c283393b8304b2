/** The database compared with the log (D20), in words and as data, with the size at which it was compared: what `matokeo fsck` says, kept with the pack. */

import { printFinding } from '@matokeo/server/audit/finding.ts';
import type { Audit } from '@matokeo/server/audit/fsck.ts';
import type { PackFile } from './packFile.ts';
import type { ScrutinyRecord } from './record.ts';

export function auditFiles(audit: Audit | string, { voidLeaves }: ScrutinyRecord): readonly PackFile[] {
	if (typeof audit === 'string') return [{ path: 'audit/fsck.txt', content: `${audit}\n` }];
	const { findings, count, compared, notHere, size } = audit;
	const more = count > findings.length ? [`(the first ${findings.length} are told)`] : [];
	const what = Object.entries(compared).map(([name, many]) => `${many} ${name}`);
	const lines = [
		...findings.map(printFinding),
		...more,
		...notHere.map((where) => `${where}: not here; its digest was left and is the log's`),
		`${voidLeaves} statements of the log are void: in it, and without effect.`,
		`${count} differences between the database and the log: compared ${what.join(', ')}, at size ${size}.`,
	];
	return [
		{ path: 'audit/fsck.txt', content: `${lines.join('\n')}\n` },
		{ path: 'audit/fsck.json', content: `${JSON.stringify({ ...audit, voidLeaves }, null, '\t')}\n` },
	];
}
