import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { offsetPagination } from '../../../core/http/pagination';
import { isData } from '../../../core/http/response';
import { limitFields } from '../../../core/node/limitFields';
import { perItem, resource } from '../../../core/node/operation';
import { DONE } from '../connection';
import { emailField, readEmail } from '../contact/fields';
import { listLocator } from '../locators';

const ROOT = '/verifier-service';
/** An address is looked at within seconds; how long at most is not published. */
const PATIENCE = { firstMs: 1_000, slowestMs: 5_000, patienceMs: 2 * 60_000 };

const resultPages = offsetPagination({
	rows: 'email_addresses',
	offset: 'start',
	limit: 'count',
	total: 'email_addresses_total',
	maxSize: 100,
});
const listPages = offsetPagination({
	rows: 'list',
	offset: 'start',
	limit: 'count',
	total: 'total',
	maxSize: 100,
});

/** https://sendpulse.com/integrations/api/verifier: `GET get-single-result`. Undefined while there is none. */
async function resultOf(email: string, client: Client): Promise<IDataObject | undefined> {
	const { data } = await client.get(`${ROOT}/get-single-result`, { email });
	return isData(data) && !Array.isArray(data) && isData(data.checks) ? (data as IDataObject) : undefined;
}

const verifyAddress = perItem({
	name: 'Verify Address',
	value: 'verifyAddress',
	action: 'Verify an address',
	description: 'Find out whether an address can receive emails. Each one takes from your verifier plan.',
	fields: [emailField],
	read: readEmail,
	async call(email, client) {
		await client.send({
			method: 'POST',
			path: `${ROOT}/send-single-to-verify`,
			body: { email },
			answer: DONE,
			idempotent: false,
			async reconcile() {
				if ((await resultOf(email, client)) === undefined) throw new Error('There is no result yet.');
				return { result: true };
			},
			manualCheck: `Look in SendPulse (Verifier) whether ${email} is being verified.`,
		});
		const found = await client.until(
			async () => await resultOf(email, client),
			(result) => result !== undefined,
			PATIENCE,
		);
		return found ?? { email };
	},
});

const getResult = perItem({
	name: 'Get Address Result',
	value: 'getAddressResult',
	action: 'Get the result of an address',
	description: 'Get what an earlier verification of an address has found; nothing is taken from the plan',
	fields: [emailField],
	read: readEmail,
	call: async (email, client) => (await resultOf(email, client)) ?? { email, checks: {} },
});

const readList = (id: string) => ({ id: Number(id) });

const verifyList = perItem({
	name: 'Verify List',
	value: 'verifyList',
	action: 'Verify a mailing list',
	description:
		'Start the verification of every address of a mailing list, each of which takes from your plan',
	asTool: false,
	fields: [listLocator],
	read: (item) => item.resourceId('list'),
	call: async (list, client) => ({
		list,
		...(await client.send({
			method: 'POST',
			path: `${ROOT}/send-list-to-verify`,
			body: readList(list),
			answer: DONE,
			idempotent: false,
			async reconcile() {
				const { data } = await client.get(`${ROOT}/get-progress`, readList(list));
				if (!isData(data)) throw new Error('It is not known whether it has begun.');
				return { result: true };
			},
			manualCheck: 'Look in SendPulse (Verifier) whether the list is being verified.',
		})),
	}),
});

const getProgress = perItem({
	name: 'Get List Progress',
	value: 'getListProgress',
	action: 'Get the progress of a mailing list',
	description: 'Get how many addresses of a mailing list are verified by now',
	fields: [listLocator],
	read: (item) => item.resourceId('list'),
	async call(list, client) {
		const { data } = await client.get(`${ROOT}/get-progress`, readList(list));
		return { list, ...(isData(data) ? data : {}) };
	},
});

const getListResults = perItem({
	name: 'Get List Results',
	value: 'getListResults',
	action: 'Get the results of a mailing list',
	description: 'Get what the verification of a mailing list has found about each address',
	fields: [listLocator, ...limitFields],
	read: (item) => ({ list: item.resourceId('list'), limit: item.limit() }),
	call: ({ list, limit }, client) => client.pages(`${ROOT}/check`, resultPages, readList(list), limit),
});

const getLists = perItem({
	name: 'Get Verified Lists',
	value: 'getVerifiedLists',
	action: 'Get verified mailing lists',
	description: 'Get the mailing lists that were verified, with their numbers of good and bad addresses',
	fields: limitFields,
	read: (item) => item.limit(),
	call: (limit, client) => client.pages(`${ROOT}/check-list`, listPages, {}, limit),
});

export const verifier = resource({
	name: 'Verifier',
	value: 'verifier',
	description: 'Whether addresses can receive emails',
	operations: [verifyAddress, getResult, verifyList, getProgress, getListResults, getLists],
});
