import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { noChanges } from '../../../core/node/parameters/changes';
import { updateFieldsOf } from '../../../core/node/updateFieldsOf';
import { change } from '../api/change';
import { listAudiences } from '../api/audiences';
import { make } from '../api/newcomers';
import { noLinks, withoutLinks } from '../connection';
import { audienceId } from '../ids';
import { audienceLocator } from '../locators';
import { mainFields, moreFields, readAudience, type AudienceBody } from './fields';

/** https://mailchimp.com/developer/marketing/api/lists/add-list/ */
export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create an audience',
	description: 'Make an audience; how many an account may have depends on its plan',
	asTool: false,
	fields: [
		...mainFields.map((field) => ({ ...field, required: true })),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			description: 'What is not added stays as Mailchimp has it',
			options: moreFields,
		},
	],
	read(item) {
		for (const { name } of mainFields) item.requiredText(name);
		const [main, more] = [readAudience(item), readAudience(item.collection('options'))];
		return {
			email_type_option: false,
			...main,
			...more,
			contact: { ...main.contact, ...more.contact },
			name: item.requiredText('name'),
		};
	},
	call: async (body, client) =>
		withoutLinks(
			await make(client, {
				key: `audience ${body.name}`,
				path: '/lists',
				body,
				answer: ['id', 'name'],
				list: async () => (await listAudiences(client)).filter(({ name }) => name === body.name),
				whole: async ({ id }) => await getAudience(client, id),
				manualCheck: `Look in Mailchimp whether the audience “${body.name}” is there.`,
			}),
		),
});

const getAudience = async (client: Client, id: string): Promise<AudienceBody> =>
	await client.get<AudienceBody>(path`/lists/${id}`, noLinks());

/** https://mailchimp.com/developer/marketing/api/lists/update-lists/ */
export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update an audience',
	description: 'Change the name, the defaults and the settings of an audience',
	asTool: false,
	fields: [audienceLocator, updateFieldsOf([...mainFields, ...moreFields])],
	read(item) {
		const body = readAudience(item.collection('updateFields'));
		if (Object.keys(body).length === 0) throw noChanges(item);
		return { id: audienceId(item), body };
	},
	call: async ({ id, body }, client) =>
		await change(client, path`/lists/${id}`, await whole(client, id, body), ['id', 'name']),
});

/** Mailchimp's description wants the company and the defaults whole, so that what is not changed comes from what is there. */
async function whole(client: Client, id: string, body: AudienceBody): Promise<AudienceBody> {
	if (body.contact === undefined && body.campaign_defaults === undefined) return body;
	const now = await getAudience(client, id);
	const merged = (name: 'contact' | 'campaign_defaults') =>
		body[name] === undefined ? {} : { [name]: { ...filledIn(now[name]), ...body[name] } };
	return { ...body, ...merged('contact'), ...merged('campaign_defaults') };
}

const filledIn = (part: IDataObject = {}): IDataObject =>
	Object.fromEntries(Object.entries(part).filter(([, value]) => value !== ''));

/** https://mailchimp.com/developer/marketing/api/lists/delete-list/ */
export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete an audience',
	description: 'Delete an audience with all its contacts and their history, for good',
	asTool: false,
	fields: [
		audienceLocator,
		{
			displayName: 'I Understand That All Its Contacts Are Lost',
			name: 'confirmed',
			type: 'boolean',
			required: true,
			default: false,
			description:
				'Whether you know that Mailchimp deletes all contacts of the audience with it, who unsubscribed among them, and gives none back',
		},
	],
	read(item) {
		if (!item.boolean('confirmed'))
			throw item.fieldError(
				'confirmed',
				'is not ticked, and nothing was deleted',
				'Tick it when the audience and all its contacts are to be gone for good. Member → Get Many reads them out before.',
			);
		return audienceId(item);
	},
	async call(id, client) {
		await client.delete(path`/lists/${id}`);
		return { deleted: true, id };
	},
});
