import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '../../core/http/client';
import type { RunFeedback } from '../../core/node/operation';
import { isTestToken } from './connection';

/** A hint is not worth more: what was sent is only safe in the results once this is over. */
const PATIENCE_MS = 3_000;

const asked = new WeakMap<Client, Promise<void>>();

/**
 * Tells whoever looks on when a server of delivery type Sandbox has accepted emails: the answers look like any others
 * (https://postmarkapp.com/developer/user-guide/sandbox-mode). Costs one request a run, and only in runs that somebody
 * looks at; to be called once something was accepted, so that sending never waits for it.
 */
export async function hintSandboxServer(client: Client, feedback: RunFeedback): Promise<void> {
	if (!feedback.isWatched || isTestToken(client.credential.serverToken)) return;
	let asking = asked.get(client);
	if (asking === undefined) {
		asking = ask(client, feedback);
		asked.set(client, asking);
	}
	await Promise.race([asking, wait(PATIENCE_MS, undefined, { ref: false })]);
}

async function ask(client: Client, feedback: RunFeedback): Promise<void> {
	try {
		const { DeliveryType, Name } = await client.get('/server');
		if (DeliveryType === 'Sandbox')
			feedback.hint(
				`Not delivered: “${String(Name)}” is a sandbox server of Postmark, which accepts emails and drops them.`,
			);
	} catch {
		// The emails are accepted; that the server could not be asked about itself changes nothing of that.
	}
}
