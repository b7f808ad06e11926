import type { ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';
import { loadOptions } from '../../../core/node/loadOptions';
import { counted } from '../../../core/text';
import { listAudiences, listInterests, listTags } from '../api/audiences';
import { mailchimp } from '../connection';

export async function searchAudiences(
	this: ILoadOptionsFunctions,
	search = '',
): Promise<INodeListSearchResult> {
	const wanted = search.toLocaleLowerCase();
	return await loadOptions(this, mailchimp, async (client) => ({
		results: (await listAudiences(client))
			.map(({ id, name, stats }) => ({
				name: `${name} (${counted(Number(stats?.member_count ?? 0), 'subscribed contact')})`,
				value: id,
			}))
			.filter(({ name }) => name.toLocaleLowerCase().includes(wanted)),
	}));
}

/** The audience that is chosen in the form; '' while none is. */
export const chosenAudience = (context: ILoadOptionsFunctions): string =>
	String(context.getCurrentNodeParameter('audience', { extractValue: true }) ?? '');

export async function getInterests(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const audience = chosenAudience(this);
	if (audience === '') return [];
	return await loadOptions(this, mailchimp, async (client) =>
		(await listInterests(client, audience)).map(({ id, name }) => ({ name, value: id })),
	);
}

export async function searchTags(this: ILoadOptionsFunctions, search = ''): Promise<INodeListSearchResult> {
	const audience = chosenAudience(this);
	if (audience === '') return { results: [] };
	const wanted = search.toLocaleLowerCase();
	return await loadOptions(this, mailchimp, async (client) => ({
		results: (await listTags(client, audience))
			.map(({ id, name }) => ({ name, value: String(id) }))
			.filter(({ name }) => name.toLocaleLowerCase().includes(wanted)),
	}));
}
