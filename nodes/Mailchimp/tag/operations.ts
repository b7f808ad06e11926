import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { createSegment, deleteSegment, listSegmentMembers, listSegments } from '../api/segments';
import { audienceId } from '../ids';
import { audienceLocator } from '../locators';
import { readTags } from '../member/read';
import { tagId, tagLocator } from './fields';

/** https://mailchimp.com/developer/marketing/api/list-segments/list-segments/: tags are its static segments. */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many tags',
	description: 'Get the tags of an audience, each with how many contacts have it',
	fields: [audienceLocator, ...limitFields],
	read: (item) => ({ audience: audienceId(item), limit: item.limit() }),
	call: ({ audience, limit }, client) => listSegments(client, audience, 'static', limit),
});

/** https://mailchimp.com/developer/marketing/api/list-segment-members/list-members-in-segment/ */
export const getMembers = perItem({
	name: 'Get Members',
	value: 'getMembers',
	action: 'Get the members with a tag',
	description: 'Get the contacts that have a tag, 1,000 in one request',
	fields: [audienceLocator, tagLocator, ...limitFields],
	read: (item) => ({ audience: audienceId(item), tag: tagId(item), limit: item.limit() }),
	call: ({ audience, tag, limit }, client) => listSegmentMembers(client, audience, tag, limit),
});

const nameField = {
	displayName: 'Name',
	name: 'name',
	type: 'string' as const,
	required: true,
	default: '',
	placeholder: 'e.g. Engineering',
	description: 'The name of the tag, up to 100 characters',
};

/** https://mailchimp.com/developer/marketing/api/list-segments/add-segment/ */
export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a tag',
	description: 'Make a tag that nobody has yet',
	fields: [audienceLocator, nameField],
	read(item) {
		const [name = item.requiredText('name')] = readTags(item, 'name');
		return { audience: audienceId(item), name };
	},
	call: async ({ audience, name }, client) =>
		await createSegment(
			client,
			audience,
			{ name, static_segment: [] },
			{ type: 'static', what: `the tag “${name}”`, made: { name, member_count: 0 } },
		),
});

/** https://mailchimp.com/developer/marketing/api/list-segments/delete-segment/ */
export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a tag',
	description: 'Delete a tag; the contacts stay',
	fields: [audienceLocator, tagLocator],
	read: (item) => ({ audience: audienceId(item), tag: tagId(item) }),
	call: async ({ audience, tag }, client) => await deleteSegment(client, audience, tag),
});
