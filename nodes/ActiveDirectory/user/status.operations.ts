import { ServiceError } from '../../../core/errors';
import { perItem, type Row } from '../../../core/node/operation';
import type { Directory } from '../connection';
import { SERVICE } from '../errors/network';
import { ACCOUNT_DISABLED } from '../values/flags';
import { change } from '../wire/changes';
import { findUser, userLocator, userRow } from './user';

export const enable = perItem({
	name: 'Enable',
	value: 'enable',
	action: 'Enable a user',
	description: 'Let somebody sign in again',
	fields: [userLocator],
	read: (item) => item.resourceId('user'),
	call: async (user, directory: Directory) => await setEnabled(directory, user, true),
});

export const disable = perItem({
	name: 'Disable',
	value: 'disable',
	action: 'Disable a user',
	description: 'Let somebody no longer sign in; the account and all that belongs to it stay',
	fields: [userLocator],
	read: (item) => item.resourceId('user'),
	call: async (user, directory: Directory) => await setEnabled(directory, user, false),
});

export const unlock = perItem({
	name: 'Unlock',
	value: 'unlock',
	action: 'Unlock a user',
	description: 'Let somebody try again who was locked out after too many wrong passwords',
	fields: [userLocator],
	read: (item) => item.resourceId('user'),
	async call(user, directory: Directory) {
		await onlyActiveDirectory(directory, 'Unlocking');
		const { dn } = await findUser(directory, user, ['cn']);
		await directory.modify(dn, [change('replace', 'lockoutTime', ['0'])], { idempotent: true });
		return await userRow(directory, dn);
	},
});

async function setEnabled(directory: Directory, user: string, isEnabled: boolean): Promise<Row> {
	await onlyActiveDirectory(directory, isEnabled ? 'Enabling' : 'Disabling');
	const { dn, userAccountControl } = await findUser(directory, user, ['userAccountControl']);
	await switchAccount(directory, dn, Number(userAccountControl), isEnabled);
	return await userRow(directory, dn);
}

/** Only that one bit is changed, and nothing is written when it is as it should be. */
export async function switchAccount(
	directory: Directory,
	dn: string,
	control: number,
	isEnabled: boolean,
): Promise<void> {
	const wanted = isEnabled ? control & ~ACCOUNT_DISABLED : control | ACCOUNT_DISABLED;
	if (!Number.isInteger(control) || wanted === control) return;
	await directory.modify(dn, [change('replace', 'userAccountControl', [String(wanted)])], {
		idempotent: true,
	});
}

/** @throws {ServiceError} */
export async function onlyActiveDirectory(directory: Directory, what: string): Promise<void> {
	if (await directory.isActiveDirectory()) return;
	throw new ServiceError({
		service: SERVICE,
		message: `${what} is known to Active Directory only, and this is another directory`,
		remedy: "Use 'Update' with the attribute that your directory has for it.",
		outcome: 'notSent',
	});
}
