import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GraphError } from './errors';
import type { Kind, Mailbox } from './mailbox';
import { Notifications } from './notifications';
import { idOf, type Props } from './records';
import type { Change } from './store';
import {
	bodyOf,
	CHANGE,
	creatorOf,
	demandAnswer,
	endOf,
	type Subscription,
	subscriptionOf,
	type World,
} from './subscription';
import { CLIENT, TENANT, type Tokens } from './tokens';

export type LifecycleEvent = 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed';

/** `/subscriptions`, and who is told of what changes (official description; concepts/change-notifications-*). */
export class Subscriptions {
	readonly items = new Map<string, Subscription>();
	readonly notifications: Notifications;

	constructor(private readonly world: World) {
		this.notifications = new Notifications(world.settings);
	}

	clear(): void {
		this.items.clear();
		this.notifications.clear();
	}

	/** Those that have not ended. */
	get active(): Subscription[] {
		const now = this.world.now().getTime();
		for (const { id, expiresAt } of [...this.items.values()]) if (expiresAt <= now) this.items.delete(id);
		return [...this.items.values()];
	}

	/** Something has changed in a mailbox. */
	tell(mailbox: Mailbox, kind: Kind, change: Change): void {
		if (this.items.size === 0) return;
		for (const one of this.active) {
			const { watched } = one;
			const isWatched =
				watched.mailbox === mailbox &&
				watched.kind === kind &&
				// Of a whole mailbox, what leaves one folder for another is told as created there, and as nothing else.
				(watched.folder === undefined ? change.isMove !== true : watched.folder === change.folder);
			if (isWatched && !one.isPaused && one.changeTypes.includes(change.type))
				this.notifications.add(one.notificationUrl, { ...notice(one), ...newsOf(change, one) });
		}
	}

	/** Tells a subscriber, or all of them, of what becomes of the subscription. */
	lifecycle(event: LifecycleEvent, which: Subscription[] = this.active): void {
		for (const one of which) {
			if (event === 'subscriptionRemoved') this.items.delete(one.id);
			if (event === 'reauthorizationRequired') one.isPaused = true;
			if (one.lifecycleNotificationUrl !== null)
				this.notifications.add(one.lifecycleNotificationUrl, { ...notice(one), lifecycleEvent: event });
		}
	}

	routes(app: FastifyInstance, tokens: Tokens): void {
		const grantOf = (request: FastifyRequest) => tokens.check(request.headers.authorization);
		const found = (request: FastifyRequest): Subscription => {
			const { id } = request.params as { id: string };
			const one = this.active.find((each) => each.id === id);
			if (one === undefined || one.creator !== creatorOf(grantOf(request)))
				throw new GraphError(404, 'ResourceNotFound', 'The object was not found.');
			return one;
		};
		app.get('/v1.0/subscriptions', async (request) => {
			const creator = creatorOf(grantOf(request));
			return { value: this.active.filter((one) => one.creator === creator).map((one) => view(one)) };
		});
		app.post('/v1.0/subscriptions', async (request, reply) => {
			const one = await subscriptionOf(request, grantOf(request), this.active, this.world);
			this.items.set(one.id, one);
			return await reply.code(201).send(view(one, one.clientState));
		});
		app.get('/v1.0/subscriptions/:id', async (request) => view(found(request)));
		app.patch('/v1.0/subscriptions/:id', async (request) => {
			const one = found(request);
			const { expirationDateTime, notificationUrl } = bodyOf(request, CHANGE);
			if (notificationUrl !== undefined) await demandAnswer(notificationUrl, 'notificationUrl');
			if (expirationDateTime !== undefined) one.expiresAt = endOf(expirationDateTime, this.world);
			if (typeof notificationUrl === 'string') one.notificationUrl = notificationUrl;
			one.isPaused = false;
			return view(one);
		});
		app.delete('/v1.0/subscriptions/:id', async (request, reply) => {
			this.items.delete(found(request).id);
			return await reply.code(204).send();
		});
		app.post('/v1.0/subscriptions/:id/reauthorize', async (request, reply) => {
			found(request).isPaused = false;
			return await reply.code(204).send();
		});
	}
}

function view(one: Subscription, clientState: string | null = null): Props {
	const { id, resource, changeTypes, notificationUrl, lifecycleNotificationUrl, expiresAt, creator } = one;
	return {
		id,
		resource,
		applicationId: CLIENT.id,
		changeType: changeTypes.join(','),
		clientState,
		notificationUrl,
		lifecycleNotificationUrl,
		expirationDateTime: new Date(expiresAt).toISOString(),
		creatorId: creator,
		includeResourceData: null,
	};
}

const notice = ({ id, expiresAt, clientState }: Subscription) => ({
	subscriptionId: id,
	subscriptionExpirationDateTime: new Date(expiresAt).toISOString(),
	clientState,
	tenantId: TENANT,
});

const NAMES = { message: 'Message', event: 'Event', contact: 'Contact' };

function newsOf({ type, item }: Change, { watched, immutable }: Subscription) {
	const id = idOf(item, immutable);
	const resource = `Users/${watched.mailbox.owner}/${NAMES[watched.kind]}s/${id}`;
	return {
		id: randomUUID(),
		changeType: type,
		resource,
		resourceData: {
			'@odata.type': `#Microsoft.Graph.${NAMES[watched.kind]}`,
			'@odata.id': resource,
			'@odata.etag': `W/"${item.version}"`,
			id,
		},
	};
}
