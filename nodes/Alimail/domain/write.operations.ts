import type { INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { wasBefore, wasThere } from '../../../core/http/wasThere';
import { perItem } from '../../../core/node/operation';
import { aliasField, domainLocator, readName } from './fields';

/** github.com/eryajf/go-alimail, alimail/domain.go; any field may be missing. */
interface Domain {
	domain: string;
	aliases?: string[];
	/** RFC 3339. */
	createdTime?: string;
}

const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. example.com',
	description: 'The domain to add',
};

const find = async (client: Client, domain: string): Promise<Domain | undefined> =>
	await client.found(client.get<Domain & Record<string, never>>(path`/v2/domains/${domain}`));

export const add = perItem({
	name: 'Add',
	value: 'add',
	action: 'Add a domain',
	description: 'Add a mail domain to your organization; after that it has to be verified',
	asTool: false,
	fields: [nameField],
	read: (item) => readName(item, 'name'),
	async call(domain, client) {
		const asked = Date.now();
		return {
			...(await client.send<Domain>({
				method: 'POST',
				path: '/v2/domains',
				body: { domain },
				idempotent: false,
				answer: ['domain'],
				async reconcile() {
					const found = await find(client, domain);
					const made = { service: 'Alimail', what: `the domain ${domain}`, field: 'Name' };
					return found && wasBefore(found.createdTime, asked) ? wasThere(made) : found;
				},
				manualCheck: `Look in the Alimail admin console whether the domain ${domain} is there.`,
			})),
		};
	},
});

/** It only looks: the same question twice is the same answer. */
export const verify = perItem({
	name: 'Verify Ownership',
	value: 'verify',
	action: 'Verify the ownership of a domain',
	description: 'Let Alimail look whether the domain is yours, by its DNS records',
	fields: [domainLocator],
	read: (item) => item.resourceId('domain'),
	async call(domain, client) {
		const { isOwner } = await client.send<{ isOwner: boolean }>({
			method: 'POST',
			path: path`/v2/domains/${domain}/verify`,
			idempotent: true,
			answer: ['isOwner'],
		});
		return { domain, isOwner };
	},
});

async function hasAlias(client: Client, domain: string, alias: string): Promise<boolean> {
	const found = await find(client, domain);
	return (found?.aliases ?? []).some((known) => known.toLowerCase() === alias);
}

export const addAlias = perItem({
	name: 'Add Alias',
	value: 'addAlias',
	action: 'Add an alias to a domain',
	description: 'Let another domain reach the same mailboxes',
	asTool: false,
	fields: [domainLocator, aliasField],
	read: (item) => ({ domain: item.resourceId('domain'), alias: readName(item, 'alias') }),
	async call({ domain, alias }, client) {
		await client.send({
			method: 'POST',
			path: path`/v2/domains/${domain}/aliases`,
			body: { alias },
			idempotent: false,
			answer: 'nothing',
			reconcile: async () => ((await hasAlias(client, domain, alias)) ? {} : undefined),
			manualCheck: `Look in the Alimail admin console whether ${domain} has the alias ${alias}.`,
		});
		return { domain, alias, added: true };
	},
});

export const removeAlias = perItem({
	name: 'Remove Alias',
	value: 'removeAlias',
	action: 'Remove an alias from a domain',
	description: 'Take an alias away: mail to its addresses is not received any more',
	asTool: false,
	fields: [domainLocator, aliasField],
	read: (item) => ({ domain: item.resourceId('domain'), alias: readName(item, 'alias') }),
	async call({ domain, alias }, client) {
		await client.delete(path`/v2/domains/${domain}/aliases/${alias}`, {
			reconcile: async () => ((await hasAlias(client, domain, alias)) ? undefined : {}),
		});
		return { domain, alias, removed: true };
	},
});

export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a domain',
	description: 'Take a domain out of your organization',
	asTool: false,
	fields: [domainLocator],
	read: (item) => item.resourceId('domain'),
	async call(domain, client) {
		await client.delete(path`/v2/domains/${domain}`);
		return { deleted: true, domain };
	},
});
