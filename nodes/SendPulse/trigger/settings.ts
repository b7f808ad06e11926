import type { IDataObject, IHookFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import { invalidInput } from '../../../core/errors';
import { EMAIL_EVENTS, SMTP_EVENTS } from './fields';

export interface Settings {
	/** The mailing service registers webhooks through the API; those of the SMTP service are entered by hand. */
	service: 'email' | 'smtp';
	/** In SendPulse's own words. */
	events: string[];
	catchUp: boolean;
}

export function settingsOf(context: IHookFunctions | ITriggerFunctions | IWebhookFunctions): Settings {
	const service = context.getNodeParameter('service', 'email') === 'smtp' ? 'smtp' : 'email';
	const [name, known] =
		service === 'smtp' ? (['smtpEvents', SMTP_EVENTS] as const) : (['events', EMAIL_EVENTS] as const);
	const events = context.getNodeParameter(name, []) as string[];
	const odd = events.find((event) => !known.some(({ value }) => value === event));
	if (odd !== undefined)
		throw invalidInput('Events', `'Events' has “${odd}”, which is not one`, 'Choose from the list.');
	if (events.length === 0)
		throw invalidInput('Events', "'Events' is empty", 'Choose what should start the workflow.');
	const options = context.getNodeParameter('options', {}) as IDataObject;
	return { service, events: [...new Set(events)], catchUp: service === 'smtp' && options.catchUp !== false };
}
