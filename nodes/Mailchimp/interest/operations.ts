import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { ownOrTheirs } from '../../../core/http/wasThere';
import { limitFields } from '../../../core/node/limitFields';
import { locator } from '../../../core/node/locator';
import { perItem } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { interestsOf } from '../api/audiences';
import { change } from '../api/change';
import { rowCalled } from '../api/rows';
import { noLinks, withoutLinks } from '../connection';
import { audienceId } from '../ids';
import { categoryLocator, interestId } from '../interestCategory/fields';
import { audienceLocator } from '../locators';

const interestLocator = locator({
	displayName: 'Interest',
	name: 'interest',
	description: 'The interest, by its name from the list or by its ID',
	search: 'searchInterests',
	example: 'a1b2c3d4e5',
});

const within = (item: ParameterReader) => ({
	audience: audienceId(item),
	category: interestId(item, 'category'),
});

/** https://mailchimp.com/developer/marketing/api/interests/list-interests-in-category/ */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many interests',
	description: 'Get the interests of a category, each with how many contacts have chosen it',
	fields: [audienceLocator, categoryLocator, ...limitFields],
	read: (item) => ({ ...within(item), limit: item.limit() }),
	call: ({ audience, category, limit }, client) => interestsOf(client, audience, category, limit),
});

/** https://mailchimp.com/developer/marketing/api/interests/get-interest-in-category/ */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get an interest',
	description: 'Get an interest with its name and how many contacts have chosen it',
	fields: [audienceLocator, categoryLocator, interestLocator],
	read: (item) => ({ ...within(item), interest: interestId(item, 'interest') }),
	call: async ({ audience, category, interest }, client) =>
		await client.get(
			path`/lists/${audience}/interest-categories/${category}/interests/${interest}`,
			noLinks(),
		),
});

const nameField = {
	displayName: 'Name',
	name: 'name',
	type: 'string' as const,
	required: true,
	default: '',
	placeholder: 'e.g. Product news',
	description: 'What contacts choose; no two interests of a category have the same name',
};

/** https://mailchimp.com/developer/marketing/api/interests/add-interest-in-category/ */
export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create an interest',
	description: 'Put an interest into a category',
	fields: [audienceLocator, categoryLocator, nameField],
	read: (item) => ({ ...within(item), name: item.requiredText('name') }),
	async call({ audience, category, name }, client) {
		const asked = { name, subscriber_count: '0' };
		const made = { service: 'Mailchimp', what: `the interest “${name}”`, field: 'Name' };
		return withoutLinks(
			await client.send<IDataObject>({
				method: 'POST',
				path: path`/lists/${audience}/interest-categories/${category}/interests`,
				body: { name },
				answer: ['id', 'name'],
				idempotent: false,
				async reconcile() {
					const found = await rowCalled(interestsOf(client, audience, category), 'name', name);
					return found && ownOrTheirs(found, asked, made);
				},
				manualCheck: `Look in Mailchimp whether the interest “${name}” is there.`,
			}),
		);
	},
});

/** https://mailchimp.com/developer/marketing/api/interests/update-interest-in-category/ */
export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update an interest',
	description: 'Give an interest another name; who has chosen it keeps it',
	fields: [audienceLocator, categoryLocator, interestLocator, nameField],
	read: (item) => ({
		...within(item),
		interest: interestId(item, 'interest'),
		name: item.requiredText('name'),
	}),
	call: async ({ audience, category, interest, name }, client) =>
		await change(
			client,
			path`/lists/${audience}/interest-categories/${category}/interests/${interest}`,
			{ name },
			['id', 'name'],
		),
});

/** https://mailchimp.com/developer/marketing/api/interests/delete-interest-in-category/ */
export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete an interest',
	description: 'Delete an interest, and that contacts have chosen it',
	fields: [audienceLocator, categoryLocator, interestLocator],
	asTool: false,
	read: (item) => ({ ...within(item), interest: interestId(item, 'interest') }),
	async call({ audience, category, interest }, client) {
		await client.delete(path`/lists/${audience}/interest-categories/${category}/interests/${interest}`);
		return { deleted: true, id: interest };
	},
});
