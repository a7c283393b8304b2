/** A published checkpoint as an offer: the log's own signatures, and the cosignatures on it that the package's witnesses have truly made. */
import { type CheckpointTrust, verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { Published } from '../publish/published.ts';
import type { Cosigned, Offer } from './collecting.ts';
import type { Roster } from './roster.ts';

export interface OfferParts {
	readonly suite: Suite;
	readonly trust: CheckpointTrust;
	readonly roster: Roster;
}

export function offerOf({ suite, trust, roster }: OfferParts, { size, root, note }: Published): Offer {
	const verified = verifyCheckpoint(suite, note, trust);
	assert(verified.ok, 'a published checkpoint was verified when it was read');
	const { note: whole, witnesses } = verified.value;
	const line = (keys: readonly { readonly name: string; readonly keyId: string }[]) =>
		whole.signatures.filter((one) => keys.some(({ name, keyId }) => name === one.name && keyId === one.keyId));
	const cosigned = new Map<string, Cosigned>();
	for (const { witness, seconds } of witnesses) {
		const known = roster.witnesses.find(({ key }) => key.name === witness.name && key.keyId === witness.keyId);
		const [signature] = line([witness]);
		if (known !== undefined && signature !== undefined) cosigned.set(known.name, { signature, seconds });
	}
	return { size, root, note: { ...whole, signatures: line(trust.logKeys) }, cosigned };
}
