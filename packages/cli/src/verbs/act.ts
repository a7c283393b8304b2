/**
 * `matokeo certify URL` and `matokeo declare URL`: from the latest mark to the signed statement in the log. Shows the gate, what was looked at, the generated text and every number, lets a person name rules and reasons, and
 * passes one note along until all have signed; then it is sent. Answers 0 when that was done, 1 when the gate or the log says no, 2 when it could not run.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Contest } from '@matokeo/core/election/types.ts';
import type { NoteSigner } from '@matokeo/core/log/note.ts';
import { LEAF_BYTES_MAX } from '@matokeo/core/record/limits.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { byCodeUnits } from '@matokeo/core/std/canonical.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { ActKind } from '@matokeo/portal/views/drafts.ts';
import { getJson, type Server } from '../acts/asking.ts';
import { type ActPlace, lookAtMark } from '../acts/frozen.ts';
import { gateInWords, gateOf, unmetIn } from '../acts/gateWords.ts';
import { at, listAt, textAt } from '../acts/json.ts';
import { type Chosen, differsFrom, draftBody, isAct, TYPE_OF, writeAct } from '../acts/writing.ts';
import { readGiven } from '../given.ts';
import type { SecretSources } from '../keys/passphrase.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { type Draft, missingFrom, readDraft } from '../say/note.ts';
import { openContext, type PassingOptions, passOn, sign } from '../say/passing.ts';
import { shown } from '../say/plain.ts';
import { type SignerFiles, signersFrom } from '../say/signers.ts';
import { gatePath } from './gate.ts';

export interface ActOptions extends SignerFiles, SecretSources, Omit<PassingOptions, 'send' | 'next'>, Partial<Chosen> {
	readonly packageDir: string;
	readonly contest?: string;
	/** Of a certificate. */
	readonly area?: string;
	/** Seconds to wait for the gate to open. */
	readonly wait?: number;
}

type Failure = { readonly code: number; readonly why: string };

export async function runAct(kind: ActKind, server: Server, out: Output, options: ActOptions): Promise<number> {
	const fail = ({ code, why }: Failure): number => {
		out.stderr(`${why}\n`);
		return code;
	};
	const context = await openContext(options.packageDir, out);
	if (context === undefined) return COULD_NOT_RUN;
	const signers = await signersFrom(context, options, options);
	if (!signers.ok) return fail(couldNot(signers.error));
	const begun = await begin(context, kind, server, out, signers.value, options);
	if (!begun.ok) return fail(begun.error);
	const { draft, place } = begun.value;
	const { statement } = draft.leaf;
	if (!isAct(statement)) return fail(couldNot(`This note is a ${statement.type}.`));
	const looked = await lookAtMark(context, server, place, statement);
	if (!looked.ok) return fail({ code: 1, why: looked.error });
	out.stderr(`${looked.value.checked.map((one) => `Looked at: ${one}.`).join('\n')}\n`);
	out.stderr(
		`That the numbers are those of the forms, a replay of the whole log says: matokeo verify ${server.url.href}\n\n`,
	);
	if (looked.value.text !== undefined) out.stderr(`The text that is declared:\n\n${indented(looked.value.text)}\n`);
	const signed = await sign(context, draft, signers.value, out, options);
	if (!signed.ok) return fail(couldNot(signed.error));
	return passOn(context, signed.value, out, wayOut(kind, server, signed.value, options));
}

interface Begun {
	readonly draft: Draft;
	readonly place: ActPlace;
}

