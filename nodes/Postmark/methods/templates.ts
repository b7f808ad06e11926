import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { isLike, loadOptions } from '../../../core/node/loadOptions';
import { postmark } from '../connection';
import { getTemplate, templates, validateTemplate, type Template } from '../template/model';

/** The templates that emails can be sent with. */
export async function searchTemplates(
	this: ILoadOptionsFunctions,
	search?: string,
): Promise<INodeListSearchResult> {
	return await list(this, 'Standard', search);
}

export async function searchTemplatesAndLayouts(
	this: ILoadOptionsFunctions,
	search?: string,
): Promise<INodeListSearchResult> {
	return await list(this, 'All', search);
}

/** Templates name their layout by its alias, so a layout without one cannot be chosen. */
export async function getLayouts(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await loadOptions(this, postmark, async (client) => [
		{ name: 'No Layout', value: '' },
		...(await all(client, 'Layout'))
			.filter(({ Alias }) => Boolean(Alias))
			.map(({ Name, Alias }) => ({ name: Name, value: Alias! })),
	]);
}

/** The placeholders of the chosen template, as the fields of the form. */
export async function getTemplatePlaceholders(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const chosen = this.getCurrentNodeParameter('template', { extractValue: true });
	const id = chosen === undefined || chosen === null ? '' : String(chosen).trim();
	if (id === '' || id.startsWith('='))
		return {
			fields: [],
			emptyFieldsNotice:
				id === ''
					? 'Choose a template first.'
					: 'The template comes from an expression, so its placeholders are not known here. Use “As JSON”.',
		};
	return await loadOptions(this, postmark, async (client) => {
		const { Subject, HtmlBody, TextBody, TemplateType, LayoutTemplate } = await getTemplate(client, id);
		const parts = { Subject, HtmlBody, TextBody, TemplateType, LayoutTemplate };
		const { SuggestedTemplateModel } = await validateTemplate(client, parts);
		const fields = placeholdersOf(SuggestedTemplateModel ?? {});
		return {
			fields,
			...(fields.length > 0 ? {} : { emptyFieldsNotice: 'This template has no placeholders.' }),
		};
	});
}

/** `{ name: …, company: { city: … }, items: [ … ] }` → name, company.city, items. */
function placeholdersOf(model: IDataObject, prefix = ''): ResourceMapperField[] {
	return Object.entries(model).flatMap(([name, value]): ResourceMapperField[] => {
		const id = `${prefix}${name}`;
		if (typeof value === 'object' && value !== null && !Array.isArray(value))
			return placeholdersOf(value as IDataObject, `${id}.`);
		return [
			{
				id,
				displayName: Array.isArray(value) ? `${id} (list)` : id,
				required: false,
				defaultMatch: false,
				display: true,
				type: Array.isArray(value) ? 'array' : 'string',
			},
		];
	});
}

async function list(
	context: ILoadOptionsFunctions,
	type: 'All' | 'Standard',
	search = '',
): Promise<INodeListSearchResult> {
	return await loadOptions(context, postmark, async (client) => ({
		results: (await all(client, type))
			.map(({ Name, Alias, TemplateId, TemplateType }) => ({
				name: `${Name}${Alias ? ` (${Alias})` : ''}${TemplateType === 'Layout' ? ', layout' : ''}`,
				// The alias stays the same when templates are copied to another server.
				value: Alias || String(TemplateId),
			}))
			.filter(isLike(search)),
	}));
}

async function all(client: Client, TemplateType: 'All' | 'Standard' | 'Layout'): Promise<Template[]> {
	const found: Template[] = [];
	for await (const row of client.pages('/templates', templates, { TemplateType }))
		found.push(row as Template);
	return found.sort((a, b) => a.Name.localeCompare(b.Name));
}
