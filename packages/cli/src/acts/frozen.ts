/**
 * A mark as a server shows it, looked at before anybody signs on it: that it is of the place that was asked for and in the log under the log's signature, that the sheet is its own, has the digest that is signed and adds up to the totals, and that the texts are those that its
 * numbers give. Whether the numbers are those of the forms only a replay of the whole log can say: `matokeo verify`.
 */
import { declarationDocument, declarationText } from '@matokeo/core/collation/declarationText.ts';
import { DECLARATION_LANGUAGES } from '@matokeo/core/collation/words.ts';
import type { Contest } from '@matokeo/core/election/types.ts';
import type { CollationCertify, ResultDeclare } from '@matokeo/core/record/acts.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { printCanonical } from '@matokeo/core/std/canonical.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { checkReceipt } from '../say/receipt.ts';
import { getJson, getText, type Server } from './asking.ts';
import { at, jsonOf, listAt, numberAt, numbersAt, textAt, textsAt } from './json.ts';

export type Act = CollationCertify | ResultDeclare;

export interface Frozen {
	/** In English, as it is declared; absent for a certificate. */
	readonly text?: string;
	/** What was looked at, for a person. */
	readonly checked: readonly string[];
}

/** Where somebody means to certify or declare. */
export interface ActPlace {
	readonly contest: Contest;
	readonly area: string;
}

/** What a statement says of its mark, compared with what was asked for and with what the server shows of it. */
export async function lookAtMark(
	context: Context,
	server: Server,
	{ contest, area }: ActPlace,
	act: Act,
): Promise<Result<Frozen>> {
	const signed = act.type === 'collation/certify' ? act.area : contest.scope;
	if (act.contest !== contest.id || signed !== area)
		return err(
			`Asked was for ${contest.id} at ${area}, the server has ${act.contest} at ${signed} signed: nothing is signed.`,
		);
	const logged = await markInLog(context, server, act.mark, contest.id, area);
	if (!logged.ok) return logged;
	const sheet = await getText(server, `/api/v1/marks/${act.mark}/sheet`);
	if (!sheet.ok) return sheet;
	const wrong = sheetProblem(context, { contest, area, size: logged.value }, act, sheet.value);
	if (wrong !== undefined) return err(wrong);
	const checked = [
		`the mark is in the log, at index ${logged.value}, under the log's signature`,
		'its sheet is of this place and size, has the digest that is signed, and adds up to the totals that are signed',
	];
	if (act.type === 'collation/certify') return ok({ checked });
	const view = await getJson(server, `/api/v1/marks/${act.mark}`);
	if (!view.ok) return view;
	const text = textOf(context, contest, act, logged.value, view.value);
	return text.ok
		? ok({ text: text.value, checked: [...checked, 'the texts are those that these numbers give, in every language'] })
		: text;
}

async function markInLog(
	context: Context,
	server: Server,
	id: StatementId,
	contest: string,
	area: string,
): Promise<Result<number>> {
	const found = await getJson(server, `/api/v1/statements/${id}`);
	if (!found.ok) return found;
	const note = utf8Encode(textAt(found.value, 'note') ?? '');
	const leaf = parseLeaf(context.suite, note);
	const place = checkReceipt(context, note, textAt(found.value, 'proof') ?? '');
	if (!leaf.ok || leaf.value.id !== id || !place.ok)
		return err(`The server shows no proof that the mark ${id} is in the log: nothing is signed on it.`);
	const { statement } = leaf.value;
	if (statement.type === 'tally/mark' && statement.contest === contest && statement.area === area)
		return ok(place.value.index);
	return err(`${id} is in the log, and is no mark of contest ${contest} at ${area}: nothing is signed on it.`);
}

function sheetProblem(
	{ suite }: Context,
	{ contest, area, size }: ActPlace & { readonly size: number },
	act: Act,
	text: string,
): string | undefined {
	if (suite.sha256Hex(utf8Encode(text)) !== act.list)
		return `The sheet that the server shows has another digest than the one to be signed (${act.list}): nothing is signed.`;
	const sheet = jsonOf(text);
	const [ofContest, ofArea, ofSize] = [textAt(sheet, 'contest'), textAt(sheet, 'area'), numberAt(sheet, 'size')];
	if (ofContest !== contest.id || ofArea !== area || ofSize !== size)
		return `The sheet that the server shows is one of ${ofContest ?? '?'} at ${ofArea ?? '?'}, of size ${ofSize ?? '?'}, and not of ${contest.id} at ${area}, of size ${size}: nothing is signed.`;
	const counted = contest.fields.filter((field) => field.counted).map(({ id }) => id);
	const totals = counted.map((id) => act.totals[id] ?? -1);
	const rows = [
		...listAt(sheet, 'areas').map((one) => numbersAt(one, 'now', 'votes') ?? numbersAt(one, 'votes')),
		...listAt(sheet, 'stations').flatMap((one) =>
			textAt(one, 'state') === 'counted' ? [numbersAt(one, 'votes')] : [],
		),
	];
	const sum = counted.map((_, place) => rows.reduce((all, votes) => all + (votes?.[place] ?? 0), 0));
	const same = (numbers: readonly number[] | undefined): boolean => String(numbers) === String(totals);
	if (!same(sum) || !same(numbersAt(sheet, 'totals')))
		return `The totals to be signed are ${totals.join(', ')}, the rows of the sheet add up to ${sum.join(', ')}: nothing is signed.`;
	const counts = at(sheet, 'counts');
	if (typeof counts !== 'object' || counts === null || printCanonical(counts) !== printCanonical(act.counts))
		return 'The counts to be signed are not those of the sheet: nothing is signed.';
	return undefined;
}

/** The English text, when in every language it is the one whose digest is signed. */
function textOf(
	{ suite, election }: Context,
	contest: Contest,
	act: ResultDeclare,
	index: number,
	view: unknown,
): Result<string> {
	const registered = numberAt(view, 'registered');
	const voided = textsAt(view, 'voided');
	const counted = contest.fields.filter((field) => field.counted).map(({ id }) => act.totals[id] ?? 0);
	const facts = {
		mark: { area: contest.scope, counts: act.counts, totals: counted, index, time: numberAt(view, 'time') ?? 0 },
		list: act.list,
		outcome: act.outcome,
		decided: at(view, 'decided') === true,
		...(registered === undefined ? {} : { registered }),
		...(voided.length === 0 ? {} : { voided }),
	};
	const texts = DECLARATION_LANGUAGES.map((language) => {
		const text = declarationText(declarationDocument(election, contest, facts, language));
		return { language, text, same: suite.sha256Hex(utf8Encode(text)) === act.texts[language] };
	});
	const other = texts.find(({ same }) => !same);
	if (other !== undefined)
		return err(
			`The text in "${other.language}" that is to be signed is not the one that these numbers give: nothing is signed.`,
		);
	return ok(texts.find(({ language }) => language === 'en')?.text ?? '');
}
