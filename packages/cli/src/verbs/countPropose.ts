/**
 * `matokeo count propose FILE [--package DIR | --like OTHER] [--out MAPPING]`: what the columns of a table seem to be, on what ground, and what is in doubt; written down as a mapping that people read and mend.
 * Answers 0 when nothing is in doubt, 1 when something is, 2 when there is nothing to propose.
 */

import { knownOfContest } from '@matokeo/compare/mapping/known.ts';
import { printMapping } from '@matokeo/compare/mapping/printMapping.ts';
import { isSure, type Proposal } from '@matokeo/compare/mapping/proposal.ts';
import { proposeMapping } from '@matokeo/compare/mapping/propose.ts';
import { proposePair } from '@matokeo/compare/mapping/proposePair.ts';
import { shown } from '@matokeo/compare/report/shown.ts';
import type { Table } from '@matokeo/compare/table/table.ts';
import { ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { aboutPackage } from '../comparing/about.ts';
import { openFile } from '../comparing/asked.ts';
import { tableOf } from '../comparing/tableSide.ts';
import { writeNew } from '../newFile.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';

export interface ProposeOptions {
	readonly package?: string;
	readonly contest?: string;
	readonly like?: string;
	readonly out?: string;
	readonly json?: true;
}

export async function runCountPropose(file: string, out: Output, options: ProposeOptions): Promise<number> {
	const suite = nativeSuite();
	const table = await tableIn(suite, file);
	const proposal = table.ok ? await proposed(suite, table.value, options) : table;
	if (!proposal.ok) {
		out.stderr(`${proposal.error}\n`);
		return COULD_NOT_RUN;
	}
	const { mapping } = proposal.value;
	if (options.json === true) out.stdout(`${JSON.stringify(proposal.value, null, '\t')}\n`);
	else out.stdout(textOf(file, proposal.value));
	if (mapping === undefined) return COULD_NOT_RUN;
	if (options.out !== undefined) {
		const written = writeNew(options.out, printMapping(mapping));
		out.stderr(written.ok ? `The mapping: ${options.out}. Look at it and mend it.\n` : `${written.error}\n`);
		if (!written.ok) return COULD_NOT_RUN;
	}
	return isSure(proposal.value) ? 0 : 1;
}

async function tableIn(suite: Suite, file: string): Promise<Result<Table>> {
	const side = await openFile(file);
	return side.ok ? tableOf(suite, side.value, undefined) : side;
}

async function proposed(
	suite: Suite,
	table: Table,
	{ package: folder, contest, like }: ProposeOptions,
): Promise<Result<Proposal>> {
	if (like !== undefined) {
		const other = await tableIn(suite, like);
		return other.ok ? ok(proposePair(table, other.value).a) : other;
	}
	if (folder === undefined) return ok(proposeMapping(table));
	const about = await aboutPackage(suite, folder, contest);
	return about.ok ? ok(proposeMapping(table, knownOfContest(about.value.election, about.value.contest))) : about;
}

/** Grounds that are told one by one. */
const REASONS_MAX = 60;

function textOf(file: string, { mapping, questions, reasons }: Proposal): string {
	const lines = reasons.slice(0, REASONS_MAX).map((reason) => `- ${shown(reason, 300)}\n`);
	const doubts = questions.map(({ about, sentence, between }) => {
		const choice = between.length === 0 ? '' : ` (${between.map((one) => shown(one)).join(', ')})`;
		return `- ${shown(about)}: ${shown(sentence, 600)}${choice}\n`;
	});
	const whole =
		mapping === undefined
			? 'There is no mapping to propose.\n'
			: doubts.length === 0
				? 'Nothing is in doubt: `matokeo compare` uses it by itself.\n'
				: 'What is in doubt is left out of the mapping: add it.\n';
	return `What the columns of ${shown(file)} seem to be\n${lines.join('')}${doubts.length === 0 ? '' : `In doubt\n${doubts.join('')}`}${whole}`;
}