/** A new note on the latest mark, or the one that was passed on; the gate is shown either way. */
async function begin(
	context: Context,
	kind: ActKind,
	server: Server,
	out: Output,
	signers: readonly NoteSigner[],
	options: ActOptions,
): Promise<Result<Begun, Failure>> {
	const passed = options.in === undefined ? undefined : readPassed(context, kind, options.in);
	if (passed !== undefined && !passed.ok) return err(couldNot(passed.error));
	const place = placeOf(context, kind, passed?.value, options);
	if (!place.ok) return err(couldNot(place.error));
	const { contest, area } = place.value;
	const gate = await openGate(kind, server, contest, area, options.wait ?? 0);
	if (!gate.ok) return err(couldNot(gate.error));
	out.stderr(`${gateInWords(gate.value, kind)}\n`);
	const one = gateOf(gate.value, kind);
	const unmet = unmetIn(one);
	if (one === undefined || unmet.length > 0)
		return err({
			code: 1,
			why: `The gate is closed, nothing was signed:\n${unmet.map((why) => `  ${shown(why)}`).join('\n') || `  no ${kind} is made there`}`,
		});
	if (passed !== undefined) {
		const { statement } = passed.value.leaf;
		const body = isAct(statement) ? await draftBody(server, statement.mark, kind) : err('it is another statement');
		if (!body.ok) return err(couldNot(body.error));
		const other = isAct(statement) ? differsFrom(statement, body.value) : undefined;
		return other === undefined ? ok({ draft: passed.value, place: place.value }) : err({ code: 1, why: other });
	}
	const body = await draftBody(server, textAt(gate.value, 'mark', 'id') ?? '', kind);
	if (!body.ok) return err(couldNot(body.error));
	const by = [...new Set(options.by ?? signers.map(({ name }) => name))].sort(byCodeUnits);
	if (by.length === 0)
		return err(
			couldNot('Nobody signs: give --key FILE (in a rehearsal --rehearsal-key NAME), or all names with --by.'),
		);
	const { reason } = options;
	const chosen = { by, proceed: options.proceed ?? [], ...(reason === undefined ? {} : { reason }) };
	const draft = writeAct(context, kind, body.value, listAt(one, 'choices'), chosen);
	return draft.ok ? ok({ draft: draft.value, place: place.value }) : err(couldNot(draft.error));
}

function readPassed(context: Context, kind: ActKind, file: string): Result<Draft> {
	const bytes = readGiven(file, LEAF_BYTES_MAX);
	if (!bytes.ok) return bytes;
	const draft = readDraft(context, bytes.value);
	if (!draft.ok) return err(`"${file}" cannot be signed or sent: ${draft.error}.`);
	const { type } = draft.value.leaf.statement;
	return type === TYPE_OF[kind] ? draft : err(`"${file}" is a ${type}, not a ${TYPE_OF[kind]}.`);
}

function placeOf(
	{ election }: Context,
	kind: ActKind,
	passed: Draft | undefined,
	options: ActOptions,
): Result<ActPlace> {
	const statement = passed?.leaf.statement;
	const act = statement !== undefined && isAct(statement) ? statement : undefined;
	const id = act?.contest ?? options.contest;
	const contest = id === undefined ? undefined : election.contests.get(id);
	if (contest === undefined)
		return err(`Name the contest with --contest: the package has ${[...election.contests.keys()].join(', ')}.`);
	if (kind === 'declaration') return ok({ contest, area: contest.scope });
	const area = act?.type === 'collation/certify' ? act.area : (options.area ?? contest.scope);
	return ok({ contest, area });
}

const POLL_MS = 2_000;

/** The gate as it is, or as soon as nothing but the signers' choice is left; asked for so many seconds. */
async function openGate(
	kind: ActKind,
	server: Server,
	contest: Contest,
	area: string,
	seconds: number,
): Promise<Result<unknown>> {
	const untilMs = performance.now() + seconds * 1_000;
	for (;;) {
		const gate = await getJson(server, gatePath(contest.id, area));
		const leftMs = untilMs - performance.now();
		if (!gate.ok || leftMs <= 0 || at(gateOf(gate.value, kind), 'ready') === true) return gate;
		await pause(Math.min(POLL_MS, leftMs));
	}
}

/** When all have signed it is sent; else it is written where the next signer finds it. */
function wayOut(kind: ActKind, { url, fetch }: Server, draft: Draft, options: ActOptions): PassingOptions {
	const { statement } = draft.leaf;
	const place = isAct(statement) && statement.type === 'collation/certify' ? statement.area : '';
	const contest = isAct(statement) ? statement.contest : '';
	const number = isAct(statement) ? statement.number : 0;
	const name = [kind, contest, place, `${number}`, `signed-${draft.signatures.length}`].filter((part) => part !== '');
	const whole = missingFrom(draft).length === 0;
	return {
		...options,
		out: options.out ?? `${name.join('-').replaceAll('/', '~')}.note`,
		next: `${kind === 'certificate' ? 'certify' : 'declare'} ${url.href}`,
		...(fetch === undefined ? {} : { fetch }),
		...(whole ? { send: url } : {}),
	};
}

function indented(text: string): string {
	return shown(text)
		.split('\n')
		.map((line) => `  ${line}`)
		.join('\n');
}

function couldNot(why: string): Failure {
	return { code: COULD_NOT_RUN, why };
}
