/**
 * What the crash tests play, as a file that the process to be killed reads: the package, the log's key, and a list of steps. A step is sent again after every restart until it was answered; that
 * this is harmless is part of what is tested.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Transcription } from '@matokeo/core/record/commitment.ts';
import type { Build } from './faulty.ts';

export type Step =
	| { readonly do: 'append'; readonly notes: readonly string[] }
	| { readonly do: 'hold'; readonly blobs: readonly string[] }
	| { readonly do: 'announce' }
	| {
			readonly do: 'deliver';
			readonly openings: readonly { readonly reading: string; readonly transcription: Transcription }[];
	  }
	| { readonly do: 'open' }
	| { readonly do: 'results' };

/** Bytes are in base64; `d` and `x` are the two halves of the log's key as in a JSON Web Key. */
export interface Script {
	readonly package: Readonly<Record<string, string>>;
	readonly logKey: { readonly name: string; readonly keyId: string; readonly d: string; readonly x: string };
	readonly steps: readonly Step[];
}

/** What a process is told first: which build it is, and at which point, for which time, to die. */
export interface Life {
	readonly dir: string;
	readonly build: Build;
	/** '' for none. */
	readonly point: string;
	readonly times: number;
	/** UTC seconds. */
	readonly now: number;
}

/** What it says when a note was answered. `size` is that of the checkpoint, which is in base64. */
export interface Acknowledged {
	readonly id: string;
	readonly index: number;
	readonly size: number;
}

export interface Said {
	readonly said: 'ready' | 'opened' | 'done' | 'trouble';
	readonly why?: string;
	readonly acknowledged?: readonly Acknowledged[];
	readonly checkpoint?: string;
}

export function writeScript(dir: string, script: Script): void {
	mkdirSync(dir, { recursive: true });
	writeFileSync(join(dir, 'script.json'), JSON.stringify(script));
}

export function readScript(dir: string): Script {
	return JSON.parse(readFileSync(join(dir, 'script.json'), 'utf8')) as Script;
}
