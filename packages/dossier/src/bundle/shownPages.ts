/** The pages of a bundle, as the site had them when it was made (B2), with the stylesheet, the script and the papers beside them so that they open from the disk. Made by the site's own functions, in every language. */
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { siteAssets } from '@matokeo/portal/live/siteAssets.ts';
import { papersOf } from '@matokeo/portal/papers/published.ts';
import type { RecordReader } from '@matokeo/portal/record.ts';
import type { PageAddress } from '@matokeo/portal/site/paths.ts';
import { LANGUAGES, pagePath } from '@matokeo/portal/site/paths.ts';
import { siteOf } from '@matokeo/portal/site/site.ts';
import type { Subject } from '@matokeo/verifier/bundle/manifest.ts';
import type { Content } from './contents.ts';

/** Papers of an act that lists more polling stations than this are left to the site: they have hundreds of pages. */
const PAPER_STATIONS_MAX = 2_000;

export async function pageContents(record: RecordReader, subject: Subject): Promise<readonly Content[]> {
	const assets = siteAssets();
	const site = siteOf(record, { live: false, assets: assets.paths });
	const contents: Content[] = [];
	for (const address of addressesOf(record, subject)) {
		for (const language of LANGUAGES) {
			const file = site.at(pagePath(language, address));
			if (file !== undefined) contents.push({ path: file.path, bytes: bytesOf(file.body) });
		}
	}
	for (const [path, { bytes }] of assets.files) contents.push({ path, bytes });
	for (const act of papersFor(record, subject))
		for await (const { path, body } of papersOf(record, act, record.head().size, assets.paths))
			contents.push({ path, bytes: bytesOf(body) });
	return contents;
}

function bytesOf(body: string | Uint8Array): Uint8Array {
	return typeof body === 'string' ? utf8Encode(body) : body;
}

/** The first of them is what the README tells a reader to open. */
export function addressesOf(
	{ rows, election }: Pick<RecordReader, 'rows' | 'election'>,
	subject: Subject,
): readonly PageAddress[] {
	switch (subject.kind) {
		case 'station':
			return [{ page: 'station', station: subject.station }];
		case 'area': {
			const { contest, area } = subject;
			const level = election.areas.get(area)?.level;
			const known = election.contests.get(contest);
			const collated = known?.collation.some((step) => step.level === level) === true || known?.scope === area;
			return [{ page: 'area', contest, area }, ...(collated ? [{ page: 'collation', contest, area } as const] : [])];
		}
		case 'objection':
			return [{ page: 'objection', id: subject.objection }];
		case 'declaration': {
			const contest = rows.get('act', subject.declaration)?.contest ?? '';
			const scope = election.contests.get(contest)?.scope ?? '';
			return [
				{ page: 'declaration', contest },
				{ page: 'collation', contest, area: scope },
			];
		}
	}
}

function papersFor({ rows, election }: RecordReader, subject: Subject): readonly string[] {
	if (subject.kind === 'declaration') return [subject.declaration];
	if (subject.kind !== 'area') return [];
	const certificate = rows.get('collation', `${subject.contest}|${subject.area}`)?.certificate;
	const mark = certificate === undefined ? undefined : rows.get('act', certificate)?.mark;
	const due = mark === undefined ? 0 : (rows.get('mark', mark)?.counts.due ?? 0);
	const isLowest =
		election.contests.get(subject.contest)?.collation.at(-1)?.level === election.areas.get(subject.area)?.level;
	return certificate === undefined || (isLowest && due > PAPER_STATIONS_MAX) ? [] : [certificate];
}
