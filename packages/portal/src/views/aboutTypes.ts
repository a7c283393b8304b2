/** The views of the election as a whole, as plain data like those of `types.ts`: its contests, its rules, who may sign, its files, and what can be downloaded. */
import type { Clock, Severity, Standing, Text } from '@matokeo/core/election/types.ts';
import type { Digest } from '@matokeo/core/record/said.ts';
import type { ResultRule } from '@matokeo/core/result/rule.ts';
import type { ContestResults } from '@matokeo/core/standings/results.ts';
import type { ContestStanding } from './proceedTypes.ts';
import type { CodeView, ContestHead, ElectionHead, NamedText, Stamp } from './types.ts';

export interface HomeView {
	readonly stamp: Stamp;
	readonly contests: readonly {
		readonly contest: ContestHead;
		readonly results: ContestResults;
		readonly standing: ContestStanding;
	}[];
	/** Notices that concern the election as a whole. */
	readonly notices: number;
}

export interface KeyView {
	readonly name: string;
	readonly holder: string;
	/** C2SP verifier key. */
	readonly vkey: string;
}

export interface ContestRulesView {
	readonly contest: ContestHead;
	readonly form: { readonly id: string; readonly title: Text; readonly ceiling: readonly string[] };
	readonly checks: readonly {
		readonly id: string;
		readonly severity: Severity;
		readonly source: string;
		readonly tolerance: number;
		readonly text: Text;
	}[];
	readonly rule: ResultRule;
	readonly publish_from?: number;
}

export interface AboutView {
	readonly stamp: Stamp;
	readonly election: ElectionHead;
	readonly levels: readonly NamedText[];
	readonly counts: { readonly areas: number; readonly stations: number };
	readonly log: { readonly origin: string; readonly key: KeyView; readonly spare: KeyView };
	readonly authority: { readonly quorum: number; readonly keys: readonly KeyView[] };
	readonly registrars: readonly KeyView[];
	readonly parties: readonly { readonly id: string; readonly name: Text; readonly roots: readonly KeyView[] }[];
	readonly contests: readonly ContestRulesView[];
	readonly codes: Readonly<Record<string, readonly CodeView[]>>;
	readonly law: LawView;
	readonly public_images: readonly string[];
	readonly witnesses: { readonly source: string; readonly run_by: Readonly<Record<string, string>> };
	readonly files: readonly { readonly path: string; readonly sha256: Digest; readonly size: number }[];
}

/** What the package says of collation, declaration, objections and courts. */
export interface LawView {
	readonly contests: readonly {
		readonly contest: NamedText;
		readonly steps: readonly { readonly level: Text; readonly title: Text }[];
		readonly declaration?: { readonly title: Text; readonly citation: string };
	}[];
	readonly grounds: readonly (CodeView & {
		readonly standing: readonly Standing[];
		readonly answered_by: readonly string[];
		readonly within?: Text;
		readonly answer_within?: Text;
	})[];
	readonly clocks: readonly Clock[];
	readonly courts: readonly (NamedText & { readonly keys: readonly KeyView[] })[];
	readonly witness_timeout?: number;
}

/** What a page of downloads lists. */
export interface DownloadsView {
	readonly stamp: Stamp;
	readonly contests: readonly ContestHead[];
}
