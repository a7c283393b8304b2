/**
 * Files of the site that follow from the package and the program alone: the first page, which leads to a language, and the description of the tables.
 */
import type { Contest } from '@matokeo/core/election/types.ts';
import { html } from '../html/html.ts';
import type { Assets } from '../pages/context.ts';
import type { RecordReader } from '../record.ts';
import { wordsOf } from '../words/words.ts';
import { areaColumns, FLAGS, STAGES, stationColumns } from './csv.ts';
import { fileName, LANGUAGES, type Language, pagePath } from './paths.ts';
import type { SiteFile } from './site.ts';

/** A tables' path from the site's root. */
export function tablePath(contest: string, table: 'areas' | 'stations'): string {
	return `data/contest/${fileName(contest)}/${table}.csv`;
}

const NAMES: Readonly<Record<Language, string>> = { en: 'English', sw: 'Kiswahili', es: 'Español' };

/** A static host cannot ask which language a reader prefers: this page goes to English at once and offers the others. */
export function firstPage({ election }: RecordReader, { icon }: Assets): SiteFile {
	const [first] = LANGUAGES;
	const links = LANGUAGES.map(
		(language) =>
			html`<li><a lang="${language}" hreflang="${language}" href="${pagePath(language, { page: 'home' })}">${NAMES[language]}</a></li>`,
	);
	const page = html`<!doctype html>
<html lang="${first}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0; url=${pagePath(first, { page: 'home' })}">
<link rel="icon" type="image/svg+xml" href="${icon}">
<title>${wordsOf(first).text(election.title)}</title>
</head>
<body>
<h1>${wordsOf(first).text(election.title)}</h1>
<ul>${links}</ul>
</body>
</html>
`;
	return { path: 'index.html', body: page.text };
}

const INTEGERS =
	/^(due|missing|no_form_seen|postponed|cancelled|merged|quarantined|disregarded|set_aside|disputed|discrepant|discrepant_open|as_written|flagged|registered|poll|.*_stations)$/;

/** Frictionless Data Package: every table with its columns, their types and the key. Source: specs.frictionlessdata.io, Table Schema. */
export function dataPackage(reader: RecordReader): SiteFile {
	const { election } = reader;
	const contests = [...election.contests.values()];
	const body = {
		name: fileName(election.id).replaceAll('~', '-'),
		title: wordsOf('en').text(election.title),
		description:
			`${wordsOf('en').text(election.notice)} A name that a spreadsheet would run as a formula is written with an apostrophe before it.`.trim(),
		version: election.digest,
		resources: contests.flatMap((contest) => [
			resource(contest, 'areas', areaColumns(contest), ['area']),
			resource(contest, 'stations', stationColumns(reader, contest), ['station']),
		]),
	};
	return { path: 'data/datapackage.json', body: `${JSON.stringify(body, undefined, '\t')}\n` };
}

function resource(
	contest: Contest,
	table: 'areas' | 'stations',
	columns: readonly string[],
	primaryKey: readonly string[],
) {
	const votes = new Set(contest.fields.flatMap(({ id }) => STAGES.map((stage) => `${stage}_${id}`)));
	const flags: ReadonlySet<string> = new Set(table === 'stations' ? FLAGS : []);
	const fields = columns.map((name) => {
		const integer = INTEGERS.test(name) || votes.has(name);
		return { name, type: integer || flags.has(name) ? 'integer' : 'string' };
	});
	return {
		name: `${fileName(contest.id).replaceAll('~', '-')}-${table}`,
		path: `contest/${fileName(contest.id)}/${table}.csv`,
		profile: 'tabular-data-resource',
		format: 'csv',
		encoding: 'utf-8',
		dialect: { lineTerminator: '\n', doubleQuote: true },
		schema: { fields, primaryKey, missingValues: [''] },
	};
}
