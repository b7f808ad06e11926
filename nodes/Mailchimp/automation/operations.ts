import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { postTraceless } from '../api/traceless';
import { listOf, noLinks, withoutLinks } from '../connection';
import { filtersOf, queryOf } from '../filters';
import { readAddress } from '../ids';
import { emailField } from '../member/fields';

const contactField: INodeProperties = {
	...emailField,
	description: 'The address of a contact of the audience that the automation is for',
};

const STEP = /\/journeys\/(\d{1,15})\/steps\/(\d{1,15})\/actions\/trigger\/?$/;

/** @returns the address below `/3.0` */
function stepPath(item: ParameterReader): string {
	const url = item.requiredText('stepUrl');
	const [, journey, step] = STEP.exec(url) ?? [];
	if (journey === undefined || step === undefined)
		throw item.fieldError(
			'stepUrl',
			`is not the URL of a step: “${url}”`,
			'Copy it from the step “API trigger” of the journey in Mailchimp. It ends with /journeys/1/steps/2/actions/trigger.',
		);
	return path`/customer-journeys/journeys/${journey}/steps/${step}/actions/trigger`;
}

/** https://mailchimp.com/developer/marketing/api/customer-journeys-journeys-steps-actions/customer-journeys-api-trigger-for-a-contact/ */
export const triggerStep = perItem({
	name: 'Trigger Journey Step',
	value: 'triggerStep',
	action: 'Trigger a step of a journey',
	description: 'Let a contact enter a journey, or go on in it, where a step waits for a call',
	fields: [
		{
			displayName: 'URL of the Step',
			name: 'stepUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder:
				'e.g. https://us19.api.mailchimp.com/3.0/customer-journeys/journeys/1/steps/2/actions/trigger',
			description:
				'What Mailchimp shows in the step that waits for an API call. It is asked in the account of the credential.',
		},
		contactField,
	],
	read: (item) => ({ step: stepPath(item), email: readAddress(item) }),
	async call({ step, email }, client) {
		await postTraceless(client, {
			path: step,
			body: { email_address: email },
			unknown: 'whether the contact has entered the journey',
			check: 'Look at the journey in Mailchimp whether the contact has entered it.',
		});
		return { triggered: true, email_address: email };
	},
});

const automationField: INodeProperties = {
	displayName: 'Automation ID',
	name: 'automationId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 57afe96172',
	description: 'The ID of a classic automation, which Automation → Get Many gives',
};

const emailIdField: INodeProperties = {
	displayName: 'Automation Email ID',
	name: 'emailId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. a87de7d1e5',
	description: 'The ID of one of its emails, which Automation → Get Emails gives',
};

function readId(item: ParameterReader, name: string, source: string): string {
	const id = item.requiredText(name);
	if (!/^\w{1,40}$/.test(id))
		throw item.fieldError(name, `is not an ID: “${id}”`, `${source} shows it as “id”.`);
	return id;
}

const automationId = (item: ParameterReader) => readId(item, 'automationId', 'Automation → Get Many');

/** https://mailchimp.com/developer/marketing/api/automation-email-queues/add-subscriber-to-workflow-email/ */
export const addToQueue = perItem({
	name: 'Add to Queue',
	value: 'addToQueue',
	action: 'Add a contact to the queue of an automation',
	description: 'Let a contact get an email of a classic automation, and those that follow it',
	fields: [automationField, emailIdField, contactField],
	read: (item) => ({
		automation: automationId(item),
		email: readId(item, 'emailId', 'Automation → Get Emails'),
		address: readAddress(item),
	}),
	async call({ automation, email, address }, client) {
		const queue = path`/automations/${automation}/emails/${email}/queue`;
		return withoutLinks(
			await client.send<IDataObject>({
				method: 'POST',
				path: queue,
				body: { email_address: address },
				answer: ['id', 'email_address'],
				idempotent: false,
				reconcile: async () => await inQueue(client, queue, address),
				manualCheck: 'Look at the queue of the email in Mailchimp whether the contact is in it.',
			}),
		);
	},
});

/** Each contact is in it once: who was there before is refused by Mailchimp, so whoever is there was put there by this call. */
async function inQueue(client: Client, queue: string, address: string): Promise<IDataObject | undefined> {
	const { queue: rows } = await client.get<{ queue?: IDataObject[] }>(queue);
	return rows?.find(({ email_address: one }) => String(one).toLowerCase() === address.toLowerCase());
}

/** https://mailchimp.com/developer/marketing/api/automation/list-automations/ */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many automations',
	description: 'Get the classic automations of the account; journeys are not among them',
	fields: [
		...limitFields,
		filtersOf([
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: [
					{ name: 'Paused', value: 'paused' },
					{ name: 'Saved', value: 'save' },
					{ name: 'Sending', value: 'sending' },
				],
				default: 'sending',
				description: 'Only automations in this state',
			},
		]),
	],
	read: (item) => ({
		limit: item.limit(),
		query: queryOf(item.collection('filters'), { status: 'status' }),
	}),
	call: ({ limit, query }, client) =>
		client.pages('/automations', listOf('automations'), { ...query, ...noLinks('automations') }, limit),
});

/** https://mailchimp.com/developer/marketing/api/automation-email/list-automated-emails/: all of them, without pages. */
export const getEmails = perItem({
	name: 'Get Emails',
	value: 'getEmails',
	action: 'Get the emails of an automation',
	description: 'Get the emails of a classic automation, in their order',
	fields: [automationField],
	read: automationId,
	async call(id, client) {
		const { emails = [] } = await client.get<{ emails?: IDataObject[] }>(path`/automations/${id}/emails`);
		return emails.map(withoutLinks);
	},
});
