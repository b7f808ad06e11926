import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { audienceId, memberKey, readAddress } from '../ids';
import { audienceLocator, memberField } from '../locators';
import { memberOptions, mergeFieldsField, STATUSES, UNCHANGED } from './fields';
import { checkMergeFields } from './many';
import { readProfile, skipQuery } from './read';

/** https://mailchimp.com/developer/marketing/api/list-members/update-list-member/ */
export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a member',
	description: 'Change a contact; only what is filled in here is changed',
	fields: [
		audienceLocator,
		memberField,
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			// Not every status can be given to a contact that is there.
			options: [...STATUSES.filter(({ value }) => value !== 'transactional'), UNCHANGED].toSorted((a, b) =>
				a.name.localeCompare(b.name),
			),
			default: 'unchanged',
			description: 'What the contact becomes',
		},
		{
			displayName: 'New Email Address',
			name: 'newAddress',
			type: 'string',
			default: '',
			placeholder: 'e.g. ana.lima@example.com',
			description: 'Another address for the contact; empty leaves it as it is',
		},
		mergeFieldsField,
		memberOptions(),
	],
	read(item) {
		const { profile, skip } = readProfile(item);
		const status = item.option('status');
		const body: IDataObject = {
			...(status === 'unchanged' ? {} : { status }),
			...(item.has('newAddress') ? { email_address: readAddress(item, 'newAddress') } : {}),
			...profile,
		};
		if (Object.keys(body).length === 0)
			throw item.fieldError(
				'options',
				'and all fields above name nothing to change',
				'Fill in at least one field.',
			);
		return { audience: audienceId(item), member: memberKey(item), skip, body };
	},
	async call({ audience, member, skip, body }, client) {
		const answer = await client.send<IDataObject>({
			method: 'PATCH',
			path: path`/lists/${audience}/members/${member}`,
			query: skipQuery(skip),
			body,
			answer: ['id', 'email_address'],
			// The same values twice are the same; with another address the contact is no longer where the path says.
			idempotent: body.email_address === undefined,
			manualCheck: 'Look in Mailchimp which address the contact has now.',
		});
		return checkMergeFields(body, answer);
	},
});
