import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { isData } from '../../../core/http/response';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { bouncePages } from '../connection';

export const dateFilter: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	description: 'Which ones to get',
	options: [
		{
			displayName: 'Date',
			name: 'date',
			type: 'dateTime',
			default: '',
			description: 'Only those of this day',
		},
	],
};

export function readDate(item: ParameterReader): IDataObject {
	const day = item.collection('filters').time('date')?.day;
	return day === undefined ? {} : { date: day };
}

/** https://sendpulse.com/integrations/api/smtp: 24 hours at a time. */
export const getBounces = perItem({
	name: 'Get Bounces',
	value: 'getBounces',
	action: 'Get bounces of emails',
	description: 'Get the emails that came back within a day: today unless a date is chosen',
	fields: [...limitFields, dateFilter],
	read: (item) => ({ limit: item.limit(), filters: readDate(item) }),
	call: ({ limit, filters }, client) => client.pages('/smtp/bounces/day', bouncePages, filters, limit),
});

/** A list of plain texts, each as an item of its own. */
async function texts(path: string, name: string, client: Client): Promise<IDataObject[]> {
	const all = await client.send<string[]>({ path, answer: 'list' });
	return all.map((value) => ({ [name]: value }));
}

export const getSenders = perItem({
	name: 'Get Senders',
	value: 'getSenders',
	action: 'Get the senders of the SMTP service',
	description: 'Get the addresses that emails of the SMTP service can come from',
	fields: [],
	read: () => undefined,
	call: async (_, client) => await texts('/smtp/senders', 'email', client),
});

export const getIps = perItem({
	name: 'Get IP Addresses',
	value: 'getIps',
	action: 'Get the IP addresses of the SMTP service',
	description: 'Get the IP addresses that emails of the SMTP service come from',
	fields: [],
	read: () => undefined,
	call: async (_, client) => await texts('/smtp/ips', 'ip', client),
});

const rowsOf = (answer: unknown): IDataObject[] | undefined => {
	const inner = isData(answer) && isData(answer.data) ? answer.data.data : undefined;
	return Array.isArray(inner) ? (inner as IDataObject[]) : undefined;
};

export const getDomains = perItem({
	name: 'Get Domains',
	value: 'getDomains',
	action: 'Get the domains of the SMTP service',
	description: 'Get the domains that may send, and which of DKIM, SPF and DMARC they have',
	fields: [],
	read: () => undefined,
	async call(_, client) {
		const answer = await client.send<unknown>({
			path: '/v2/email-service/smtp/sender_domains',
			answer: (body) => rowsOf(body) !== undefined,
		});
		return rowsOf(answer) ?? [];
	},
});
