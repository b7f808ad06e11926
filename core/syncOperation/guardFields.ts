import type { INodeProperties } from 'n8n-workflow';
import { capital, type Vocabulary } from '../sync';

/** The limits that a user can change, each with the value it has when it is not added. */
export function guardFields({ records, disabled }: Vocabulary): INodeProperties {
	const Many = capital(records);
	return {
		displayName: 'Guards',
		name: 'guards',
		type: 'collection',
		placeholder: 'Change Guard',
		default: {},
		description:
			'What holds a run back when the incoming list looks broken. All are on with the values shown; add one here to change it. 0 switches it off.',
		options: [
			{
				displayName: `${Many} Lost, at Most`,
				name: 'maxLeavers',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 50,
				description: `Nobody is ${disabled} or deleted when it would be more people than this in one run`,
			},
			{
				displayName: `${Many} Lost, Percent at Most`,
				name: 'maxLeaverPercent',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: 20,
				description: `Nobody is ${disabled} or deleted when it would be more than this share of the active ${records}`,
			},
			{
				displayName: 'Bad Rows, Percent at Most',
				name: 'maxInvalidPercent',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: 20,
				description: 'Nothing at all is done when more rows than this are invalid, duplicate or in conflict',
			},
			{
				displayName: 'List Shorter, Percent at Most',
				name: 'maxShrinkPercent',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: 20,
				description: `Nothing at all is done when the list has this much fewer people than there are active ${records}: it is probably cut off`,
			},
			{
				displayName: 'Rows Expected, at Least',
				name: 'minRows',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 0,
				description: 'Nothing at all is done when fewer rows than this come in, and no approval helps',
			},
		],
	};
}
