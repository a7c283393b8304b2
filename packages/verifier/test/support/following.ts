/** A folder that grows: the log of some notes at one size after another, each as a server would have published it. */
import { cpSync } from 'node:fs';
import type { Problem } from '../../src/check/problem.ts';
import { type Follower, type FollowOptions, openFollower } from '../../src/follow/follower.ts';
import { newFolder, type Published, type PublishOptions, publish } from './publish.ts';
import type { Note } from './smallLog.ts';

/** Puts what is published of these notes over what lies there. */
export function grow(dir: string, notes: readonly Note[], options: PublishOptions = {}): Published {
	const published = publish(notes, options);
	cpSync(published.dir, dir, { recursive: true });
	return published;
}

/** An empty log's folder, with the package in it. */
export function seedFolder(notes: readonly Note[], options: PublishOptions = {}): string {
	const dir = newFolder();
	cpSync(`${publish(notes.slice(0, 1), options).dir}/package`, `${dir}/package`, { recursive: true });
	return dir;
}

export async function following(dir: string, options: FollowOptions = {}): Promise<Follower> {
	const opened = await openFollower(dir, { workers: 0, ...options });
	if (!opened.ok) throw new Error(opened.error);
	return opened.value;
}

/** Follows to each of these sizes; what was found on the way. */
export async function steps(
	dir: string,
	follower: Follower,
	notes: readonly Note[],
	sizes: readonly number[],
	options: PublishOptions = {},
): Promise<readonly Problem[]> {
	const found: Problem[] = [];
	for (const size of sizes) {
		const step = await follower.advance(grow(dir, notes.slice(0, size), options).checkpoint);
		if (step.kind !== 'ok') throw new Error(`${step.kind}: ${step.why}`);
		if (step.size !== size || follower.size() !== size) throw new Error(`it stands at ${follower.size()}`);
		found.push(...step.found);
	}
	return found;
}
