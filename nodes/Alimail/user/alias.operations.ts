import type { INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { isAddress } from '../../../core/mail/address';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { perItem } from '../../../core/node/operation';
import { userLocator } from './fields';
import { getUser } from './write';

const aliasField: INodeProperties = {
	displayName: 'Alias',
	name: 'alias',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. sales@example.com',
	description: 'A further address of the same mailbox, in one of your own domains',
};

function readAlias(item: ParameterReader): string {
	const alias = item.requiredText('alias');
	if (!isAddress(alias))
		throw item.fieldError('alias', `is not a mail address: “${alias}”`, 'Enter one like sales@example.com.');
	return alias;
}

async function hasAlias(client: Client, user: string, alias: string): Promise<boolean> {
	const { emailAliases = [] } = await getUser(client, user);
	return emailAliases.some((known) => known.toLowerCase() === alias.toLowerCase());
}

/** An account can have five (https://help.aliyun.com/en/document_detail/439253.html). */
export const addAlias = perItem({
	name: 'Add Alias',
	value: 'addAlias',
	action: 'Add an alias to a user',
	description: 'Give an account a further address, up to five',
	fields: [
		userLocator,
		aliasField,
		{
			displayName: 'Show as Sender',
			name: 'asDefault',
			type: 'boolean',
			default: false,
			description: 'Whether mail from this account shows the alias as its sender',
		},
	],
	read: (item) => ({
		user: item.resourceId('user'),
		alias: readAlias(item),
		asDefault: item.boolean('asDefault'),
	}),
	async call({ user, alias, asDefault }, client) {
		await client.send({
			method: 'POST',
			path: path`/v2/users/${user}/emailAliases`,
			answer: 'nothing',
			body: { alias, asDefault },
			idempotent: false,
			reconcile: async () => ((await hasAlias(client, user, alias)) ? {} : undefined),
			manualCheck: `Look in the Alimail admin console whether ${user} has the alias ${alias}.`,
		});
		return { user, alias, added: true };
	},
});

export const removeAlias = perItem({
	name: 'Remove Alias',
	value: 'removeAlias',
	action: 'Remove an alias from a user',
	description: 'Take a further address away from an account',
	fields: [userLocator, aliasField],
	read: (item) => ({ user: item.resourceId('user'), alias: readAlias(item) }),
	async call({ user, alias }, client) {
		await client.delete(path`/v2/users/${user}/emailAliases`, {
			body: { alias },
			reconcile: async () => ((await hasAlias(client, user, alias)) ? undefined : {}),
		});
		return { user, alias, removed: true };
	},
});
