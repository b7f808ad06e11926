import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Chunk } from '../../../core/batch/chunks';
import type { Client } from '../../../core/http/client';
import { ServiceError } from '../../../core/errors';
import { path } from '../../../core/http/path';
import { isAddress } from '../../../core/mail/address';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { done, failed, type ItemResult } from '../../../core/node/operation';
import { sendingStreamLocator } from '../locators';

/** One address on its way to a stream's suppression list. Only the address travels: the stream stands in the path. */
export class Entry {
	constructor(
		readonly stream: string,
		readonly address: string,
	) {}

	toJSON() {
		return { EmailAddress: this.address };
	}
}

/** Fifty addresses in a request is what is commonly known of the limit; Postmark's pages could not be read to prove it. */
export const chunk = { items: 50, bytes: 5_000_000, by: ({ stream }: Entry) => stream };

export const entryFields: INodeProperties[] = [
	sendingStreamLocator,
	{
		displayName: 'Email Address',
		name: 'emailAddress',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. ana@example.com',
		description: 'One address for each item; up to 50 items go into one request',
	},
];

export function readEntry(item: ParameterReader): Entry {
	const address = item.requiredText('emailAddress');
	if (!isAddress(address))
		throw item.fieldError(
			'emailAddress',
			`is not a mail address: “${address}”`,
			'Enter one address without a name, like ana@example.com.',
		);
	return new Entry(item.resourceId('stream'), address);
}

/** Changes a stream's list for all addresses of a chunk, and tells for each what became of it. Repeating is harmless. */
export async function change(
	entries: Chunk,
	client: Client,
	{ to, refusal }: { to: 'suppressions' | 'suppressions/delete'; refusal(address: string): Refusal },
): Promise<ItemResult[]> {
	const stream = entries.group;
	const base = path`/message-streams/${stream}/`;
	const { Suppressions: answers = [] } = await client.send<{ Suppressions?: IDataObject[] }>({
		method: 'POST',
		path: `${base}${to}`,
		answer: ['Suppressions'],
		json: entries.json('Suppressions'),
		idempotent: true,
	});
	const byAddress = new Map(answers.map((answer) => [String(answer.EmailAddress).toLowerCase(), answer]));
	return addressesOf(entries).map((address) => {
		const answer = byAddress.get(address.toLowerCase());
		if (answer === undefined) return failed(unanswered(address));
		if (answer.Status === 'Failed')
			return failed(
				new ServiceError({ service: 'Postmark', said: String(answer.Message ?? ''), ...refusal(address) }),
			);
		return done({ ...answer, MessageStream: stream });
	});
}

interface Refusal {
	message: string;
	remedy: string;
	field?: string;
}

function addressesOf(entries: Chunk): string[] {
	const { Suppressions } = JSON.parse(entries.json('Suppressions').toString()) as {
		Suppressions: Array<{ EmailAddress: string }>;
	};
	return Suppressions.map(({ EmailAddress }) => EmailAddress);
}

const unanswered = (address: string): ServiceError =>
	new ServiceError({
		service: 'Postmark',
		message: `Postmark’s answer does not say what became of “${address}”`,
		remedy: 'Look on the Suppressions page of the message stream; running it again does no harm.',
		outcome: 'unknown',
	});
