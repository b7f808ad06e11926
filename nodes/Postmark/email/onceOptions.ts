import type { INodeProperties } from 'n8n-workflow';

const OWN_KEY = { show: { preventDoubleSending: ['key'] } };

export const onceKeyField: INodeProperties = {
	displayName: 'Double-Sending Key',
	name: 'onceKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.orderNumber }}',
	displayOptions: OWN_KEY,
	description:
		'What makes this email one of a kind, such as the order number. It counts for this node only: another node may use the same key. The same key for an email to somebody else, or with another subject or template, is refused.',
};

/** The options by which Send and Send With Template send nothing twice; `once.ts` reads them. */
export const onceOptions: INodeProperties[] = [
	{
		displayName: 'Prevent Double Sending',
		name: 'preventDoubleSending',
		type: 'options',
		options: [
			{
				name: 'By Execution and Item',
				value: 'execution',
				description:
					'Protects one execution: when the connection breaks, n8n retries the node, or n8n restarts in the middle. “Retry execution” in n8n is a new execution and sends again.',
			},
			{
				name: 'By Own Key',
				value: 'key',
				description:
					'Protects across executions too: an email whose key was sent before is not sent again, whoever starts the workflow and how often',
			},
			{ name: 'None', value: 'none', description: 'Every item that arrives is sent' },
		],
		default: 'none',
		description:
			'Whether to look in Postmark’s list of sent emails before sending, so that nobody gets an email twice. It costs a request or a few per run. Items that were sent earlier come out with “alreadySent”. Two entries of the metadata are used for it.',
	},
	onceKeyField,
	{
		displayName: 'Look Back (Days)',
		name: 'lookBackDays',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 45 },
		default: 2,
		displayOptions: OWN_KEY,
		description:
			'How many days back an earlier email with the same key counts. Postmark keeps emails for 45 days; a shorter time is quicker to search.',
	},
];
