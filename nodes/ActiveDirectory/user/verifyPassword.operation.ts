import type { IDataObject } from 'n8n-workflow';
import { perItem } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import type { Directory } from '../connection';
import type { Refusal, SignInRefused } from '../errors/signIn';
import { needsEncryption } from '../errors/encryption';
import { findUpToTwo } from '../find';
import { baseField } from '../searching';
import { Decoder, type Entry } from '../values/decode';
import { LOCKED_OUT } from '../values/flags';
import { modelOf } from './model';
import { mayTry, type TryLimit } from './tries';
import { userKind } from './user';

const COMPUTED = 'msDS-User-Account-Control-Computed';

/**
 * What may be told to whoever typed the password. Only somebody who knows the password learns more than "no": otherwise
 * strangers could find out who exists, and whom they have locked out.
 */
const SAFE: Partial<Record<Refusal, string>> = {
	disabled: 'This account is disabled. Ask your administrator.',
	accountExpired: 'This account has expired. Ask your administrator.',
	passwordExpired: 'The password has expired. Choose a new one first.',
	mustChange: 'The password must be changed before the first sign-in.',
	notNow: 'This account may not sign in at this time.',
	notHere: 'This account may not sign in here.',
};
const NO = 'The name or the password is wrong, or the account cannot sign in at the moment.';

const TOO_MANY: Checked = {
	valid: false,
	reason: 'tooMany',
	message: 'There were too many tries. Wait a minute.',
	details: { reason: 'tooMany', message: 'The limit of the node is used up; the directory was not asked.' },
};

interface Checked {
	valid: boolean;
	reason: string;
	message: string;
	user?: IDataObject;
	details?: IDataObject;
}

export const verifyPassword = perItem({
	name: 'Verify Password',
	value: 'verifyPassword',
	action: 'Verify a password',
	description: 'Find out whether a name and a password belong together, and answer with yes or no',
	fields: [
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. li.wei or li.wei@example.com',
			description: 'What the person typed: the login, the mail address or the user principal name',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'What the person typed. It goes to the directory, and nowhere else.',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			description: 'What is seldom needed: the presets suit most',
			options: [
				{
					...baseField,
					description: 'Only people below this may be found. When empty: the base of the credential.',
				},
				{
					displayName: 'Caller',
					name: 'caller',
					type: 'string',
					default: '',
					placeholder: 'e.g. 203.0.113.7',
					description: 'Who is asking, such as the IP address: counted by itself when tries are limited',
				},
				{
					displayName: 'Include Details for Administrators',
					name: 'details',
					type: 'boolean',
					default: false,
					description:
						'Whether the answer also says why in full, with the code of the directory. Do not pass that on to whoever typed the password.',
				},
				{
					displayName: 'Tries per Minute and Caller',
					name: 'perCaller',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 20,
					description: 'More are answered with no, without asking the directory. Needs the caller.',
				},
				{
					displayName: 'Tries per Minute and User',
					name: 'perUser',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 5,
					description:
						'More are answered with no, without asking the directory. Choose fewer than lock an account in your domain.',
				},
			],
		},
	],
	read(item) {
		const options = item.collection('options');
		const password = item.value('password');
		return {
			user: item.requiredText('user'),
			// As it was typed: spaces at its ends belong to it.
			password: password === undefined || password === null ? '' : String(password),
			base: options.text('base'),
			isDetailed: options.boolean('details'),
			limits: limitsOf(options, item.text('user')),
		};
	},
	async call({ user, password, base, isDetailed, limits }, directory: Directory) {
		needsEncryption(directory.settings, 'Passwords are not checked');
		const own = limits.map((limit) => ({ ...limit, key: `${directory.account} ${limit.key}` }));
		const isAllowed = await mayTry(own);
		const { details, ...answer } = isAllowed ? await check(directory, user, password, base) : TOO_MANY;
		return { ...answer, ...(isDetailed ? { details: details ?? null } : {}) };
	},
});

/** A limit that was not added holds nobody back. */
function limitsOf(options: ParameterReader, name: string): TryLimit[] {
	const caller = options.text('caller');
	const user = options.has('perUser')
		? [{ key: `user ${name.toLowerCase()}`, perMinute: options.number('perUser', { min: 1 }) }]
		: [];
	return options.has('perCaller') && caller !== ''
		? [{ key: `caller ${caller}`, perMinute: options.number('perCaller', { min: 1 }) }, ...user]
		: user;
}

async function check(directory: Directory, user: string, password: string, base: string): Promise<Checked> {
	// RFC 4513, 5.1.2: directories take a sign-in without a password for one of nobody, and answer that it worked.
	if (password === '') return no('empty', 'No password was given, so the directory was not asked.');
	const { kind } = await directory.info();
	const { login, id } = modelOf(kind);
	const shown = [
		id,
		login,
		'mail',
		...(kind === 'activeDirectory' ? ['userPrincipalName', 'displayName'] : ['cn']),
	];
	const state = kind === 'activeDirectory' ? [COMPUTED] : [];
	const found = await findUpToTwo(directory, user, userKind(kind), [...shown, ...state], base || undefined);
	const [entry] = found;
	if (found.length > 1) return no('wrong', 'More than one person is found by this name; nobody was tried.');
	if (entry === undefined) {
		// A sign-in that cannot work, so that "nobody" takes as long to tell as "wrong".
		await directory.signIn(`CN=nobody,${await directory.base()}`, password);
		return no('wrong', 'There is no such user in the base.');
	}
	// Each further try would keep a locked account locked.
	if (isLocked(entry)) return no('wrong', 'The account is locked; the password was not tried.', 'locked');
	const refused = await directory.signIn(entry.dn, password);
	if (refused !== undefined) return refusedAs(refused);
	const { [COMPUTED]: _state, ...told } = entry;
	const row = new Decoder(await directory.schema(), shown).row(told as Entry);
	return {
		valid: true,
		reason: 'ok',
		message: 'The password is right.',
		user: row as IDataObject,
		details: { dn: entry.dn },
	};
}

const isLocked = (entry: Entry): boolean => (Number(entry[COMPUTED] ?? 0) & LOCKED_OUT) !== 0;

function refusedAs({ refusal, administrators, remedy, code, said }: SignInRefused): Checked {
	const safe = SAFE[refusal];
	return {
		valid: false,
		reason: safe === undefined ? 'wrong' : refusal,
		message: safe ?? NO,
		details: { reason: refusal, message: `The account ${administrators}. ${remedy}`, code, said },
	};
}

const no = (reason: string, forAdministrators: string, inFull = reason): Checked => ({
	valid: false,
	reason,
	message: NO,
	details: { reason: inFull, message: forAdministrators },
});
