import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { perItem, type RunFeedback } from '../../../core/node/operation';
import { numericId } from '../ids';
import { domainLocator } from '../locators';
import { sayIfUnverified } from './fields';

async function verify(client: Client, place: string, feedback: RunFeedback): Promise<IDataObject> {
	const domain = await client.send({
		method: 'PUT',
		path: place,
		answer: ['ID', 'Name'],
		body: {},
		idempotent: true,
	});
	sayIfUnverified(domain, feedback);
	return domain;
}

/** https://postmarkapp.com/developer/api/domains-api#verify-dkim */
export const verifyDkim = perItem({
	name: 'Verify DKIM',
	value: 'verifyDkim',
	action: 'Verify the DKIM record of a domain',
	description: 'Have Postmark look for the DKIM record in DNS now; “DKIMVerified” says whether it is there',
	fields: [domainLocator],
	read: (item) => numericId(item, 'domain'),
	call: async (id, client, feedback) => await verify(client, path`/domains/${id}/verifydkim`, feedback),
});

/** https://postmarkapp.com/developer/api/domains-api#verify-return-path */
export const verifyReturnPath = perItem({
	name: 'Verify Return-Path',
	value: 'verifyReturnPath',
	action: 'Verify the return path of a domain',
	description:
		'Have Postmark look for the CNAME record in DNS now; “ReturnPathDomainVerified” says the result',
	fields: [domainLocator],
	read: (item) => numericId(item, 'domain'),
	call: async (id, client, feedback) => await verify(client, path`/domains/${id}/verifyreturnpath`, feedback),
});

/** https://github.com/ActiveCampaign/postmark-php, src/Postmark/PostmarkAdminClient.php; the official page lacks it. */
export const verifyTrackingDomain = perItem({
	name: 'Verify Tracking Domain',
	value: 'verifyTrackingDomain',
	action: 'Verify the tracking domain of a domain',
	description: 'Have Postmark look for the CNAME record in DNS now; “CustomTrackingVerified” says the result',
	fields: [domainLocator],
	read: (item) => numericId(item, 'domain'),
	call: async (id, client, feedback) =>
		await verify(client, path`/domains/${id}/verifycustomtracking`, feedback),
});

/** https://postmarkapp.com/developer/api/domains-api#rotate-dkim: the old key signs until the new one is in DNS. */
export const rotateDkim = perItem({
	name: 'Rotate DKIM',
	value: 'rotateDkim',
	action: 'Rotate the DKIM key of a domain',
	description: 'Make a new DKIM key; Postmark signs with the old one until the new record is in DNS',
	fields: [domainLocator],
	read: (item) => numericId(item, 'domain'),
	async call(id, client, feedback) {
		const domain = await client.send({
			method: 'POST',
			path: path`/domains/${id}/rotatedkim`,
			answer: ['ID', 'Name'],
			body: {},
			idempotent: false,
			manualCheck: 'Use Get to see whether the domain has a pending DKIM record.',
		});
		if (domain.DKIMPendingHost)
			feedback.hint(
				`Add a TXT record for ${String(domain.DKIMPendingHost)} with the value in “DKIMPendingTextValue” to DNS, then use Verify DKIM.`,
			);
		return domain;
	},
});
