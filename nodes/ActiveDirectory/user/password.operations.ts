import { perItem } from '../../../core/node/operation';
import type { Directory } from '../connection';
import { needsEncryption } from '../errors/encryption';
import { unicodePwd } from '../values/password';
import { change } from '../wire/changes';
import { onlyActiveDirectory } from './status.operations';
import { findUser, userLocator, userRow } from './user';

export const setPassword = perItem({
	name: 'Set Password',
	value: 'setPassword',
	action: 'Set the password of a user',
	description: 'Give somebody a new password without knowing the old one',
	fields: [
		userLocator,
		{
			displayName: 'New Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Must meet the rules of the domain',
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
					displayName: 'Must Change Password',
					name: 'mustChange',
					type: 'boolean',
					default: true,
					description: 'Whether a new one has to be chosen at the next sign-in (Active Directory)',
				},
				{
					displayName: 'Unlock',
					name: 'unlock',
					type: 'boolean',
					default: true,
					description: 'Whether an account that was locked out is unlocked too (Active Directory)',
				},
			],
		},
	],
	read(item) {
		const options = item.collection('options');
		return {
			user: item.resourceId('user'),
			password: item.requiredText('password'),
			mustChange: options.has('mustChange') && options.boolean('mustChange'),
			isUnlocked: options.has('unlock') && options.boolean('unlock'),
		};
	},
	async call({ user, password, mustChange, isUnlocked }, directory: Directory) {
		needsEncryption(directory.settings, 'Passwords are not set');
		const { dn } = await findUser(directory, user, ['cn']);
		const changes = (await directory.isActiveDirectory())
			? [
					change('replace', 'unicodePwd', [unicodePwd(password)]),
					...(mustChange ? [change('replace', 'pwdLastSet', ['0'])] : []),
					...(isUnlocked ? [change('replace', 'lockoutTime', ['0'])] : []),
				]
			: [change('replace', 'userPassword', [password])];
		// Twice the same password would be refused the second time where the domain remembers old ones.
		await directory.modify(dn, changes, { manualCheck: 'Try to sign in with the new password.' });
		return await userRow(directory, dn);
	},
});

export const forceChange = perItem({
	name: 'Force Password Change',
	value: 'forceChange',
	action: 'Force a password change of a user',
	description: 'Let somebody choose a new password at the next sign-in',
	fields: [userLocator],
	read: (item) => item.resourceId('user'),
	async call(user, directory: Directory) {
		await onlyActiveDirectory(directory, 'Forcing a password change');
		const { dn } = await findUser(directory, user, ['cn']);
		await directory.modify(dn, [change('replace', 'pwdLastSet', ['0'])], { idempotent: true });
		return await userRow(directory, dn);
	},
});
