import type { ErrorAction } from '../../../core/connection/retryPolicy';
import { ServiceError } from '../../../core/errors';
import { SERVICE } from './network';

interface Meaning {
	message: string;
	remedy: string;
	action?: ErrorAction;
	canRetry?: true;
}

/** RFC 4511, appendix A, in plain words. */
const MEANINGS: Record<number, Meaning> = {
	1: {
		message: 'The directory could not do it in its present state',
		remedy: 'Most often the sign-in is missing or has ended. Test the credential, then run it again.',
	},
	3: {
		message: 'The search took longer than the directory allows',
		remedy: 'Narrow the base or the filter, or filter by attributes that are indexed.',
	},
	4: {
		message:
			'The directory stopped before all results were given: there are more than it allows this account',
		remedy: 'Narrow the base or the filter, or let the server give this account more (its size limit).',
	},
	8: {
		message: 'The directory wants an encrypted connection for this',
		remedy: "Choose LDAPS or StartTLS as 'Encryption' in the credential.",
	},
	10: {
		message: 'This part of the directory is kept by another server',
		remedy: 'Use a credential for a server of that domain, or its global catalog (port 3268 or 3269).',
	},
	11: {
		message: 'The search is larger than the directory allows',
		remedy: 'Narrow the base or the filter.',
	},
	12: {
		message: 'The directory does not know how to do this',
		remedy: 'Its version may be too old, or the feature is switched off there.',
	},
	13: {
		message: 'The directory wants an encrypted connection for this',
		remedy: "Choose LDAPS or StartTLS as 'Encryption' in the credential.",
	},
	16: {
		message: 'The entry has no such value to take away',
		remedy: 'It may be gone already: look at the entry.',
	},
	17: {
		message: 'The directory knows no attribute of that name',
		remedy:
			'Check the spelling of the attributes; they differ between Active Directory and other directories.',
	},
	19: {
		message: 'A value breaks a rule of the directory',
		remedy: 'For a password: it may be too short, too simple, used before, or changed too recently.',
	},
	20: {
		message: 'The entry has that value already',
		remedy: 'Nothing has to be done, or another value was meant.',
	},
	21: {
		message: 'A value is not of the kind that its attribute holds',
		remedy: 'Check the values: a date, a number or a DN may be expected.',
	},
	32: {
		message: 'The directory has no such entry',
		remedy: 'Check the DN: the entry may have been moved, renamed or deleted.',
	},
	34: {
		message: 'A DN is not written as one',
		remedy: 'Write it like CN=Li Wei,OU=Staff,DC=corp,DC=example,DC=com.',
	},
	48: {
		message: 'The directory does not allow this kind of sign-in',
		remedy: 'Sign in with the name and the password of an account.',
	},
	50: {
		message: 'The account of the credential may not do that',
		remedy: 'Delegate the right to it in the directory, for that organizational unit.',
	},
	51: {
		message: 'The directory is busy',
		remedy: 'Run it again later.',
		action: 'rateLimited',
		canRetry: true,
	},
	52: {
		message: 'The directory is not available at the moment',
		remedy: 'Run it again later.',
		action: 'retry',
		canRetry: true,
	},
	53: {
		message: 'The directory is not willing to do that',
		remedy:
			'A password can only be set over TLS and must meet the rules of the domain; an account without a password cannot be enabled; some attributes are kept by the directory itself.',
	},
	64: {
		message: 'The name of the entry does not fit where it should stand',
		remedy: 'Check the kind of the name (CN=, OU=, uid=) and the place.',
	},
	65: {
		message: 'The entry would not be complete, or has an attribute that its kind does not have',
		remedy: 'Check the object classes and the attributes they require.',
	},
	66: {
		message: 'There are other entries below this one',
		remedy: "Delete or move them first, or switch on 'Delete Everything Below'.",
	},
	68: {
		message: 'There already is such an entry',
		remedy: 'Choose another name, or update the entry that is there.',
	},
	71: {
		message: 'An entry cannot be moved to another domain this way',
		remedy: 'Move it within its own domain.',
	},
	80: {
		message: 'The directory could not do it',
		remedy: 'What it said may help; its own log says more.',
	},
};

/** What an answer of the directory that is not a success means. @param said its own words */
export function resultFault(code: number, said: string): { error: ServiceError; action: ErrorAction } {
	const {
		action = 'fail',
		message,
		remedy,
		canRetry = false,
	} = MEANINGS[code] ?? {
		message: 'The directory refused it',
		remedy: 'What it said may help.',
	};
	// Words end with a NUL and ldapts' own " Code: 0x31".
	const clean = said
		.replace(/\0/g, '')
		.replace(/\s*Code: 0x[0-9a-f]+\s*$/i, '')
		.trim();
	return {
		action,
		error: new ServiceError({
			service: SERVICE,
			message,
			remedy,
			canRetry,
			code: String(code),
			...(clean === '' ? {} : { said: clean }),
		}),
	};
}
