import { path } from '../../../core/http/path';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { change } from '../api/change';
import { createSegment, deleteSegment, listSegmentMembers, listSegments } from '../api/segments';
import { noLinks } from '../connection';
import { audienceId } from '../ids';
import { audienceLocator } from '../locators';
import {
	alsoField,
	conditionsField,
	matchField,
	readAlso,
	readConditions,
	segmentId,
	segmentLocator,
} from './fields';

/** https://mailchimp.com/developer/marketing/api/list-segments/list-segments/ */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many segments',
	description:
		'Get the saved segments of an audience, each with its conditions and how many contacts meet them',
	fields: [audienceLocator, ...limitFields],
	read: (item) => ({ audience: audienceId(item), limit: item.limit() }),
	call: ({ audience, limit }, client) => listSegments(client, audience, 'saved', limit),
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
	fields: [audienceLocator, segmentLocator, ...limitFields, alsoField],
	read: (item) => ({
		audience: audienceId(item),
		segment: segmentId(item),
		query: readAlso(item),
		limit: item.limit(),
	}),
	call: ({ audience, segment, query, limit }, client) =>
		listSegmentMembers(client, audience, segment, query, limit),
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
	call: async ({ audience, body }, client) =>
		await createSegment(client, audience, body, { type: 'saved', what: `the segment “${body.name}”` }),
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
		await change(client, path`/lists/${audience}/segments/${segment}`, body, ['id', 'name']),
});

/** https://mailchimp.com/developer/marketing/api/list-segments/delete-segment/ */
export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a segment',
	description: 'Delete a segment; the contacts stay',
	fields: [audienceLocator, segmentLocator],
	read: (item) => ({ audience: audienceId(item), segment: segmentId(item) }),
	call: async ({ audience, segment }, client) => await deleteSegment(client, audience, segment),
});
