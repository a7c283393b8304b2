/**
 * A statement as a person reads it before signing: the three lines exactly as they are signed, then each member with what it means in this election. Names out of the package are shown
 * without characters that could hide or reorder others.
 */
import { areaOf, GEOGRAPHIC, upwards } from '@matokeo/core/election/geography.ts';
import type { Code, Election, Text } from '@matokeo/core/election/types.ts';
import type { Leaf } from '@matokeo/core/record/leaf.ts';
import type { Statement } from '@matokeo/core/record/statement.ts';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { type Json, parseCanonical } from '@matokeo/core/std/canonical.ts';
import { actInWords } from './actWords.ts';
import { isObject } from './body.ts';
import { CATALOGUE } from './catalogue.ts';
import { inEnglish, shown } from './plain.ts';

export function statementInWords(election: Election, { statement, text }: Leaf): string {
	const { type, by } = statement;
	const lines = utf8Decode(text) ?? '';
	const body = parseCanonical(lines.split('\n')[2] ?? '');
	const said = body.ok && isObject(body.value) ? Object.entries(body.value).filter(([name]) => name !== 'by') : [];
	const members = said.flatMap(([name, value]) => linesOf(election, statement, [name], value));
	const width = Math.min(28, Math.max(0, ...members.map(([path]) => path.length)));
	const modeWords = { official: 'an election', parallel: 'a parallel count', rehearsal: 'a REHEARSAL' } as const;
	return [
		'The three lines that are signed:',
		'',
		...shown(lines)
			.trimEnd()
			.split('\n')
			.map((line) => `  ${line}`),
		'',
		`In words, in ${modeWords[election.mode]} (${shown(inEnglish(election.title))}):`,
		`  ${by.join(' and ')} ${by.length === 1 ? 'says' : 'say'}: ${CATALOGUE[type].says}.`,
		...members.map(
			([path, value, meaning]) => `  ${path.padEnd(width)}  ${value}${meaning === '' ? '' : `   ${meaning}`}`,
		),
		...actInWords(election, statement).map((line) => `  ${shown(line)}`),
		'',
	].join('\n');
}

type Line = readonly [path: string, value: string, meaning: string];

function linesOf(election: Election, statement: Statement, path: readonly string[], value: Json): readonly Line[] {
	if (typeof value === 'object') {
		const inside = inFormOrder(election, statement, path, Object.entries(value)).flatMap(([name, member]) =>
			linesOf(election, statement, [...path, name], member),
		);
		return inside.length > 0 ? inside : [[path.join('.'), Array.isArray(value) ? '(an empty list)' : '(nothing)', '']];
	}
	return [[path.join('.'), shown(JSON.stringify(value)), meaningOf(election, statement, path, value)]];
}

/** Figures stand as on the paper, so that an eye can follow a finger; everything else as it is signed. */
function inFormOrder(
	{ contests }: Election,
	statement: Statement,
	path: readonly string[],
	members: readonly (readonly [string, Json])[],
): readonly (readonly [string, Json])[] {
	if (!OF_FIELDS.has(path.at(-1) ?? '') || !('contest' in statement)) return members;
	const order = contests.get(statement.contest)?.fields.map(({ id }) => id) ?? [];
	const placeOf = (id: string): number => (order.includes(id) ? order.indexOf(id) : order.length);
	return [...members].sort(([a], [b]) => placeOf(a) - placeOf(b));
}

/** Members whose own members are fields of a form. */
const OF_FIELDS: ReadonlySet<string> = new Set(['figures', 'totals']);
const TIMES: ReadonlySet<string> = new Set(['time', 'review', 'when', 'at', 'decided', 'received', 'from', 'until']);

function meaningOf(election: Election, statement: Statement, path: readonly string[], value: Json): string {
	const last = path.at(-1) ?? '';
	if (typeof value === 'number') {
		if (TIMES.has(last) && !path.includes('checks')) return `${new Date(value * 1000).toISOString().slice(0, 19)} UTC`;
		if (last === 'size') return 'bytes';
	}
	if (path.some((name) => OF_FIELDS.has(name)) && 'contest' in statement)
		return shown(fieldLabel(election, statement.contest, last));
	if (typeof value !== 'string') return '';
	const known = named(
		election,
		path[0] === 'proceed' ? 'reason' : path.at(-2) === 'candidates' ? 'candidate' : last,
		value,
	);
	return known === undefined ? '' : shown(known);
}

function named(election: Election, member: string, id: string): string | undefined {
	switch (member) {
		case 'contest':
			return textOr(election.contests.get(id)?.title, 'NOT IN THE PACKAGE');
		case 'station':
		case 'into': {
			const station = election.stations.get(id);
			if (station === undefined) return 'not in the package';
			const areas = upwards(election.areas, GEOGRAPHIC, areaOf(station, GEOGRAPHIC));
			const places = areas.map((area) => election.areas.get(area)?.name ?? area);
			return [station.name, ...places].filter((name) => name !== '').join(', ');
		}
		case 'area':
			return election.areas.get(id)?.name ?? 'not in the package';
		case 'party':
			return textOr(election.parties.find((party) => party.id === id)?.name, 'not in the package');
		case 'candidate':
			return [...election.contests.values()]
				.flatMap(({ candidates }) => candidates)
				.find((candidate) => candidate.id === id)?.name;
		case 'court':
			return textOr(election.proceedings.courts.find((court) => court.id === id)?.name, 'not in the package');
		case 'ground':
			return groundText(election, id);
		case 'reason':
		case 'basis':
		case 'surface':
		case 'attempted':
			return codeText(election, id);
		default:
			return undefined;
	}
}

/** Of an objection, or of a return that is disregarded. */
function groundText(election: Election, id: string): string {
	const ground = election.proceedings.grounds.find((one) => one.id === id);
	return ground === undefined ? codeText(election, id) : inEnglish(ground.text);
}

function codeText({ codes }: Election, id: string): string {
	const lists: readonly (readonly Code[])[] = Object.values(codes);
	const code = lists.flatMap((list) => [...list]).find((one) => one.id === id);
	return code === undefined ? 'NOT A CODE OF THE PACKAGE' : inEnglish(code.text);
}

function fieldLabel(election: Election, contest: string, id: string): string {
	const field = election.contests.get(contest)?.fields.find((one) => one.id === id);
	return field === undefined ? 'NOT A FIELD OF THIS FORM' : inEnglish(field.label);
}

function textOr(text: Text | undefined, otherwise: string): string {
	return text === undefined ? otherwise : inEnglish(text);
}
