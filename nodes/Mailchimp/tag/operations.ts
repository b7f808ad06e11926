import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { ownOrTheirs, wasBefore, wasThere } from '../../../core/http/wasThere';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { listOf, noLinks, withoutLinks } from '../connection';
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
	call: ({ audience, limit }, client) =>
		client.pages(
			path`/lists/${audience}/segments`,
			listOf('segments'),
			{ type: 'static', ...noLinks('segments') },
			limit,
		),
});

/** https://mailchimp.com/developer/marketing/api/list-segment-members/list-members-in-segment/ */
export const getMembers = perItem({
	name: 'Get Members',
	value: 'getMembers',
	action: 'Get the members with a tag',
	description: 'Get the contacts that have a tag, 1,000 in one request',
	fields: [audienceLocator, tagLocator, ...limitFields],
	read: (item) => ({ audience: audienceId(item), tag: tagId(item), limit: item.limit() }),
	call: ({ audience, tag, limit }, client) =>
		client.pages(
			path`/lists/${audience}/segments/${tag}/members`,
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
	placeholder: 'e.g. Engineering',
	description: 'The name of the tag, up to 100 characters',
};

async function findByName(client: Client, audience: string, name: string): Promise<IDataObject | undefined> {
	const tags = client.pages(path`/lists/${audience}/segments`, listOf('segments'), {
		type: 'static',
		...noLinks('segments'),
	});
	for await (const tag of tags) if (String(tag.name).toLowerCase() === name.toLowerCase()) return tag;
	return undefined;
}

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
	async call({ audience, name }, client) {
		const asked = Date.now();
		const made = { service: 'Mailchimp', what: `the tag “${name}”`, field: 'Name' };
		return withoutLinks(
			await client.send<IDataObject>({
				method: 'POST',
				path: path`/lists/${audience}/segments`,
				body: { name, static_segment: [] },
				answer: ['id', 'name'],
				idempotent: false,
				async reconcile() {
					const found = await findByName(client, audience, name);
					if (found === undefined) return undefined;
					if (wasBefore(found.created_at, asked)) return wasThere(made);
					return ownOrTheirs(found, { name, member_count: 0 }, made);
				},
				manualCheck: `Look in Mailchimp whether the tag “${name}” is there.`,
			}),
		);
	},
});

/** https://mailchimp.com/developer/marketing/api/list-segments/delete-segment/ */
export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a tag',
	description: 'Delete a tag; the contacts stay',
	fields: [audienceLocator, tagLocator],
	read: (item) => ({ audience: audienceId(item), tag: tagId(item) }),
	async call({ audience, tag }, client) {
		await client.delete(path`/lists/${audience}/segments/${tag}`);
		return { deleted: true, id: tag };
	},
});
