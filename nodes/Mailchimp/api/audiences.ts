import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { listOf, noLinks } from '../connection';
import { allRows } from './rows';

export interface MergeField {
	merge_id: number;
	tag: string;
	name: string;
	type: string;
	required: boolean;
	options?: { choices?: string[] };
}

/** All of them: without `count` Mailchimp gives ten. */
export const listAudiences = async (client: Client) =>
	await allRows<{ id: string; name: string; stats?: { member_count?: number } }>(
		client.pages('/lists', listOf('lists'), {
			fields: 'lists.id,lists.name,lists.stats.member_count,total_items',
		}),
	);

/** https://mailchimp.com/developer/marketing/api/list-merges/list-merge-fields/ */
export const mergeFieldsOf = (client: Client, audience: string, limit?: number) =>
	client.pages(path`/lists/${audience}/merge-fields`, listOf('merge_fields'), noLinks('merge_fields'), limit);

export const listMergeFields = async (client: Client, audience: string) =>
	await allRows<MergeField>(mergeFieldsOf(client, audience));

/** https://mailchimp.com/developer/marketing/api/interest-categories/list-interest-categories/ */
export const categoriesOf = (client: Client, audience: string, limit?: number) =>
	client.pages(
		path`/lists/${audience}/interest-categories`,
		listOf('categories'),
		noLinks('categories'),
		limit,
	);

export const listCategories = async (client: Client, audience: string) =>
	(await allRows<{ id: string; title: string }>(categoriesOf(client, audience))).map(({ id, title }) => ({
		id,
		name: title,
	}));

/** https://mailchimp.com/developer/marketing/api/interests/list-interests-in-category/ */
export const interestsOf = (client: Client, audience: string, category: string, limit?: number) =>
	client.pages(
		path`/lists/${audience}/interest-categories/${category}/interests`,
		listOf('interests'),
		noLinks('interests'),
		limit,
	);

export const listInterestsOf = async (client: Client, audience: string, category: string) =>
	await allRows<{ id: string; name: string }>(interestsOf(client, audience, category));

/** Interests with the name of their category. */
export async function listInterests(client: Client, audience: string) {
	const lists = await Promise.all(
		(await listCategories(client, audience)).map(async ({ id, name: title }) =>
			(await listInterestsOf(client, audience, id)).map((one) => ({
				id: one.id,
				name: `${title}: ${one.name}`,
			})),
		),
	);
	return lists.flat();
}

interface Permissions {
	marketing_permissions?: Array<{ marketing_permission_id: string; text: string }>;
}

/**
 * What contacts can agree to. Only contacts say it, each of all (`marketing_permissions` of
 * https://mailchimp.com/developer/marketing/api/list-members/list-members-info/): an audience without GDPR fields, or without
 * any contact, has none to show.
 */
export async function listPermissions(client: Client, audience: string) {
	const { members } = await client.get<{ members?: Permissions[] }>(path`/lists/${audience}/members`, {
		count: 1,
		fields: 'members.marketing_permissions',
	});
	return (members?.[0]?.marketing_permissions ?? []).map(({ marketing_permission_id: id, text }) => ({
		id,
		name: text,
	}));
}

export const newestCampaigns = async (client: Client) =>
	await allRows<{ id: string; status: string; settings?: { title?: string; subject_line?: string } }>(
		client.pages(
			'/campaigns',
			listOf('campaigns'),
			{
				sort_field: 'create_time',
				sort_dir: 'DESC',
				fields:
					'campaigns.id,campaigns.status,campaigns.settings.title,campaigns.settings.subject_line,total_items',
			},
			100,
		),
	);
