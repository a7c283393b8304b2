/**
 * `matokeo mark URL`: signs in as an official and has the log freeze a contest in an area. Answers 0 when there is a mark, 1 when the log refused, 2 when it could not ask. It signs nothing but the sign-in.
 */
import { getJson, postJson, type Server } from '../acts/asking.ts';
import { numberAt, textAt } from '../acts/json.ts';
import { signIn } from '../acts/session.ts';
import type { SecretSources } from '../keys/passphrase.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { openContext } from '../say/passing.ts';
import { shown } from '../say/plain.ts';
import { type SignerFiles, signersFrom } from '../say/signers.ts';

export interface MarkOptions extends SignerFiles, SecretSources {
	readonly packageDir: string;
	readonly contest: string;
	/** Absent: the whole contest. */
	readonly area?: string;
}

export async function runMark(server: Server, out: Output, options: MarkOptions): Promise<number> {
	const fail = (why: string): number => {
		out.stderr(`${why}\n`);
		return COULD_NOT_RUN;
	};
	const context = await openContext(options.packageDir, out);
	if (context === undefined) return COULD_NOT_RUN;
	const contest = context.election.contests.get(options.contest);
	if (contest === undefined)
		return fail(
			`The package has no contest "${options.contest}"; it has ${[...context.election.contests.keys()].join(', ')}.`,
		);
	const signers = await signersFrom(context, options, options);
	if (!signers.ok) return fail(signers.error);
	const [signer, ...others] = signers.value;
	if (signer === undefined || others.length > 0)
		return fail('One official asks for a mark: give one key, with --key FILE (in a rehearsal --rehearsal-key NAME).');
	const token = await signIn(context, server, signer);
	if (!token.ok) return fail(token.error);
	const area = options.area ?? contest.scope;
	const asked = await postJson(server, '/api/v1/marks', { area, contest: contest.id }, token.value);
	if (!asked.ok) return fail(asked.error);
	const kind = textAt(asked.value, 'answer', 'kind');
	const id = textAt(asked.value, 'answer', 'id');
	if (id === undefined || (kind !== 'receipt' && kind !== 'logged')) {
		out.stderr(`The log gave no mark: ${shown(textAt(asked.value, 'answer', 'why') ?? 'it did not say why')}.\n`);
		return kind === 'refused' ? 1 : COULD_NOT_RUN;
	}
	const view = await getJson(server, `/api/v1/marks/${id}`);
	const count = (name: string): string => (view.ok ? `${numberAt(view.value, 'counts', name) ?? '?'}` : '?');
	out.stdout(
		`${kind === 'receipt' ? 'Marked' : 'Marked before, and a new mark would say the same'}: contest ${contest.id} at ${area}, at index ${numberAt(asked.value, 'answer', 'index') ?? '?'}.\n` +
			`Returns counted: ${count('counted')} of ${count('due')} that are due.\nMark ${shown(id)}\n`,
	);
	out.stderr(
		`What stands between it and a signature: matokeo gate ${server.url.href} --contest ${contest.id}${area === contest.scope ? '' : ` --area ${area}`}\n`,
	);
	return 0;
}
