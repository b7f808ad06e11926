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

/**
 * The fields by which Send and Send With Template send nothing twice; `once.ts` reads them. They stand beside one another,
 * and not among the options, where each would have to be found and added by itself.
 */
export const onceFields: INodeProperties[] = [
	{
		displayName: 'Prevent Double Sending',
		name: 'preventDoubleSending',
		type: 'options',
		options: [
			{
				name: 'By Execution and Item',
				value: 'execution',
				description: 'Within one execution: broken connections, retries of the node, a restart of n8n',
			},
			{
				name: 'By Own Key',
				value: 'key',
				description: 'In all executions: an email whose key was sent before is not sent again',
			},
			{ name: 'None', value: 'none', description: 'Every item that arrives is sent' },
		],
		default: 'none',
		description:
			'Whether to look in Postmark’s list of sent emails before sending, so that nobody gets an email twice. It costs a request or a few per run. Items that were sent earlier come out with “alreadySent”. Two entries of the metadata are used for it. “Retry execution” in n8n is a new execution: only By Own Key protects there.',
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
	{
		displayName: 'Wait for the List (Seconds)',
		name: 'searchWait',
		type: 'number',
		typeOptions: { minValue: 15, maxValue: 300 },
		default: 15,
		displayOptions: { show: { preventDoubleSending: ['execution', 'key'] } },
		description:
			'How long Postmark’s list of sent emails may be behind. When an answer got lost, an email that is not in it by then counts as not sent, and is sent again.',
	},
];
