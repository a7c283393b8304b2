/**
 * Published images by the mirror's policy (M12): those that the log says are held and that the package publishes, fetched after the statements, each believed only when its bytes have the digest. What is
 * withheld by decision is no longer kept. What lay in the folder before is looked at again before it counts.
 */
import { createHash } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { blobPath } from '@matokeo/portal/site/paths.ts';
import { fetchImage } from '@matokeo/verifier/fetch/files.ts';
import type { Keeping } from '@matokeo/verifier/fetch/keeping.ts';
import type { Source } from '@matokeo/verifier/fetch/source.ts';
import type { ImageNews } from '@matokeo/verifier/follow/images.ts';

export interface ImageKeeper {
	readonly tell: (news: ImageNews) => void;
	/** Looks at what lies there and, where `fetches`, fetches what is due, a few at a time, until all is there or the source says no more. */
	readonly round: (fetches: boolean) => Promise<void>;
	/** Whether it was looked at and may be shown. */
	readonly keeps: (sha256: string) => boolean;
	readonly counts: () => { readonly kept: number; readonly bytes: number; readonly awaited: number };
}

export interface KeeperParts {
	readonly suite: Suite;
	readonly source: Source;
	readonly keeping: Keeping;
	readonly bytesMax: number;
	readonly fileBytesMax: number;
	/** Whether the policy keeps it; nothing while that is not known yet. */
	readonly wants: (sha256: string) => boolean | undefined;
	readonly found: (what: string) => void;
	readonly isClosing: () => boolean;
}

const AT_ONCE = 4;
/** Tries of one image before it is said that it cannot be had. */
const TRIES_MAX = 5;

/** An image may be withheld while it is looked at or fetched: then it is not shown, and does not stay. */
export function imageKeeper(parts: KeeperParts): ImageKeeper {
	const { source, keeping, found } = parts;
	const awaited = new Map<string, { readonly size: number; tries: number }>();
	const kept = new Map<string, number>();
	let bytes = 0;
	let full = false;

	const keep = (sha256: string, size: number): void => {
		if (!kept.has(sha256)) bytes += size;
		kept.set(sha256, size);
		awaited.delete(sha256);
	};
	const takeOne = async (
		sha256: string,
		image: { readonly size: number; tries: number },
		fetches: boolean,
	): Promise<boolean> => {
		const path = blobPath(sha256);
		const isStillPublic = (): boolean => awaited.get(sha256) === image;
		if (await isThere(join(keeping.folder, path), sha256, image.size)) {
			if (isStillPublic()) keep(sha256, image.size);
			return true;
		}
		if (!fetches || !isStillPublic()) return true;
		if (bytes + image.size > parts.bytesMax) {
			if (!full) found(`no more than ${parts.bytesMax} bytes of images are kept: others stay at the source`);
			full = true;
			awaited.delete(sha256);
			return true;
		}
		rmSync(join(keeping.folder, path), { force: true });
		const got = await fetchImage(parts.suite, source, keeping, { sha256, size: image.size });
		if (got.ok && isStillPublic()) keep(sha256, image.size);
		else if (got.ok) rmSync(join(keeping.folder, path), { force: true });
		if (got.ok) return true;
		image.tries++;
		if (image.tries === TRIES_MAX)
			found(`the image ${sha256} is held by the log's word and cannot be had: ${got.error.why}`);
		return got.error.kind !== 'trouble';
	};
	return {
		tell: ({ state, sha256, size }) => {
			if (state === 'withheld') {
				awaited.delete(sha256);
				bytes -= kept.get(sha256) ?? 0;
				kept.delete(sha256);
				rmSync(join(keeping.folder, blobPath(sha256)), { force: true });
			} else if (!kept.has(sha256) && size <= parts.fileBytesMax && !awaited.has(sha256))
				awaited.set(sha256, { size, tries: 0 });
		},
		keeps: (sha256) => kept.has(sha256),
		round: async (fetches) => {
			const due = [...awaited].filter(([, { tries }]) => tries < TRIES_MAX);
			let next = 0;
			let goesOn = true;
			const worker = async (): Promise<void> => {
				while (goesOn && next < due.length && !parts.isClosing()) {
					const [sha256, image] = due[next++] ?? [];
					if (sha256 === undefined || image === undefined) return;
					const wanted = parts.wants(sha256);
					if (wanted === false) awaited.delete(sha256);
					else if (wanted === true && !(await takeOne(sha256, image, fetches))) goesOn = false;
				}
			};
			await Promise.all(Array.from({ length: AT_ONCE }, worker));
			if (due.length > 0) keeping.end();
		},
		counts: () => ({ kept: kept.size, bytes, awaited: awaited.size }),
	};
}

async function isThere(path: string, sha256: string, size: number): Promise<boolean> {
	const known = await stat(path).catch(() => undefined);
	if (known?.isFile() !== true || known.size !== size) return false;
	const hash = createHash('sha256');
	try {
		for await (const piece of createReadStream(path)) if (piece instanceof Uint8Array) hash.update(piece);
	} catch (error) {
		// It was withheld, and removed, in this very moment.
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
		throw error;
	}
	return hash.digest('hex') === sha256;
}
