import { path } from '../../../core/http/path';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { change } from '../api/change';
import { createSegment, deleteSegment, listSegmentMembers, listSegments } from '../api/segments';
import { noLinks } from '../connection';
import { audienceId } from '../ids';
import { audienceLocator } from '../locators';
import { readTags } from '../member/read';
import { alsoField, readAlso } from '../segment/fields';
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
	fields: [audienceLocator, tagLocator, ...limitFields, alsoField],
	read: (item) => ({
		audience: audienceId(item),
		tag: tagId(item),
		query: readAlso(item),
		limit: item.limit(),
	}),
	call: ({ audience, tag, query, limit }, client) => listSegmentMembers(client, audience, tag, query, limit),
});

/** https://mailchimp.com/developer/marketing/api/list-segments/get-segment-info/ */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a tag',
	description: 'Get a tag with its name and how many contacts have it',
	fields: [audienceLocator, tagLocator],
	read: (item) => ({ audience: audienceId(item), tag: tagId(item) }),
	call: async ({ audience, tag }, client) =>
		await client.get(path`/lists/${audience}/segments/${tag}`, noLinks()),
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

function readName(item: ParameterReader): string {
	const names = readTags(item, 'name');
	const [name = item.requiredText('name')] = names;
	if (names.length > 1)
		throw item.fieldError(
			'name',
			`has ${names.length} names with commas between, and an item is about one tag`,
			'Give each tag an item of its own, or put a name that has a comma in it into double quotes.',
		);
	return name;
}

/** https://mailchimp.com/developer/marketing/api/list-segments/add-segment/ */
export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a tag',
	description: 'Make a tag that nobody has yet',
	fields: [audienceLocator, nameField],
	read: (item) => ({ audience: audienceId(item), name: readName(item) }),
	call: async ({ audience, name }, client) =>
		await createSegment(
			client,
			audience,
			{ name, static_segment: [] },
			{ type: 'static', what: `the tag “${name}”`, made: { name, member_count: 0 } },
		),
});

/** https://mailchimp.com/developer/marketing/api/list-segments/update-segment/: without `static_segment` everybody keeps it. */
export const rename = perItem({
	name: 'Rename',
	value: 'rename',
	action: 'Rename a tag',
	description: 'Give a tag another name; whoever has it keeps it',
	fields: [audienceLocator, tagLocator, nameField],
	read: (item) => ({ audience: audienceId(item), tag: tagId(item), name: readName(item) }),
	call: async ({ audience, tag, name }, client) =>
		await change(client, path`/lists/${audience}/segments/${tag}`, { name }, ['id', 'name']),
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
