/** Opens a key file with whatever it needs: a passphrase from a file or a person, or an age identity. */
import type { SecretKey } from '@matokeo/core/log/keys.ts';
import type { Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { type KeyUse, openKey, readKeyFile } from './keyFile.ts';
import { identityFor, passphraseFor, type SecretSources } from './passphrase.ts';

export async function openKeyFile(
	suite: Suite,
	path: string,
	sources: SecretSources,
	use: KeyUse = 'statements',
): Promise<Result<SecretKey>> {
	const sealed = readKeyFile(path);
	if (!sealed.ok) return sealed;
	if (sealed.value.needs === 'identity') {
		const identity = identityFor(path, sources);
		return identity.ok ? openKey(suite, path, sealed.value, { kind: 'age', key: identity.value }, use) : identity;
	}
	const passphrase = await passphraseFor(path, sources);
	return passphrase.ok
		? openKey(suite, path, sealed.value, { kind: 'passphrase', passphrase: passphrase.value }, use)
		: passphrase;
}
