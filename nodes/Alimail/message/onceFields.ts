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
		'What makes this message one of a kind, such as the order number. It counts for this node and mailbox only. The same key for a message to somebody else, or with another subject, is refused.',
};

/** The fields by which Send sends nothing twice. */
export const onceFields: INodeProperties[] = [
	{
		displayName: 'Prevent Double Sending',
		name: 'preventDoubleSending',
		type: 'options',
		options: [
			{
				name: 'By Execution and Item',
				value: 'execution',
				description: 'Within one execution: retries of the node, a restart of n8n',
			},
			{
				name: 'By Own Key',
				value: 'key',
				description: 'In all executions: a message whose key was sent before is not sent again',
			},
			{ name: 'None', value: 'none', description: 'Every item that arrives is sent' },
		],
		default: 'none',
		description:
			'Whether to look among the sent messages of the mailbox before sending, so that nobody gets a message twice. A header line of the message is used for it. Broken connections never send a message twice, whatever is chosen here. “Retry execution” in n8n is a new execution: only By Own Key protects there.',
	},
	onceKeyField,
	{
		displayName: 'Look Back (Days)',
		name: 'lookBackDays',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 90 },
		default: 2,
		displayOptions: OWN_KEY,
		description:
			'How many days back an earlier message with the same key counts. A shorter time is quicker to look through.',
	},
];
