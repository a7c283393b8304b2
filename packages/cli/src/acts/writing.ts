/**
 * The note of a certificate or declaration, written from the draft that a server makes of a mark: a person names rules and reasons, and nothing else. A note that was passed on is compared with that draft before anybody signs it
 * a second time.
 */
import type { StatementType } from '@matokeo/core/record/statement.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { type JsonObject, parseCanonical, printCanonical } from '@matokeo/core/std/canonical.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { ActKind } from '@matokeo/portal/views/drafts.ts';
import { isObject } from '../say/body.ts';
import { type Draft, newDraft } from '../say/note.ts';
import { getText, type Server } from './asking.ts';
import type { Act } from './frozen.ts';
import { codesInWords, wordsOf } from './gateWords.ts';
import { listAt, numberAt, textAt } from './json.ts';

export interface Chosen {
	/** Each `class=code`. */
	readonly proceed: readonly string[];
	/** Why the one in force is superseded. */
	readonly reason?: string;
	/** All who will sign. */
	readonly by: readonly string[];
}

export const TYPE_OF = {
	certificate: 'collation/certify',
	declaration: 'result/declare',
} as const satisfies Record<ActKind, StatementType>;

export function isAct(statement: { readonly type: string }): statement is Act {
	return statement.type === 'collation/certify' || statement.type === 'result/declare';
}

export async function draftBody(server: Server, mark: string, kind: ActKind): Promise<Result<JsonObject>> {
	const text = await getText(server, `/api/v1/marks/${mark}/${kind}`);
	if (!text.ok) return text;
	const body = parseCanonical(text.value.replace(/\n$/, ''));
	if (!body.ok || !isObject(body.value)) return err('The draft that the server shows is no body of a statement.');
	return ok(body.value);
}

/** `choices`: what the gate says that the signers have to name. */
export function writeAct(
	context: Context,
	kind: ActKind,
	draft: JsonObject,
	choices: readonly unknown[],
	{ proceed, reason, by }: Chosen,
): Result<Draft> {
	const named = proceedFrom(proceed);
	if (!named.ok) return named;
	const missing = choices.filter((one) => !isChosen(textAt(one, 'member') ?? '', named.value, reason));
	if (missing.length > 0) return err(toName(context, missing));
	const { supersedes, ...rest } = draft;
	if (reason !== undefined && supersedes === undefined)
		return err('Nothing is in force that could be superseded: leave --reason out.');
	const body = {
		...rest,
		by,
		...(Object.keys(named.value).length === 0 ? {} : { proceed: named.value }),
		...(supersedes === undefined || reason === undefined || !isObject(supersedes)
			? {}
			: { supersedes: { ...supersedes, reason } }),
	};
	const written = newDraft(context, TYPE_OF[kind], body);
	return written.ok ? written : err(`This is no ${TYPE_OF[kind]}: ${written.error}.`);
}

/** Where a note that was passed on says something else than what would be signed on its mark now; nothing where it does not. */
export function differsFrom(act: Act, draft: JsonObject): string | undefined {
	const { type: _type, by: _by, proceed: _proceed, ...claimed } = act;
	const { supersedes, ...rest } = claimed;
	const own = { ...rest, ...(supersedes === undefined ? {} : { supersedes: { statement: supersedes.statement } }) };
	const parsed = parseCanonical(printCanonical(own));
	const said = parsed.ok && isObject(parsed.value) ? parsed.value : {};
	const names = [...new Set([...Object.keys(said), ...Object.keys(draft)])];
	const other = names.filter(
		(name) => printCanonical({ one: said[name] ?? '' }) !== printCanonical({ one: draft[name] ?? '' }),
	);
	if (other.length === 0) return undefined;
	return `The note says something else than what would be signed on its mark now, in: ${other.join(', ')}. Either the log has gone on, or somebody changed the note: begin a new one.`;
}

function proceedFrom(given: readonly string[]): Result<Readonly<Record<string, string>>> {
	const named: [string, string][] = [];
	for (const one of given) {
		const [open = '', code = '', ...more] = one.split('=');
		if (open === '' || code === '' || more.length > 0)
			return err(`--proceed "${one}": expected CLASS=CODE, such as --proceed missing=deadline.`);
		named.push([open, code]);
	}
	return ok(Object.fromEntries(named));
}

function isChosen(member: string, proceed: Readonly<Record<string, string>>, reason: string | undefined): boolean {
	if (member === 'supersedes.reason') return reason !== undefined;
	return Object.hasOwn(proceed, member.replace(/^proceed\./, ''));
}

function toName({ election }: Context, missing: readonly unknown[]): string {
	const open = missing.filter((one) => textAt(one, 'member') !== 'supersedes.reason');
	const lines = open.map((one) => {
		const name = (textAt(one, 'member') ?? '').replace(/^proceed\./, '');
		return `  --proceed ${name}=CODE   ${wordsOf(name)}: ${numberAt(one, 'count') ?? '?'}`;
	});
	const codes = listAt(open[0], 'codes').length === 0 ? '  (none: it cannot be signed while anything stands open)' : '';
	return [
		...(open.length === 0
			? []
			: [
					'What stands open must be named, with the rule that permits to go on all the same:',
					...lines,
					'The package has these rules:',
					codes === '' ? codesInWords(election, 'proceed') : codes,
				]),
		...(open.length === missing.length
			? []
			: [
					'One is in force already. Say why it is superseded with --reason CODE; the package has these:',
					codesInWords(election, 'supersede'),
				]),
		'Nothing was signed.',
	].join('\n');
}
