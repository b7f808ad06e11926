import { perItem } from '../../../core/node/operation';
import { invalidInput } from '../../../core/errors';
import type { Directory } from '../connection';
import { isDn, rdn } from '../dn';
import { needsEncryption } from '../errors/encryption';
import { NORMAL_ACCOUNT, ACCOUNT_DISABLED } from '../values/flags';
import { unicodePwd } from '../values/password';
import type { Values } from '../wire/changes';
import { attributeFields, inStoredForm, readAttributes, type Wanted } from './changes';
import { userModel } from './model';
import { userRow } from './user';

export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a user',
	description: 'Add an account for a new colleague',
	fields: [
		{
			displayName: 'Login',
			name: 'login',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. li.wei',
			description: 'The name to sign in with (sAMAccountName, or uid in other directories)',
		},
		{
			displayName: 'Full Name',
			name: 'fullName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Li Wei',
			description: 'The name that colleagues see; the entry is called so too',
		},
		{
			displayName: 'Organizational Unit',
			name: 'unit',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. OU=Staff,DC=corp,DC=example,DC=com',
			description: 'Where the account is to stand',
		},
		{
			displayName: 'First Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Must meet the rules of the domain. Without one the account is created disabled.',
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
					displayName: 'Create Disabled',
					name: 'disabled',
					type: 'boolean',
					default: false,
					description: 'Whether nobody can sign in until the account is enabled',
				},
				{
					displayName: 'Must Change Password',
					name: 'mustChange',
					type: 'boolean',
					default: true,
					description: 'Whether a new password has to be chosen at the first sign-in (Active Directory)',
				},
				{
					displayName: 'User Principal Name',
					name: 'upn',
					type: 'string',
					default: '',
					placeholder: 'e.g. li.wei@example.com',
					description: 'When it is not the login at the domain’s own name',
				},
			],
		},
		attributeFields,
	],
	read(item) {
		const options = item.collection('options');
		const unit = item.requiredText('unit');
		if (!isDn(unit))
			throw item.fieldError('unit', 'is not a DN', 'Write it like OU=Staff,DC=corp,DC=example,DC=com.');
		return {
			login: item.requiredText('login'),
			fullName: item.requiredText('fullName'),
			unit,
			password: item.text('password'),
			isDisabled: options.boolean('disabled'),
			mustChange: !options.has('mustChange') || options.boolean('mustChange'),
			upn: options.text('upn'),
			more: readAttributes(item),
		};
	},
	async call(person, directory: Directory) {
		if (person.password !== '') needsEncryption(directory.settings, 'Passwords are not set');
		const dn = await createUser(directory, person);
		return await userRow(directory, dn);
	},
});

export interface NewUser {
	login: string;
	fullName: string;
	unit: string;
	password: string;
	isDisabled: boolean;
	mustChange: boolean;
	upn: string;
	more: Wanted[];
}

/** All in one step, so that nothing half-made stays behind when the password is refused; its DN. @throws {ServiceError} */
export async function createUser(directory: Directory, user: NewUser): Promise<string> {
	const model = await userModel(directory);
	const isActiveDirectory = await directory.isActiveDirectory();
	const attributes: Record<string, Values> = {
		objectClass: model.objectClass,
		[model.login]: [user.login],
		...(isActiveDirectory ? await windows(directory, user) : plain(user)),
	};
	for (const one of user.more)
		attributes[keyIn(attributes, one.attribute)] = await inStoredForm(directory, one);
	const dn = `${rdn(model.rdn, isActiveDirectory ? user.fullName : user.login)},${user.unit}`;
	await directory.add(dn, attributes, {
		manualCheck: `Look in the directory whether ${dn} is there.`,
		// Had it been there before, the directory would have refused.
		reconcile: async () => {
			const entry = await directory.read(dn, [model.login]);
			return entry?.[model.login] === user.login ? CREATED : undefined;
		},
	});
	return dn;
}

/** Stands for "done": a reconcile that answers with nothing would mean "not done". */
const CREATED = true as unknown as void;

async function windows(
	directory: Directory,
	{ login, fullName, password, isDisabled, mustChange, upn }: NewUser,
): Promise<Record<string, Values>> {
	const isUsable = password !== '' && !isDisabled;
	const domain = domainOf((await directory.info()).baseDn);
	const name = upn || (domain === '' ? '' : `${login}@${domain}`);
	if (/["/\\[\]:;|=,+*?<>@]/.test(login) || login.length > 20)
		throw invalidInput(
			'Login',
			`'Login' cannot be “${login}” in Active Directory`,
			'At most 20 characters, without @ " / \\ [ ] : ; | = , + * ? < >.',
		);
	return {
		cn: [fullName],
		displayName: [fullName],
		...(name === '' ? {} : { userPrincipalName: [name] }),
		userAccountControl: [String(isUsable ? NORMAL_ACCOUNT : NORMAL_ACCOUNT | ACCOUNT_DISABLED)],
		...(password === '' ? {} : { unicodePwd: [unicodePwd(password)] }),
		...(password !== '' && mustChange ? { pwdLastSet: ['0'] } : {}),
	};
}

/** An inetOrgPerson needs a surname: the last word, unless it is among the further attributes. */
function plain({ fullName, password }: NewUser): Record<string, Values> {
	return {
		cn: [fullName],
		sn: [fullName.split(/\s+/).at(-1)!],
		...(password === '' ? {} : { userPassword: [password] }),
	};
}

/** `DC=corp,DC=test` → `corp.test`. */
const domainOf = (dn: string): string =>
	[...dn.matchAll(/(?:^|,)\s*DC=([^,]+)/gi)].map(([, part]) => part).join('.');

const keyIn = (attributes: object, name: string): string =>
	Object.keys(attributes).find((key) => key.toLowerCase() === name.toLowerCase()) ?? name;
