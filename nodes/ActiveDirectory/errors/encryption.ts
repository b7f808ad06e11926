import { ServiceError } from '../../../core/errors';
import type { DirectorySettings } from '../settings';

/** @param what in words that go on with "over a connection without encryption" @throws {ServiceError} */
export function needsEncryption({ security }: DirectorySettings, what: string): void {
	if (security !== 'plain') return;
	throw new ServiceError({
		message: `${what} over a connection without encryption: others could read them`,
		remedy: "Choose LDAPS or StartTLS as 'Encryption' in the credential.",
		field: 'Encryption',
		outcome: 'notSent',
	});
}
