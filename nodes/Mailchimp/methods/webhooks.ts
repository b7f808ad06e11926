import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { maskedAddress } from '../../../core/webhook/address';
import { isLike, loadOptions } from '../../../core/node/loadOptions';
import { listWebhooks } from '../api/webhooks';
import { mailchimp } from '../connection';
import { chosenAudience } from './lists';

/** The webhooks of the audience that is chosen in the form, by their URLs, in which secrets are masked. */
export async function searchWebhooks(
	this: ILoadOptionsFunctions,
	search = '',
): Promise<INodeListSearchResult> {
	const audience = chosenAudience(this);
	if (audience === '') return { results: [] };
	return await loadOptions(this, mailchimp, async (client) => ({
		results: (await listWebhooks(client, audience))
			.map(({ id, url }) => ({ name: maskedAddress(url), value: id }))
			.filter(isLike(search)),
	}));
}
