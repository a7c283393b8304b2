/** What a running mirror says of itself (M40), put together from its parts whenever somebody asks. */
import { printVerifierKey } from '@matokeo/core/log/keys.ts';
import { base64Encode } from '@matokeo/core/std/bytes.ts';
import type { MirrorNotice } from '@matokeo/portal/pages/context.ts';
import { printImagePolicy } from './images.ts';
import type { MirrorParts } from './mirror.ts';
import type { MirrorStatus } from './status.ts';

/** What stands on every page. */
export function noticeOf({ options, verified, book }: MirrorParts): MirrorNotice {
	const common = { origin: verified.follower.context.election.log.origin, by: options.by, time: verified.time() };
	const state = book.state();
	switch (state.kind) {
		case 'starting':
		case 'follows':
			return { ...common, state: { kind: 'follows' } };
		case 'away':
			return { ...common, state: { kind: 'away', since: state.since } };
		case 'security':
			return { ...common, state: { kind: 'security', evidence: `evidence/${state.evidence}` } };
	}
}

/** What its own page and `mirror.json` say. */
export function statusOf(parts: MirrorParts): MirrorStatus {
	const { options, key, verified, book, evidence, comparer, images, store, room, forwarder, isDespite } = parts;
	const { election } = verified.follower.context;
	const { size, root } = verified.record.head();
	const silent = forwarder.silent();
	const pending = key && {
		key: printVerifierKey(key.publicKey),
		waiting: room.count(),
		refused: store.refusedCount(),
		images: store.imageSums().n,
		...(silent === undefined ? {} : { silent }),
	};
	return {
		origin: election.log.origin,
		by: options.by,
		source: options.source.href,
		package: election.digest,
		anchored: options.anchor !== undefined,
		state: book.state(),
		size,
		root: base64Encode(root),
		verified: verified.time(),
		sourceSize: book.sourceSize(),
		images: { policy: printImagePolicy(options.images), ...images.counts() },
		...(pending === undefined ? {} : { pending }),
		also: comparer.also(),
		ahead: store.ahead().map(({ size: ahead, since, source }) => ({ size: ahead, since, source })),
		findings: book.findings(),
		evidence: evidence.list().map((one) => ({
			name: one.name,
			kind: one.file.kind,
			strength: one.verdict.strength,
			what: one.verdict.what,
			time: one.file.time,
			despite: isDespite(one),
		})),
	};
}
