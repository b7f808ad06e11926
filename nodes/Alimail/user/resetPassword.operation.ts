import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { select } from '../assumed';
import { userLocator } from './fields';
import { generatePassword, passwordFault } from './password';

export const resetPassword = perItem({
	name: 'Reset Password',
	value: 'resetPassword',
	action: 'Reset a user password',
	description: 'Give an account a new password',
	fields: [
		userLocator,
		{
			displayName: 'New Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'9 to 64 characters with three of upper case, lower case, digit and special character. When empty, a random one is made and returned once, as "initialPassword".',
		},
		{
			displayName: 'Change Password at Next Sign-In',
			name: 'forceChange',
			type: 'boolean',
			default: true,
			description: 'Whether the person must choose a new password when signing in next',
		},
	],
	read(item) {
		const password = item.text('password');
		const fault = password === '' ? undefined : passwordFault(password);
		if (fault !== undefined)
			throw item.fieldError('password', fault, 'Choose another, or leave it empty to have one made.');
		return { user: item.resourceId('user'), password, forceChange: item.boolean('forceChange') };
	},
	async call({ user, password, forceChange }, client) {
		const made = password === '' ? generatePassword() : undefined;
		const before = await changedAt(client, user);
		await client.send({
			method: 'POST',
			path: path`/v2/users/${user}/resetPassword`,
			answer: 'nothing',
			// The answer is empty, as a proxy's may be. Where Alimail does not tell the time of the change, it is believed.
			async reconcile() {
				const now = await changedAt(client, user);
				return now === undefined || now !== before ? {} : undefined;
			},
			body: { password: made ?? password, forceChangePasswordNextSignIn: forceChange },
			// The same password twice is the same result.
			idempotent: true,
		});
		return { user, passwordReset: true, ...(made === undefined ? {} : { initialPassword: made }) };
	},
});

/** When the password was last changed, as Alimail says it (github.com/eryajf/go-alimail, alimail/user.go). */
async function changedAt(client: Client, user: string): Promise<unknown> {
	const { lastPasswordChangeTime } = await client.get(
		path`/v2/users/${user}`,
		select(client, ['id', 'lastPasswordChangeTime']),
	);
	return lastPasswordChangeTime || undefined;
}
