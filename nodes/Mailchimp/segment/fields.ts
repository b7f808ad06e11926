import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { locator } from '../../../core/node/locator';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { pickedNumber } from '../ids';

export const segmentLocator = locator({
	displayName: 'Segment',
	name: 'segment',
	description: 'The segment, by its name from the list or by its number',
	search: 'searchSegments',
	example: '2905',
});

export const segmentId = (item: ParameterReader): string =>
	pickedNumber(
		item,
		'segment',
		'Choose the segment from the list, or enter its number, which Segment → Get Many shows as “id”.',
	);

/** Without it Mailchimp passes over everybody who gets no campaigns. */
export const alsoField: INodeProperties = {
	displayName: 'Also Get',
	name: 'also',
	type: 'multiOptions',
	options: [
		{ name: 'Cleaned', value: 'cleaned', description: 'Whose address does not work' },
		{
			name: 'Transactional',
			value: 'transactional',
			description: 'Who bought something, and did not subscribe',
		},
		{ name: 'Unsubscribed', value: 'unsubscribed', description: 'Who gets no campaigns any more' },
	],
	default: [],
	description: 'Contacts that Mailchimp leaves out unless they are asked for',
};

/** `include_unsubscribed` and the like. */
export const readAlso = (item: ParameterReader): IDataObject =>
	Object.fromEntries(item.list('also').map((status) => [`include_${status}`, 'true']));

export const matchField: INodeProperties = {
	displayName: 'Contacts Must Meet',
	name: 'match',
	type: 'options',
	options: [
		{ name: 'All Conditions', value: 'all' },
		{ name: 'Any Condition', value: 'any' },
	],
	default: 'all',
	description: 'How many of the conditions a contact must meet to be in the segment',
};

export const conditionsField: INodeProperties = {
	displayName: 'Conditions (JSON)',
	name: 'conditions',
	type: 'json',
	required: true,
	default:
		'{ "conditions": [{ "condition_type": "TextMerge", "field": "FNAME", "op": "is", "value": "Ana" }] }',
	description:
		'Mailchimp’s conditions, each with its type, field, operator and value. Segment → Get shows those of a segment that was made in Mailchimp.',
};

/** `options` of a saved segment (https://mailchimp.com/developer/marketing/docs/alternative-schemas/#segment-condition-schemas). */
export function readConditions(item: ParameterReader): IDataObject {
	const { conditions } = item.json('conditions');
	const isWhole =
		Array.isArray(conditions) &&
		conditions.length > 0 &&
		conditions.every((one) => typeof one === 'object' && one !== null && 'condition_type' in one);
	if (!isWhole)
		throw item.fieldError(
			'conditions',
			'has no list “conditions” of conditions with a “condition_type” each',
			'Write it like { "conditions": [{ "condition_type": "EmailAddress", "field": "EMAIL", "op": "ends", "value": "@example.com" }] }.',
		);
	return { match: item.option('match'), conditions };
}
