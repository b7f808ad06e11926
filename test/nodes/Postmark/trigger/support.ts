import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { useShared } from '../../../../core/shared';
import { forgetDelivered } from '../../../../core/webhook/deliveredIds';
import { selfCallsDone } from '../../../../core/webhook/selfCall';
import type { Sandbox } from '../../../../sandbox';
import { postmarkCredential, useSandbox } from '../../../support/services';
import { TriggerHost } from '../../../support/triggerHost';

/** A sandbox, and a trigger's n8n for each test. */
export function useTrigger() {
	const sandbox = useSandbox();
	const hosts: TriggerHost[] = [];
	// As another n8n would: nothing of earlier tests is in the memory of the process.
	beforeEach(() => {
		forgetDelivered();
		useShared();
	});
	afterEach(async () => {
		for (const host of hosts.splice(0)) await host.close();
	});
	afterAll(selfCallsDone);
	const trigger = async (parameters: INodeParameters): Promise<TriggerHost> => {
		const host = await TriggerHost.start({
			type: 'postmarkTrigger',
			parameters: { simplify: false, ...parameters },
			credentials: postmarkCredential(sandbox.current),
		});
		hosts.push(host);
		return host;
	};
	return { sandbox, trigger };
}

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

/** Until it holds, for some seconds. */
export async function eventually(holds: () => boolean, ms = 20_000): Promise<void> {
	const end = Date.now() + ms;
	while (!holds() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
}
