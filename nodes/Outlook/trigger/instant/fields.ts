import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { triggerFields } from '../fields';

/** The fields of the trigger that looks at set times, without what Outlook does not tell by itself: what is about to start. */
export const instantFields: INodeProperties[] = triggerFields
	.filter(({ name }) => name !== 'minutes')
	.map((field) => {
		if (field.name === 'event')
			return {
				...field,
				options: (field.options as INodePropertyOptions[]).filter(({ value }) => value !== 'eventStarting'),
			};
		if (field.name === 'mailbox')
			return {
				...field,
				description:
					'Whose mailbox to watch. Empty is your own, and as a person it can be no other one: of others Outlook tells only an app.',
			};
		return field;
	});
