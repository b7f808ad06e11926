import type { IDataObject } from 'n8n-workflow';
import type { Sandbox } from '../../../../sandbox';
import { postmarkCredential } from '../../../support/services';
import { useTriggers } from '../../../support/triggers';

export { eventually } from '../../../support/triggers';

export const useTrigger = () => useTriggers('postmarkTrigger', postmarkCredential, { simplify: false });

export const serverOf = (sandbox: Sandbox) => sandbox.postmark.servers[0]!;
export const hooksOf = (sandbox: Sandbox) => [...serverOf(sandbox).webhooks.values()];

/** Sends an email through the sandbox's API and gives its id. */
export async function send(sandbox: Sandbox, more: IDataObject = {}): Promise<string> {
	const response = await fetch(`${sandbox.postmark.url}/email`, {
		method: 'POST',
		headers: {
			accept: 'application/json',
			'content-type': 'application/json',
			'x-postmark-server-token': sandbox.postmark.serverToken,
		},
		body: JSON.stringify({
			From: 'shop@example.com',
			To: 'ana@example.net',
			Subject: 'Your order',
			HtmlBody: '<a href="https://example.com/track">Track it</a>',
			TrackOpens: true,
			TrackLinks: 'HtmlOnly',
			...more,
		}),
	});
	const { MessageID } = (await response.json()) as { MessageID: string };
	return MessageID;
}
