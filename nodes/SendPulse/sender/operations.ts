import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../core/errors';
import { path } from '../../../core/http/path';
import { ownOrTheirs } from '../../../core/http/wasThere';
import { perItem } from '../../../core/node/operation';
import { senderOf, sendersOf } from '../api/senders';
import { DONE } from '../connection';
import { emailField, readEmail } from '../contact/fields';
import { senderLocator } from '../locators';

export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many senders',
	description: 'Get the senders of the account, and whether they are confirmed',
	fields: [],
	read: () => undefined,
	call: async (_, client) => await sendersOf(client),
});

export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a sender',
	description: 'Add a sender address, which then has to be confirmed by a code',
	fields: [
		{ ...emailField, description: 'The address; SendPulse does not take those of free mail services' },
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Example Shop',
			description: 'The name that recipients see',
		},
	],
	read: (item) => ({ email: readEmail(item), name: item.requiredText('name') }),
	call: async (sender, client) => ({
		...sender,
		...(await client.send({
			method: 'POST',
			path: '/senders',
			body: sender,
			answer: DONE,
			idempotent: false,
			async reconcile() {
				const found = await senderOf(sender.email, client);
				const made = { service: 'SendPulse', what: `the sender ${sender.email}`, field: 'Email Address' };
				return found && ownOrTheirs(found, sender, made);
			},
			manualCheck: `Look in SendPulse (Service settings → Senders) whether ${sender.email} is there.`,
		})),
	}),
});

export const sendCode = perItem({
	name: 'Request Code',
	value: 'requestCode',
	action: 'Request a confirmation code',
	description: 'Have SendPulse mail a confirmation code to the address, at most every 15 minutes',
	fields: [senderLocator],
	read: (item) => item.resourceId('sender'),
	async call(email, client) {
		let tries = 0;
		try {
			// SendPulse sends it on a GET.
			const answer = await client.send<IDataObject>({
				path: path`/senders/${email}/code`,
				answer: DONE,
				onAttempt: () => tries++,
			});
			if (answer.result === false)
				throw new ServiceError({
					message: 'SendPulse says that it did not send a code',
					remedy: 'Look in SendPulse whether the sender is confirmed already.',
					outcome: 'refused',
				});
			return { ...answer, email };
		} catch (error) {
			// A code went out just now: by the try whose answer got lost.
			if (tries > 1 && error instanceof ServiceError && error.facts.code === '1004')
				return { email, result: true };
			throw error;
		}
	},
});

export const confirm = perItem({
	name: 'Confirm',
	value: 'confirm',
	action: 'Confirm a sender',
	description: 'Confirm a sender by the code that SendPulse has mailed to it',
	fields: [
		senderLocator,
		{
			displayName: 'Code',
			name: 'code',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 7kq2xw',
			description: 'The code from the email',
		},
	],
	read: (item) => ({ email: item.resourceId('sender'), code: item.requiredText('code') }),
	call: async ({ email, code }, client) => ({
		...(await client.send({
			method: 'POST',
			path: path`/senders/${email}/code`,
			body: { code },
			answer: DONE,
			// A second time there is nothing to confirm: then it is looked up whether it is confirmed.
			idempotent: true,
			async reconcile() {
				const found = await senderOf(email, client);
				return found && /^active$/i.test(String(found.status)) ? { result: true } : undefined;
			},
		})),
		email,
	}),
});

export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a sender',
	description: 'Take a sender address out of the account',
	fields: [senderLocator],
	asTool: false,
	read: (item) => item.resourceId('sender'),
	async call(email, client) {
		await client.send({
			method: 'DELETE',
			path: '/senders',
			body: { email },
			answer: DONE,
			reconcile: async () => ((await senderOf(email, client)) === undefined ? {} : undefined),
		});
		return { email, deleted: true };
	},
});
