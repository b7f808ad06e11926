import stringify from 'safe-stable-stringify';
import { newSecret, type Secret } from './auth';

/** What a service should report for one of its channels (a message stream, a list, a mailbox), in the service's terms. */
export interface WantedWebhook {
	channel: string;
	choice: object;
}

/** A webhook as the service has it. */
export interface FoundWebhook extends WantedWebhook {
	id: string;
	/** As far as the service says. */
	secret?: Partial<Secret>;
}

/** A service's webhooks that call one address. */
export interface WebhookTarget {
	/** All of them, on any channel; `channels` are those in which one is sure to be of interest. */
	list(channels: string[]): Promise<FoundWebhook[]>;
	/** @returns the id of the new webhook. */
	create(hook: WantedWebhook, secret: Secret): Promise<string>;
	update(id: string, hook: WantedWebhook, secret: Secret): Promise<void>;
	/** No error when it is gone already. */
	remove(id: string): Promise<void>;
}

/** What a trigger keeps of its webhooks: plain data for n8n's static data. */
export interface Registration {
	secret?: Secret;
	/** The webhook of each channel. */
	hooks?: Record<string, string>;
}

/**
 * Whether the service calls exactly as wanted. Ids count too: a webhook that this trigger does not know has another
 * secret, whatever else it looks like.
 */
export async function areReconciled(
	target: WebhookTarget,
	wanted: WantedWebhook[],
	{ secret, hooks = {} }: Registration,
): Promise<boolean> {
	if (secret === undefined) return false;
	const found = await target.list(channelsOf(wanted, hooks));
	return (
		found.length === wanted.length &&
		wanted.every(({ channel, choice }) =>
			found.some(
				(hook) =>
					hook.channel === channel &&
					hook.id === hooks[channel] &&
					areSame(hook.choice, choice) &&
					areSame({ ...secret, ...hook.secret }, secret),
			),
		)
	);
}

/**
 * Makes the service call as wanted: changes webhooks that are there, adds those that are missing, removes those that are
 * too many. When it cannot be finished, what it has added is taken back.
 */
export async function reconcileWebhooks(
	target: WebhookTarget,
	wanted: WantedWebhook[],
	{ secret = newSecret(), hooks = {} }: Registration,
): Promise<Required<Registration>> {
	const found = await target.list(channelsOf(wanted, hooks));
	const registered: Record<string, string> = {};
	const added: string[] = [];
	try {
		for (const hook of wanted) {
			const present = found.find(({ channel }) => channel === hook.channel);
			if (present) await target.update(present.id, hook, secret);
			else added.push(await target.create(hook, secret));
			registered[hook.channel] = present?.id ?? added.at(-1)!;
		}
		const kept = Object.values(registered);
		for (const { id } of found) if (!kept.includes(id)) await target.remove(id);
	} catch (error) {
		await Promise.allSettled(added.map(async (id) => await target.remove(id)));
		throw error;
	}
	return { secret, hooks: registered };
}

/** Removes every webhook that calls the address. They are looked up: what n8n has stored of them may be lost. */
export async function removeWebhooks(
	target: WebhookTarget,
	channels: string[],
	{ hooks = {} }: Registration,
): Promise<void> {
	for (const { id } of await target.list([...new Set([...channels, ...Object.keys(hooks)])]))
		await target.remove(id);
}

const channelsOf = (wanted: WantedWebhook[], hooks: Record<string, string>): string[] => [
	...new Set([...wanted.map(({ channel }) => channel), ...Object.keys(hooks)]),
];

const areSame = (a: object, b: object): boolean => stringify(a) === stringify(b);
