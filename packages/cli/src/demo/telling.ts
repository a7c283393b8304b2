/**
 * How the demo tells what follows counting: one line for each step, with the pages to look at where a server shows them, and time to look while it does.
 */
import type { Election } from '@matokeo/core/election/types.ts';
import { type PageAddress, pagePath } from '@matokeo/portal/site/paths.ts';
import type { Happened, Watching } from '@matokeo/rehearsal/proceed/proceed.ts';
import type { Step } from '@matokeo/rehearsal/proceed/story.ts';
import type { Output } from '../output.ts';
import { happenedLine } from '../rehearsing/happened.ts';
import type { Stopping } from '../serve/stopping.ts';

export interface Telling {
	readonly out: Output;
	readonly election: Election;
	readonly stopping: Stopping;
	/** Of the server that shows it, once there is one. */
	readonly url: () => string | undefined;
	/** Before the first line. */
	readonly begin: () => void;
}

/** A person reads a line and opens a page. */
const LOOK_MS = 2_000;

const BEGINNING = `
The forms are in. What follows is a story: real are the official count of 25 October 2019 and the annulment by Ley N° 1266; who objected, answered and dissented is made up.
`;

export function telling({ out, election, stopping, url, begin }: Telling): Watching {
	let begun = false;
	return {
		before: async () => {
			if (!begun) {
				begin();
				out.stdout(`${BEGINNING}\n`);
				begun = true;
			} else if (url() !== undefined) await stopping.orAsked(LOOK_MS);
			return stopping.isAsked() ? 'stop' : 'go';
		},
		happened: (one) => {
			out.stdout(`${happenedLine(election, one)}\n`);
			const server = url();
			const page = pageOf(one);
			if (server !== undefined && page !== undefined)
				out.stdout(`                  ${server}/${pagePath('en', page)}\n`);
		},
	};
}

/** The page on which the step is to be seen. */
function pageOf({ told: { step } }: Happened): PageAddress | undefined {
	switch (step.kind) {
		case 'original':
			return { page: 'station', station: step.station };
		case 'objection':
			return { page: 'objections', contest: step.contest };
		case 'incident':
		case 'pause':
		case 'resume':
			return { page: 'notices' };
		case 'error':
			return { page: 'notices', contest: step.contest };
		case 'collation':
			return { page: 'collations', contest: step.contest };
		case 'declaration':
		case 'dissent':
			return { page: 'declaration', contest: step.contest };
		case 'order':
			return isOnContest(step) ? { page: 'orders', contest: step.of } : undefined;
		default:
			return undefined;
	}
}

function isOnContest({ order }: Extract<Step, { readonly kind: 'order' }>): boolean {
	return order === 'annul' || order === 'stay';
}
