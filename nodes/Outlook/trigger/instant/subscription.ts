import { createHmac } from 'node:crypto';
import { invalidInput, toServiceError } from '../../../../core/errors';
import type { Client } from '../../../../core/http/client';
import { linkPagination } from '../../../../core/http/pagination';
import { path } from '../../../../core/http/path';
import type { Secret } from '../../../../core/webhook/auth';
import type { FoundWebhook, WantedWebhook, WebhookTarget } from '../../../../core/webhook/reconcile';
import { isApp, rootOf } from '../../mailbox';
import { hasSeveralFolders, type Chosen } from '../chosen';
import { changeTypeOf, firstOf } from '../watch';

/** What Outlook is asked to tell of (https://learn.microsoft.com/graph/api/resources/subscription). */
export interface Wanted {
	/** `me/mailFolders('inbox')/messages`, or `me/messages` */
	resource: string;
	/** `created,updated,deleted` */
	changeType: string;
}

/** A week is the longest (10,080 minutes); the trigger renews it every hour. */
const LIFE_MS = 10_020 * 60_000;
/** The query of the address, by which a subscription is known again: Graph keeps it, and tells nobody the secret. */
const MARK = 'of';
const pages = linkPagination({ rows: 'value', next: '@odata.nextLink', maxSize: 1_000 });

/**
 * One subscription is enough: of several folders, as of calendars, that of the whole mailbox, which Microsoft offers beside that of
 * one folder (https://learn.microsoft.com/graph/outlook-change-notifications-overview). It only wakes the trigger, which then
 * asks each folder or calendar what changed.
 */
export function wantedBy(chosen: Chosen, client: Client): Wanted {
	const { event, mailbox } = chosen;
	if (mailbox.includes("'"))
		throw invalidInput(
			'Mailbox',
			"'Mailbox' has an apostrophe, which Outlook’s notifications do not take",
			'Enter the ID of the user instead of the address.',
		);
	rootOf(mailbox, client);
	const root = mailbox === '' ? 'me' : `users/${mailbox}`;
	if (event === 'contactChanged')
		return { resource: `${root}/contacts`, changeType: 'created,updated,deleted' };
	if (event === 'eventChanged') return { resource: `${root}/events`, changeType: 'created,updated,deleted' };
	const changeType = changeTypeOf(event);
	if (hasSeveralFolders(chosen))
		// Of a whole mailbox, a move from one folder into another is told as created.
		return {
			resource: `${root}/messages`,
			changeType: changeType === 'deleted' ? 'created,deleted' : changeType,
		};
	const name = firstOf(chosen).replaceAll("'", "''");
	return { resource: `${root}/mailFolders('${name}')/messages`, changeType };
}

/** What the trigger wants, marked so that it says whether it was made with this secret and for this. */
export function markedBy({ resource, changeType }: Wanted, { password }: Secret): WantedWebhook[] {
	const mark = createHmac('sha256', password).update(`${changeType} ${resource}`).digest('base64url');
	return [{ channel: mark.slice(0, 22), choice: {} }];
}

/** The subscriptions that call an address: there is nothing else to choose than what their mark stands for. */
export function subscriptionsAt(client: Client, address: string, wanted: Wanted): WebhookTarget {
	const end = () => new Date(Date.now() + LIFE_MS).toISOString();
	const list = async (): Promise<FoundWebhook[]> => {
		const found: FoundWebhook[] = [];
		for await (const { id, notificationUrl } of client.pages('/subscriptions', pages)) {
			const { url, mark } = unmarked(String(notificationUrl));
			if (url === address) found.push({ id: String(id), channel: mark, choice: {} });
		}
		return found;
	};
	const create = async ({ channel }: WantedWebhook, { password }: Secret): Promise<string> => {
		const url = new URL(address);
		url.searchParams.set(MARK, channel);
		const made = await client.send<{ id: string }>({
			method: 'POST',
			path: '/subscriptions',
			body: {
				...wanted,
				notificationUrl: url.href,
				lifecycleNotificationUrl: url.href,
				expirationDateTime: end(),
				clientState: password,
			},
			idempotent: false,
			answer: ['id'],
			async reconcile() {
				const one = (await list()).find((each) => each.channel === channel);
				return one && { id: one.id };
			},
			manualCheck: 'Switch the workflow on again: what is left of this try is then removed.',
		});
		return made.id;
	};
	return {
		list,
		create: async (hook, secret) => await create(hook, secret).catch(withReason(client)),
		async update(id, hook, secret) {
			try {
				await client.send({
					method: 'PATCH',
					path: path`/subscriptions/${id}`,
					body: { expirationDateTime: end() },
					idempotent: true,
					answer: ['id'],
				});
			} catch (error) {
				if (!client.isGone(error)) throw error;
				await create(hook, secret);
			}
		},
		async remove(id) {
			await client.delete(path`/subscriptions/${id}`);
		},
	};
}

function unmarked(address: string): { url: string; mark: string } {
	if (!URL.canParse(address)) return { url: address, mark: '' };
	const url = new URL(address);
	const mark = url.searchParams.get(MARK) ?? '';
	url.searchParams.delete(MARK);
	return { url: url.href, mark };
}

/** “These permissions don’t support subscribing to change notifications on items in shared or delegated folders” (https://learn.microsoft.com/graph/outlook-share-messages-folders). */
const withReason =
	(client: Client) =>
	(error: unknown): never => {
		const failure = toServiceError(error);
		if (failure.facts.status !== 403 || isApp(client)) throw failure;
		throw failure.with({
			message: 'Outlook does not let this sign-in watch the mailbox',
			remedy:
				'As a person you can watch your own mailbox only: leave Mailbox empty. For another one sign in as an app, or use the MailOps Outlook Trigger, which looks at set times. For your own, check the permissions with the credential’s test.',
			field: 'Mailbox',
		});
	};
