import type { INodeProperties } from 'n8n-workflow';

export const triggerFields: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['bounce'],
		options: [
			{
				name: 'Bounce',
				value: 'bounce',
				description: 'An email could not be delivered, for now or for good',
			},
			{ name: 'Click', value: 'click', description: 'A recipient clicked a link; needs link tracking' },
			{
				name: 'Delivery',
				value: 'delivery',
				description: 'The recipient’s mail server has taken an email',
			},
			{
				name: 'Inbound Email',
				value: 'inbound',
				description: 'Postmark received an email for the server’s inbound address',
			},
			{ name: 'Open', value: 'open', description: 'A recipient opened an email; needs open tracking' },
			{
				name: 'Spam Complaint',
				value: 'spamComplaint',
				description: 'A recipient marked an email as spam',
			},
			{
				name: 'Subscription Change',
				value: 'subscriptionChange',
				description: 'A recipient unsubscribed or was suppressed, or gets email again',
			},
		],
		description: 'What starts the workflow',
	},
	{
		displayName: 'Message Stream Names or IDs',
		name: 'streams',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getSendingStreams' },
		default: ['outbound'],
		displayOptions: {
			show: {
				events: ['bounce', 'click', 'delivery', 'open', 'spamComplaint', 'subscriptionChange'],
			},
		},
		description:
			'Whose events to report; a webhook is made for each stream, and removed with the workflow. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'First Open Only',
		name: 'firstOpenOnly',
		type: 'boolean',
		default: true,
		displayOptions: { show: { events: ['open'] } },
		description: 'Whether to report only the first time a recipient opens an email',
	},
	{
		displayName: 'Include Content',
		name: 'includeContent',
		type: 'boolean',
		default: false,
		displayOptions: { show: { events: ['bounce', 'spamComplaint'] } },
		description: 'Whether bounces and spam complaints bring the raw text of what came back with them',
	},
	{
		displayName:
			'Emails with attachments can be large: Postmark receives up to 35 MB, and n8n takes 16 MB unless its setting N8N_PAYLOAD_SIZE_MAX is raised (to 64, say).',
		name: 'sizeNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { events: ['inbound'] } },
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		description: 'What is seldom needed: the presets suit most',
		options: [
			{
				displayName: 'Attachment Prefix',
				name: 'attachmentPrefix',
				type: 'string',
				default: 'attachment_',
				placeholder: 'e.g. attachment_',
				description:
					'How the names of the binary fields with the attachments of inbound emails begin; a number from 0 follows',
			},
			{
				displayName: 'Catch Up',
				name: 'catchUp',
				type: 'boolean',
				default: true,
				description:
					'Whether to look in Postmark for bounces, spam complaints and inbound emails that came while n8n could not be reached, and report them late',
			},
			{
				displayName: 'Replace Inbound Webhook',
				name: 'replaceInboundHook',
				type: 'boolean',
				default: false,
				description:
					'Whether to take over inbound emails when the server hands them to another address already. The other address is put back when the workflow is switched off.',
			},
		],
	},
];
