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
	if (service === 'smtp') demandKey(context.getNodeParameter('key', '') as string);
	const options = context.getNodeParameter('options', {}) as IDataObject;
	return { service, events: [...new Set(events)], catchUp: service === 'smtp' && options.catchUp !== false };
}

/** SendPulse proves itself by nothing but the address. The rest of it may be known: workflows are shared as files. */
function demandKey(key: string): void {
	if (!/^[\w-]{20,200}$/.test(key))
		throw invalidInput(
			'Key',
			key === '' ? "'Key' is empty" : "'Key' is too short, or has other signs than letters, digits, - and _",
			'Enter 20 random letters and digits at least, such as “openssl rand -hex 24” gives, and the new address in SendPulse.',
		);
}
