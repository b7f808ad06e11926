import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { differences } from '../../../core/http/wasThere';
import { pages } from '../connection';

/** What a list of campaigns tells of one (github.com/dimuska139/sendpulse-sdk-go; the official description has less). */
interface Listed extends IDataObject {
	id: number;
	name: string;
	message?: IDataObject;
}

/**
 * The campaigns that are newer than one, by their IDs, which only grow. The latest are asked for first; that they come so
 * is looked at, and if they do not, all are read: a campaign that is there must not be missed.
 */
async function newerThan(last: number, client: Client, limit = Infinity): Promise<Listed[]> {
	const newer: Listed[] = [];
	let before = Infinity;
	let isFalling = true;
	let seen = 0;
	for await (const row of client.pages('/campaigns', pages, { order: 'desc' })) {
		const campaign = row as Listed;
		isFalling &&= campaign.id < before;
		before = campaign.id;
		if (campaign.id > last) newer.push(campaign);
		if (++seen > 1 && isFalling && (campaign.id <= last || seen >= limit)) break;
	}
	return newer;
}

/** The ID of the latest campaign; 0 when there is none. */
async function latestId(client: Client): Promise<number> {
	return Math.max(0, ...(await newerThan(0, client, 2)).map(({ id }) => id));
}

/**
 * https://sendpulse.com/integrations/api/bulk-email: `POST /campaigns`. A campaign goes to many people, and SendPulse has no
 * key by which it would know one again: so the latest is asked for first, and when the answer gets lost, whether a newer one
 * has this name and says the same.
 */
export async function createCampaign(
	body: IDataObject & { name: string },
	client: Client,
): Promise<IDataObject> {
	const last = await latestId(client);
	const { name, subject, sender_email: senderEmail, list_id: list } = body;
	const message = {
		subject,
		sender_email: senderEmail,
		...(typeof list === 'number' ? { list_id: list } : {}),
	};
	return await client.send({
		method: 'POST',
		path: '/campaigns',
		body,
		idempotent: false,
		answer: ['id'],
		async reconcile() {
			const newer = await newerThan(last, client);
			return newer.find((one) => one.name === name && differences(message, one.message ?? {}).length === 0);
		},
		manualCheck: `Look in SendPulse whether there is a campaign “${name}” now.`,
	});
}
