import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { isLike, loadOptions } from '../../../core/node/loadOptions';
import { listMergeFields, type MergeField } from '../api/audiences';
import { mailchimp } from '../connection';
import { chosenAudience } from './lists';
import { ADDRESS_PARTS, idOf } from '../member/mergeValues';

/** Every merge field of the audience, in the form of its type. */
export async function getMergeFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const audience = chosenAudience(this);
	if (audience === '') return { fields: [] };
	return await loadOptions(this, mailchimp, async (client) => ({
		fields: (await listMergeFields(client, audience)).flatMap(fieldsOf),
	}));
}

function fieldsOf(field: MergeField): ResourceMapperField[] {
	const { tag, name, type, required, options } = field;
	const entry = (
		id: string,
		displayName: string,
		more: Partial<ResourceMapperField> = {},
	): ResourceMapperField => ({
		id,
		displayName,
		// Whether a contact must have it is Mailchimp's to say: who is there already may have it.
		required: false,
		defaultMatch: false,
		display: true,
		type: 'string',
		...more,
	});
	const label = `${name} (${tag}${required ? ', required' : ''})`;
	switch (type) {
		case 'address':
			return ADDRESS_PARTS.map(([part, title]) => entry(idOf(tag, part), `${label}: ${title}`));
		case 'number':
			return [entry(tag, label, { type: 'number' })];
		case 'date':
			return [entry(idOf(tag, 'date'), label, { type: 'dateTime' })];
		case 'birthday':
			return [entry(idOf(tag, 'birthday'), `${label}: MM/DD`)];
		case 'url':
		case 'imageurl':
			return [entry(tag, label, { type: 'url' })];
		case 'radio':
		case 'dropdown':
			return [
				entry(tag, label, {
					type: 'options',
					options: (options?.choices ?? []).map((choice) => ({ name: choice, value: choice })),
				}),
			];
		default:
			return [entry(tag, label)];
	}
}

export async function searchMergeFields(
	this: ILoadOptionsFunctions,
	search = '',
): Promise<INodeListSearchResult> {
	const audience = chosenAudience(this);
	if (audience === '') return { results: [] };
	return await loadOptions(this, mailchimp, async (client) => ({
		results: (await listMergeFields(client, audience))
			.map(({ merge_id: id, name, tag }) => ({ name: `${name} (${tag})`, value: String(id) }))
			.filter(isLike(search)),
	}));
}
