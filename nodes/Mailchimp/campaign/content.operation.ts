import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { noLinks, withoutLinks } from '../connection';
import { templateId, templateLocator } from '../template/fields';
import { campaignId, campaignLocator } from './fields';

/** https://mailchimp.com/developer/marketing/api/campaign-content/get-campaign-content/ */
export const getContent = perItem({
	name: 'Get Content',
	value: 'getContent',
	action: 'Get the content of a campaign',
	description: 'Get the words of a campaign, as HTML and as plain text',
	fields: [campaignLocator],
	read: campaignId,
	call: async (id, client) => ({
		id,
		...(await client.get<IDataObject>(path`/campaigns/${id}/content`, noLinks())),
	}),
});

/** https://mailchimp.com/developer/marketing/api/campaign-content/set-campaign-content/ */
export const setContent = perItem({
	name: 'Set Content',
	value: 'setContent',
	action: 'Set the content of a campaign',
	description: 'Give a draft its words: as HTML, as plain text, or in the sections of a template',
	fields: [
		campaignLocator,
		{
			displayName: 'Content',
			name: 'source',
			type: 'options',
			options: [
				{ name: 'HTML', value: 'html' },
				{ name: 'Plain Text', value: 'text' },
				{ name: 'Template', value: 'template', description: 'Its editable sections are filled in' },
			],
			default: 'html',
			description: 'Where the words come from',
		},
		{
			displayName: 'HTML',
			name: 'html',
			type: 'string',
			typeOptions: { rows: 6 },
			required: true,
			default: '',
			placeholder: 'e.g. <h1>News</h1> … <a href="*|UNSUB|*">Unsubscribe</a>',
			displayOptions: { show: { source: ['html'] } },
			description: 'The whole email; Mailchimp wants *|UNSUB|* in it, or adds a footer',
		},
		{
			displayName: 'Plain Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 6 },
			default: '',
			placeholder: 'e.g. News of November …',
			displayOptions: { show: { source: ['html', 'text'] } },
			description: 'What readers without HTML see; Mailchimp makes it of the HTML when it is empty',
		},
		{ ...templateLocator, displayOptions: { show: { source: ['template'] } } },
		{
			displayName: 'Sections (JSON)',
			name: 'sections',
			type: 'json',
			default: '{}',
			displayOptions: { show: { source: ['template'] } },
			description:
				'HTML by the name of the section: { "header": "<h1>News</h1>" }. Template → Get Sections shows the names; the others stay as they are.',
		},
	],
	read: (item) => ({ id: campaignId(item), body: readContent(item) }),
	call: async ({ id, body }, client) => ({
		id,
		...withoutLinks(
			await client.send<IDataObject>({
				method: 'PUT',
				path: path`/campaigns/${id}/content`,
				body,
				answer: ['plain_text', 'html', 'archive_html'],
				idempotent: true,
			}),
		),
	}),
});

function readContent(item: ParameterReader): IDataObject {
	const source = item.option('source');
	if (source === 'template') {
		return { template: { id: templateId(item), sections: item.json('sections') } };
	}
	if (source === 'text') return { plain_text: item.requiredText('text') };
	const text = item.text('text');
	return { html: item.requiredText('html'), ...(text === '' ? {} : { plain_text: text }) };
}
