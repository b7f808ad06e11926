import type { INodeProperties } from 'n8n-workflow';
import {
	attachmentsOption,
	bccOption,
	ccOption,
	headersOption,
	inlineImagesOption,
	replyToOption,
} from '../../../core/mail/fields';
import { byDisplayName } from '../../../core/node/properties';

export const streamOption: INodeProperties = {
	displayName: 'Message Stream Name or ID',
	name: 'messageStream',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getSendingStreams' },
	default: 'outbound',
	description:
		'The channel the email goes through: transactional mail and broadcasts are kept apart so that one cannot harm the other. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

export const metadataOption: INodeProperties = {
	displayName: 'Metadata',
	name: 'metadata',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Entry',
	default: {},
	description: 'Your own data kept with the email, such as an order number. The recipient does not see it.',
	options: [
		{
			displayName: 'Entry',
			name: 'entry',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. order',
					description: 'Up to 20 characters',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. 4711',
					description: 'Up to 80 characters',
				},
			],
		},
	],
};

export const tagOption: INodeProperties = {
	displayName: 'Tag',
	name: 'tag',
	type: 'string',
	default: '',
	placeholder: 'e.g. welcome',
	description: 'A word to group emails by in Postmark’s statistics',
};

export const trackLinksOption: INodeProperties = {
	displayName: 'Track Links',
	name: 'trackLinks',
	type: 'options',
	options: [
		{ name: 'In HTML and Text', value: 'HtmlAndText' },
		{ name: 'In HTML Only', value: 'HtmlOnly' },
		{ name: 'In Text Only', value: 'TextOnly' },
		{ name: 'Not at All', value: 'None' },
	],
	default: 'None',
	description: 'Where links are replaced by counted ones, to see which are clicked',
};

export const trackOpensOption: INodeProperties = {
	displayName: 'Track Opens',
	name: 'trackOpens',
	type: 'boolean',
	default: false,
	description: 'Whether a small invisible image shows when the email was opened',
};

export const inlineCssOption: INodeProperties = {
	displayName: 'Inline CSS',
	name: 'inlineCss',
	type: 'boolean',
	default: true,
	description:
		'Whether the template’s style sheet is written into each element, which mail programs that ignore style sheets need',
};

const sendingOptions: INodeProperties[] = [
	attachmentsOption,
	bccOption,
	ccOption,
	headersOption,
	inlineImagesOption,
	streamOption,
	metadataOption,
	replyToOption,
	tagOption,
	trackLinksOption,
	trackOpensOption,
];

const optionsOf = (options: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	description: 'What is seldom needed: the presets suit most',
	options: byDisplayName(options),
});

/** The options of Send. */
export const sendOptions = optionsOf(sendingOptions);

/** The options of Send With Template. */
export const templateOptions = optionsOf([...sendingOptions, inlineCssOption]);

/** The options of Send Bulk, where one request carries one content for everybody. */
export const bulkOptions = optionsOf([
	{
		...attachmentsOption,
		description: `${attachmentsOption.description} They are the same for everybody: items with different files go out in requests of their own.`,
	},
	inlineImagesOption,
	bccOption,
	ccOption,
	headersOption,
	inlineCssOption,
	{
		...streamOption,
		typeOptions: { loadOptionsMethod: 'getBroadcastStreams' },
		default: 'broadcast',
		description:
			'The broadcast stream the emails go through; other kinds do not take bulk emails. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	metadataOption,
	replyToOption,
	tagOption,
	trackLinksOption,
	trackOpensOption,
]);
