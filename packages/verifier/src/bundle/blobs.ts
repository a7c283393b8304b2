/**
 * Images, texts and documents of a bundle (B34): each file is the one whose digest a statement names, and each that is named and not there is listed with the reason, which the statements of the bundle bear out. What is withheld or sealed is
 * not shown, and that is said.
 */

import type { Election } from '@matokeo/core/election/types.ts';
import { filesNamedBy } from '@matokeo/core/record/filesNamed.ts';
import type { Statement } from '@matokeo/core/record/statement.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import type { BundleFiles } from './files.ts';
import type { BundleFindings } from './findings.ts';
import type { LeftOut } from './manifest.ts';
import { bundledBlobPath, digestIn, kindOfFile } from './paths.ts';

/** A file that the subject's statements name. */
export interface NamedBlob {
	readonly sha256: string;
	/** Whether the package's policy, or its being filed, makes it public. */
	readonly public: boolean;
}

/** Digests that a statement names, with whether they are public by what it says. */
function blobsNamedBy({ publicImages }: Election, rows: RowReader, statement: Statement): readonly NamedBlob[] {
	if (statement.type === 'form/capture')
		return statement.images.map(({ kind, sha256 }) => ({ sha256, public: publicImages.includes(kind) }));
	return filesNamedBy(statement).map((sha256) => ({ sha256, public: rows.get('blob', sha256)?.filed === true }));
}

/** Every digest named by these statements, once; public if any of them makes it so. */
export function blobsOf(election: Election, rows: RowReader, statements: readonly Statement[]): readonly NamedBlob[] {
	const named = new Map<string, boolean>();
	for (const statement of statements)
		for (const one of blobsNamedBy(election, rows, statement))
			named.set(one.sha256, one.public || (named.get(one.sha256) ?? false));
	return [...named].map(([sha256, isPublic]) => ({ sha256, public: isPublic }));
}

/** Why a file may not be in a bundle; `undefined` for one that should be. */
export function reasonFor(rows: RowReader, { sha256, public: isPublic }: NamedBlob): LeftOut['why'] | undefined {
	const row = rows.get('blob', sha256);
	if (row?.withheld !== undefined) return 'withheld';
	if (row?.held === undefined) return 'never-held';
	return isPublic ? undefined : 'sealed';
}

export interface BlobsShown {
	readonly shown: number;
	readonly leftOut: readonly LeftOut[];
}

export function checkBundleBlobs(
	files: BundleFiles,
	rows: RowReader,
	named: readonly NamedBlob[],
	listed: readonly LeftOut[],
	findings: BundleFindings,
): BlobsShown {
	let shown = 0;
	const listedWhy = new Map(listed.map(({ sha256, why }) => [sha256, why]));
	const say = (file: string, expected: string, came: string, means: string): void =>
		findings.found({ check: 'blobs', file, rule: 'B34', expected, came, means });
	for (const one of named) {
		findings.looked('blobs');
		const { sha256 } = one;
		const file = bundledBlobPath(sha256);
		const reason = reasonFor(rows, one);
		const why = listedWhy.get(sha256);
		listedWhy.delete(sha256);
		if (files.sizes.has(file)) {
			shown++;
			checkThere(files.sizes.get(file), rows.get('blob', sha256)?.size, reason, (came, means) =>
				say(file, 'the file that the statements name, where it may be shown', came, means),
			);
		} else if (why === undefined)
			say(
				file,
				'the file, or a line in bundle.json that says why it is not here',
				'neither',
				'An image or a document that belongs to this bundle was taken out of it. Ask for the bundle again, or for this file.',
			);
		else if (why === 'absent' ? reason !== undefined : why !== reason)
			say(
				file,
				reason === undefined ? 'the file: the log says it is held and published' : `left out because it is ${reason}`,
				`left out because it is ${why}`,
				'The reason that bundle.json gives is not borne out by the statements in the bundle.',
			);
	}
	for (const sha256 of listedWhy.keys())
		say('bundle.json', 'only files that statements of the bundle name', sha256, 'Nobody knows what this file is.');
	const known = new Set(named.map(({ sha256 }) => sha256));
	for (const file of files.sizes.keys())
		if (kindOfFile(file) === 'blob' && !known.has(digestIn(file)))
			say(
				file,
				'only files that statements of the bundle name',
				'another',
				'It is no part of the record: somebody put it there.',
			);
	return { shown, leftOut: listed };
}

function checkThere(
	size: number | undefined,
	held: number | undefined,
	reason: LeftOut['why'] | undefined,
	say: (came: string, means: string) => void,
): void {
	if (reason === 'withheld' || reason === 'sealed')
		say(
			`a file that is ${reason}`,
			'The bundle shows what the package, or a decision of the authority, keeps from publication.',
		);
	else if (reason === 'never-held')
		say(
			'a file of which the log never said that it is held',
			'Its figures count for nothing until the log holds it (R2).',
		);
	else if (held !== undefined && size !== held)
		say(`${size ?? 0} bytes in place of ${held}`, 'It is another file than the one that the log holds.');
}
