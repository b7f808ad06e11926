import type { ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';
import { isLike, loadOptions } from '../../../core/node/loadOptions';
import { counted } from '../../../core/text';
import type { Client } from '../../../core/http/client';
import {
	listAudiences,
	listCategories,
	listInterests,
	listInterestsOf,
	listPermissions,
	newestCampaigns,
} from '../api/audiences';
import { allSegments } from '../api/segments';
import { mailchimp } from '../connection';

export async function searchAudiences(
	this: ILoadOptionsFunctions,
	search = '',
): Promise<INodeListSearchResult> {
	return await loadOptions(this, mailchimp, async (client) => ({
		results: (await listAudiences(client))
			.map(({ id, name, stats }) => ({
				name: `${name} (${counted(Number(stats?.member_count ?? 0), 'subscribed contact')})`,
				value: id,
			}))
			.filter(isLike(search)),
	}));
}

/** The audience that is chosen in the form; '' while none is. */
export const chosenAudience = (context: ILoadOptionsFunctions): string =>
	String(context.getCurrentNodeParameter('audience', { extractValue: true }) ?? '');

type Named = { id: string; name: string };

const optionsOf = async (
	context: ILoadOptionsFunctions,
	rows: (client: Client, audience: string) => Promise<Named[]>,
): Promise<INodePropertyOptions[]> => {
	const audience = chosenAudience(context);
	if (audience === '') return [];
	return await loadOptions(context, mailchimp, async (client) =>
		(await rows(client, audience)).map(({ id, name }) => ({ name, value: id })),
	);
};

export async function getCategories(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await optionsOf(this, listCategories);
}

export async function getInterests(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await optionsOf(this, listInterests);
}

export async function getPermissions(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await optionsOf(this, listPermissions);
}

export async function searchTags(this: ILoadOptionsFunctions, search = ''): Promise<INodeListSearchResult> {
	return await listed(
		this,
		search,
		async (client, audience) => await allSegments(client, audience, 'static'),
	);
}

const listed = async (
	context: ILoadOptionsFunctions,
	search: string,
	rows: (client: Client, audience: string) => Promise<Array<{ id: string | number; name: string }>>,
): Promise<INodeListSearchResult> => {
	const audience = chosenAudience(context);
	if (audience === '') return { results: [] };
	return await loadOptions(context, mailchimp, async (client) => ({
		results: (await rows(client, audience))
			.map(({ id, name }) => ({ name, value: String(id) }))
			.filter(isLike(search)),
	}));
};

export async function searchCategories(this: ILoadOptionsFunctions, search = '') {
	return await listed(this, search, listCategories);
}

export async function searchInterests(this: ILoadOptionsFunctions, search = '') {
	const category = String(this.getCurrentNodeParameter('category', { extractValue: true }) ?? '');
	if (category === '') return { results: [] };
	return await listed(
		this,
		search,
		async (client, audience) => await listInterestsOf(client, audience, category),
	);
}

export async function searchSegments(this: ILoadOptionsFunctions, search = '') {
	return await listed(this, search, async (client, audience) => await allSegments(client, audience, 'saved'));
}

/** The newest hundred: whoever needs an older one enters its ID. */
export async function searchCampaigns(
	this: ILoadOptionsFunctions,
	search = '',
): Promise<INodeListSearchResult> {
	return await loadOptions(this, mailchimp, async (client) => ({
		results: (await newestCampaigns(client))
			.map(({ id, status, settings: { title, subject_line: subject } = {} }) => ({
				name: `${title || subject || 'Untitled'} (${status === 'save' ? 'draft' : status})`,
				value: id,
			}))
			.filter(isLike(search)),
	}));
}
