import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { perItem } from '../../../core/node/operation';
import { anyTemplateLocator, htmlField, layoutField, subjectField, textField, typeField } from './fields';
import { getTemplate, PARTS, validateTemplate, type Validation } from './model';
import { readTemplate } from './write';

const SAVED = { show: { source: ['saved'] } };
const GIVEN = { show: { source: ['given'] } };

/** What the parts of a template are called in the editor. */
const LABELS = { Subject: 'Subject', HtmlBody: 'HTML Body', TextBody: 'Text Body' } as const;

/** https://postmarkapp.com/developer/api/templates-api#validate-template */
export const validate = perItem({
	name: 'Validate',
	value: 'validate',
	action: 'Validate a template',
	description: 'Find mistakes in a template, and see what an email made with it looks like; nothing is sent',
	fields: [
		{
			displayName: 'What to Check',
			name: 'source',
			type: 'options',
			options: [
				{ name: 'A Template on the Server', value: 'saved' },
				{ name: 'Words Given Here', value: 'given' },
			],
			default: 'saved',
			description: 'Whether the template is already in Postmark, or is written here before it goes there',
		},
		{ ...anyTemplateLocator, displayOptions: SAVED },
		{ ...typeField, displayOptions: GIVEN, description: 'Whether it is an email or the frame around emails' },
		{ ...subjectField, displayOptions: { show: { source: ['given'], templateType: ['Standard'] } } },
		{ ...htmlField, displayOptions: GIVEN },
		{ ...textField, displayOptions: GIVEN },
		{
			displayName: 'Sample Values (JSON)',
			name: 'sample',
			type: 'json',
			default: '{}',
			description:
				'A JSON object with values for the placeholders, to see the email with them. What is missing is made up by Postmark.',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			description: 'What is seldom needed: the presets suit most',
			options: [
				{
					displayName: 'Inline CSS',
					name: 'inlineCss',
					type: 'boolean',
					default: true,
					description: 'Whether the style sheet is written into each element of the sample email',
				},
				{ ...layoutField, displayOptions: { show: { '/source': ['given'] } } },
			],
		},
	],
	read(item) {
		const options = item.collection('options');
		const test = {
			TestRenderModel: item.json('sample'),
			...(options.has('inlineCss') && { InlineCssForHtmlTestRender: options.boolean('inlineCss') }),
		};
		if (item.text('source') !== 'given') return { saved: item.resourceId('template'), test };
		const TemplateType = item.text('templateType') || 'Standard';
		const isLayout = TemplateType === 'Layout';
		const words = readTemplate(item, isLayout ? ['html', 'text'] : ['subject', 'html', 'text']);
		if (Object.keys(words).length === 0)
			throw item.fieldError('html', 'and the other fields are all empty', 'Fill in at least one of them.');
		const layout = isLayout ? {} : readTemplate(options, ['layout']);
		return { given: { TemplateType, ...words, ...layout }, test };
	},
	async call({ saved, given, test }, client) {
		const words = given ?? (await wordsOf(saved!, client));
		return report(await validateTemplate(client, { ...words, ...test }));
	},
});

async function wordsOf(idOrAlias: string, client: Client): Promise<IDataObject> {
	const { Subject, HtmlBody, TextBody, TemplateType, LayoutTemplate } = await getTemplate(client, idOrAlias);
	return { Subject, HtmlBody, TextBody, TemplateType, LayoutTemplate };
}

/** The verdict, each mistake as a sentence, the sample email, and the values that the template asks for. */
function report(validation: Validation): IDataObject {
	const errors = PARTS.flatMap((part) =>
		(validation[part]?.ValidationErrors ?? []).map(({ Message, Line, CharacterPosition }) => ({
			part: LABELS[part],
			line: Line,
			character: CharacterPosition,
			message: Message,
			text: `${LABELS[part]}, line ${Line ?? '?'}, character ${CharacterPosition ?? '?'}: ${Message ?? 'not valid'}`,
		})),
	);
	return {
		valid: validation.AllContentIsValid,
		errors,
		subject: validation.Subject?.RenderedContent ?? null,
		html: validation.HtmlBody?.RenderedContent ?? null,
		text: validation.TextBody?.RenderedContent ?? null,
		suggestedModel: validation.SuggestedTemplateModel ?? {},
	};
}
