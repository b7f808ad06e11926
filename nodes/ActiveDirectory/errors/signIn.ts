import { ServiceError } from '../../../core/errors';
import { SERVICE } from './network';

/**
 * Why a directory refused a sign-in. `wrong` is told to strangers for a wrong password and for a missing account alike:
 * the difference would tell them who exists.
 */
export type Refusal =
	| 'wrong'
	| 'noSuchUser'
	| 'disabled'
	| 'locked'
	| 'accountExpired'
	| 'passwordExpired'
	| 'mustChange'
	| 'notNow'
	| 'notHere';

interface Words {
	refusal: Refusal;
	/** For whoever looks after the directory: goes on from the account's name. */
	administrators: string;
	remedy: string;
}

/**
 * The code that Active Directory writes behind `data` (Win32 errors, in hexadecimal; MS-ADTS, and Samba in the same way).
 * Those but 525, 52e and 775 come only when the password was right.
 */
const SUB_CODES: Record<string, Words> = {
	'525': {
		refusal: 'noSuchUser',
		administrators: 'does not exist',
		remedy: 'Check the name of the account.',
	},
	'52e': {
		refusal: 'wrong',
		administrators: 'was refused: its name or its password is wrong',
		remedy: 'Check both. After too many tries the domain locks the account.',
	},
	'530': {
		refusal: 'notNow',
		administrators: 'may not sign in at this time of day',
		remedy: 'Check its logon hours in the directory.',
	},
	'531': {
		refusal: 'notHere',
		administrators: 'may only sign in at certain computers',
		remedy: 'Check the computers that it may sign in to.',
	},
	'532': {
		refusal: 'passwordExpired',
		administrators: 'has a password that has run out',
		remedy: 'Give it a new password. For an account of a service choose one that does not run out.',
	},
	'533': { refusal: 'disabled', administrators: 'is disabled', remedy: 'Enable it in the directory.' },
	'701': {
		refusal: 'accountExpired',
		administrators: 'has run out',
		remedy: 'Change the date on which it expires.',
	},
	'773': {
		refusal: 'mustChange',
		administrators: 'must choose a new password first',
		remedy: 'Sign in once at a computer of the domain, or take away “must change password at next logon”.',
	},
	'775': {
		refusal: 'locked',
		administrators: 'is locked after too many wrong passwords',
		remedy: 'Unlock it, and find out who uses an old password.',
	},
};

export interface SignInRefused extends Words {
	/** Active Directory's own code, such as `52e`. */
	code: string;
	said: string;
}

/** What a refused sign-in (result code 49) means. Other directories say only that it was refused. */
export function readRefusal(said: string): SignInRefused {
	const clean = said.replace(/\0/g, '');
	const code = /\bdata ([0-9a-f]+)/i.exec(clean)?.[1]?.toLowerCase() ?? '';
	const words = SUB_CODES[code] ?? SUB_CODES['52e']!;
	return { ...words, code: SUB_CODES[code] === undefined ? '' : code, said: clean };
}

/** The sign-in of the credential was refused. */
export function signInFault(account: string, said: string): ServiceError {
	const { administrators, remedy, code, said: clean } = readRefusal(said);
	return new ServiceError({
		service: SERVICE,
		message: `The account of the credential (${account}) ${administrators}`,
		remedy: `${remedy} Then test the credential.`,
		code: code === '' ? '49' : code,
		said: clean,
		outcome: 'notSent',
	});
}
