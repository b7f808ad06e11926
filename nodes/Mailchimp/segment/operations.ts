import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { ownOrTheirs, wasBefore, wasThere } from '../../../core/http/wasThere';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { listOf, noLinks, withoutLinks } from '../connection';
import { audienceId } from '../ids';
import { audienceLocator } from '../locators';
import { conditionsField, matchField, readConditions, segmentId, segmentLocator } from './fields';

const saved = (client: Client, audience: string, limit?: number) =>
	client.pages(
		path`/lists/${audience}/segments`,
		listOf('segments'),
		{ type: 'saved', ...noLinks('segments') },
		limit,
	);

/** https://mailchimp.com/developer/marketing/api/list-segments/list-segments/ */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many segments',
	description:
		'Get the saved segments of an audience, each with its conditions and how many contacts meet them',
	fields: [audienceLocator, ...limitFields],
	read: (item) => ({ audience: audienceId(item), limit: item.limit() }),
	call: ({ audience, limit }, client) => saved(client, audience, limit),
});

/** https://mailchimp.com/developer/marketing/api/list-segments/get-segment-info/ */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a segment',
	description: 'Get a segment with its conditions',
	fields: [audienceLocator, segmentLocator],
	read: (item) => ({ audience: audienceId(item), segment: segmentId(item) }),
	call: async ({ audience, segment }, client) =>
		await client.get(path`/lists/${audience}/segments/${segment}`, noLinks()),
});

/** https://mailchimp.com/developer/marketing/api/list-segment-members/list-members-in-segment/ */
export const getMembers = perItem({
	name: 'Get Members',
	value: 'getMembers',
	action: 'Get the members of a segment',
	description: 'Get the contacts that meet the conditions of a segment, 1,000 in one request',
	fields: [audienceLocator, segmentLocator, ...limitFields],
	read: (item) => ({ audience: audienceId(item), segment: segmentId(item), limit: item.limit() }),
	call: ({ audience, segment, limit }, client) =>
		client.pages(
			path`/lists/${audience}/segments/${segment}/members`,
			listOf('members'),
			noLinks('members'),
			limit,
		),
});

const nameField = {
	displayName: 'Name',
	name: 'name',
	type: 'string' as const,
	required: true,
	default: '',
	placeholder: 'e.g. Berliners',
	description: 'What the segment is called, up to 100 characters; no other segment or tag may be called so',
};

/** https://mailchimp.com/developer/marketing/api/list-segments/add-segment/ */
export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a segment',
	description: 'Save conditions under a name; whoever meets them is in the segment, now and later',
	fields: [audienceLocator, nameField, matchField, conditionsField],
	read: (item) => ({
		audience: audienceId(item),
		body: { name: item.requiredText('name'), options: readConditions(item) },
	}),
	async call({ audience, body }, client) {
		const asked = Date.now();
		const made = { service: 'Mailchimp', what: `the segment “${body.name}”`, field: 'Name' };
		return withoutLinks(
			await client.send<IDataObject>({
				method: 'POST',
				path: path`/lists/${audience}/segments`,
				body,
				answer: ['id', 'name'],
				idempotent: false,
				async reconcile() {
					for await (const found of saved(client, audience))
						if (String(found.name).toLowerCase() === body.name.toLowerCase())
							return wasBefore(found.created_at, asked) ? wasThere(made) : ownOrTheirs(found, body, made);
					return undefined;
				},
				manualCheck: `Look in Mailchimp whether the segment “${body.name}” is there.`,
			}),
		);
	},
});

/** https://mailchimp.com/developer/marketing/api/list-segments/update-segment/ */
export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a segment',
	description: 'Give a segment another name and other conditions',
	fields: [audienceLocator, segmentLocator, nameField, matchField, conditionsField],
	read: (item) => ({
		audience: audienceId(item),
		segment: segmentId(item),
		body: { name: item.requiredText('name'), options: readConditions(item) },
	}),
	call: async ({ audience, segment, body }, client) =>
		withoutLinks(
			await client.send<IDataObject>({
				method: 'PATCH',
				path: path`/lists/${audience}/segments/${segment}`,
				body,
				answer: ['id', 'name'],
				idempotent: true,
			}),
		),
});

/** https://mailchimp.com/developer/marketing/api/list-segments/delete-segment/ */
export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a segment',
	description: 'Delete a segment; the contacts stay',
	fields: [audienceLocator, segmentLocator],
	read: (item) => ({ audience: audienceId(item), segment: segmentId(item) }),
	async call({ audience, segment }, client) {
		await client.delete(path`/lists/${audience}/segments/${segment}`);
		return { deleted: true, id: segment };
	},
});
