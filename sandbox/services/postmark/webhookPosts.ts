import { type HookEvent, type Hooks, basic } from './hooks';
import type { PostmarkServer } from './server';
import type { Webhook } from './records';

/** Hands an event to every webhook of its stream that wants it, in the form that webhook wants. */
export function postEvent(
	hooks: Hooks,
	server: PostmarkServer,
	stream: string,
	event: Exclude<HookEvent, 'Inbound'>,
	body: Record<string, unknown>,
): void {
	for (const { ID, MessageStream, Triggers } of server.webhooks.values()) {
		const trigger = Triggers[event];
		if (MessageStream !== stream || !trigger.Enabled) continue;
		if (event === 'Open' && Triggers.Open.PostFirstOpenOnly && body.FirstOpen !== true) continue;
		const { Content, ...rest } = body;
		const withContent = (event === 'Bounce' || event === 'SpamComplaint') && Triggers[event].IncludeContent;
		hooks.post({
			event,
			serverId: server.id,
			stream,
			webhookId: ID,
			body: withContent ? { ...rest, Content } : rest,
			target: () => targetOf(server.webhooks.get(ID)),
		});
	}
}

function targetOf(webhook: Webhook | undefined) {
	if (!webhook) return undefined;
	const { Url, HttpAuth, HttpHeaders } = webhook;
	return {
		url: Url,
		headers: {
			...Object.fromEntries(HttpHeaders.map(({ Name, Value }) => [Name, Value])),
			...(HttpAuth ? basic(HttpAuth.Username, HttpAuth.Password) : {}),
		},
	};
}
