import { path } from '../../../core/http/path';
import { differences } from '../../../core/http/wasThere';
import { perItem } from '../../../core/node/operation';
import { noChanges } from '../../../core/node/parameters/changes';
import { written } from '../assumed';

const text = ['name', 'introduction', 'telephone', 'address', 'preferredLanguage'] as const;

/** github.com/eryajf/go-alimail, alimail/organization.go. */
export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update the organization',
	description: 'Change how your organization is described',
	asTool: false,
	fields: [
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'Only the fields added here are changed; one that is left empty is cleared',
			options: [
				{
					displayName: 'Introduction',
					name: 'introduction',
					type: 'string',
					default: '',
					description: 'A few words on it',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Yunhe Ltd',
					description: 'What it is called; it cannot be empty',
				},
				{
					displayName: 'Postal Address',
					name: 'address',
					type: 'string',
					default: '',
					placeholder: 'e.g. 1 West Lake Road, Hangzhou',
					description: 'Where it is',
				},
				{
					displayName: 'Preferred Language',
					name: 'preferredLanguage',
					type: 'string',
					default: '',
					placeholder: 'e.g. zh-CN',
					description: 'The language of its mail',
				},
				{
					displayName: 'Telephone',
					name: 'telephone',
					type: 'string',
					default: '',
					placeholder: 'e.g. +86 571 0000 0000',
					description: 'Its main number',
				},
			],
		},
	],
	read(item) {
		const fields = item.collection('updateFields');
		const changes: Record<string, string> = {};
		for (const name of text) if (fields.value(name) !== undefined) changes[name] = fields.text(name);
		if (Object.keys(changes).length === 0) throw noChanges(item);
		if (changes.name === '')
			throw fields.fieldError('name', 'is empty', 'Enter a name, or remove the field.');
		return changes;
	},
	async call(changes, client) {
		await client.send({
			method: 'PATCH',
			path: '/v2/organization/$current',
			body: written(client, changes),
			// The answer may be empty, as a proxy's: whether it was done is looked up.
			answer: 'nothing',
			async reconcile() {
				const now = await client.get(path`/v2/organization/$current`);
				return differences(changes, now).length === 0 ? {} : undefined;
			},
			// The same values twice are the same result.
			idempotent: true,
		});
		return { updated: true, ...changes };
	},
});
