import type { HookEvent, Hooks } from './hooks';
import { recipientsOf } from './message';
import {
	BOUNCE_TYPES,
	type Bounce,
	type Click,
	type MessageEvent,
	type Open,
	type StoredMessage,
	deliveredEvent,
	nameOfBounce,
} from './records';
import type { PostmarkServer } from './server';
import type { Suppression } from './suppressionStore';
import { type Visit, linksIn, visitOf } from './visits';
import { postEvent } from './webhookPosts';

/** Kinds of bounces after which nothing more is sent to the address. */
const LASTING = ['HardBounce', 'BadEmailAddress', 'SpamComplaint', 'ManuallyDeactivated'];
const NO_MESSAGE = '00000000-0000-0000-0000-000000000000';

/** Whom an event is about: a recipient of a message, or an address of a stream by itself. */
export interface Subject {
	server: PostmarkServer;
	stream: string;
	email: string;
	message?: StoredMessage;
}

/** What happens to mail after it was sent: it is recorded, and posted to the webhooks that want to know of it. */
export class Events {
	constructor(private readonly state: { readonly hooks: Hooks; newId(): number }) {}

	deliver({ server, stream, email, message }: Subject & { message: StoredMessage }): MessageEvent {
		const event = deliveredEvent(email, Date.now());
		const known = message.events.findIndex(
			({ Type, Recipient }) => Type === 'Delivered' && Recipient === email,
		);
		if (known >= 0) message.events.splice(known, 1);
		message.events.push(event);
		this.post(server, stream, 'Delivery', {
			RecordType: 'Delivery',
			ServerID: server.id,
			MessageStream: stream,
			MessageID: message.id,
			Recipient: email,
			Tag: message.tag ?? '',
			DeliveredAt: event.ReceivedAt,
			Details: `${event.Details.DeliveryMessage}`,
			Metadata: message.metadata,
		});
		return event;
	}

	bounce({ server, stream, email, message }: Subject, type: string): Bounce {
		const lasting = LASTING.includes(type);
		const complaint = type === 'SpamComplaint';
		const bounce: Bounce = {
			RecordType: 'Bounce',
			ID: this.state.newId(),
			Type: type,
			TypeCode: BOUNCE_TYPES[type] ?? 2048,
			Name: nameOfBounce(type),
			Tag: message?.tag ?? '',
			MessageID: message?.id ?? NO_MESSAGE,
			ServerID: server.id,
			MessageStream: stream,
			Description: complaint
				? 'The subscriber explicitly marked this message as spam.'
				: 'The server was unable to deliver your message (ex: unknown user, mailbox not found).',
			Details: complaint
				? 'Test spam complaint details'
				: 'smtp;550 5.1.1 The email account that you tried to reach does not exist.',
			Email: email,
			From: message?.from.Email ?? '',
			BouncedAt: new Date().toISOString(),
			DumpAvailable: message !== undefined,
			Inactive: lasting,
			CanActivate: lasting && !complaint,
			Subject: message?.subject ?? '',
			Content: message ? `Return-Path: <>\r\nSubject: ${message.subject}\r\n\r\n${message.text ?? ''}` : '',
		};
		server.bounces.push(bounce);
		message?.events.push({
			Recipient: email,
			Type: 'Bounced',
			ReceivedAt: bounce.BouncedAt,
			Details: { Summary: bounce.Details, BounceID: bounce.ID },
		});
		this.post(server, stream, complaint ? 'SpamComplaint' : 'Bounce', {
			...bounce,
			RecordType: complaint ? 'SpamComplaint' : 'Bounce',
			Metadata: message?.metadata ?? {},
		});
		if (lasting) {
			this.suppress(server, stream, email, complaint ? 'SpamComplaint' : 'HardBounce', 'Recipient', message);
		}
		return bounce;
	}

	/** @throws {Error} when the message is sent without open tracking, since the service could not know of it. */
	open({ server, stream, email, message }: Subject & { message: StoredMessage }, visit: Visit): Open {
		if (!message.trackOpens) {
			throw new Error('The message has no open tracking: send it with "TrackOpens": true.');
		}
		const before = server.opens.some(
			({ MessageID, Recipient }) => MessageID === message.id && Recipient === email,
		);
		const open: Open = {
			RecordType: 'Open',
			FirstOpen: !before,
			...visitOf(message, stream, email, visit),
			ReadSeconds: visit.readSeconds ?? 5,
		};
		server.opens.push(open);
		message.events.push({
			Recipient: email,
			Type: 'Opened',
			ReceivedAt: open.ReceivedAt,
			Details: { Summary: `Email opened with ${open.Client.Name}` },
		});
		this.post(server, stream, 'Open', { ...open, ServerID: server.id, Metadata: message.metadata });
		return open;
	}

	/** @throws {Error} when the message has no such link, or is sent without link tracking. */
	click(
		{ server, stream, email, message }: Subject & { message: StoredMessage },
		link: string | undefined,
		visit: Visit,
	): Click {
		const links = linksIn(message);
		if (message.trackLinks === 'None') {
			throw new Error('The message has no link tracking: send it with "TrackLinks": "HtmlAndText".');
		}
		const clicked = link === undefined ? links[0] : links.find(({ url }) => url === link);
		if (!clicked) {
			throw new Error(
				link === undefined
					? 'The message has no tracked link.'
					: `The message has no tracked link "${link}".`,
			);
		}
		const click: Click = {
			RecordType: 'Click',
			ClickLocation: clicked.location,
			OriginalLink: clicked.url,
			...visitOf(message, stream, email, visit),
		};
		server.clicks.push(click);
		message.events.push({
			Recipient: email,
			Type: 'LinkClicked',
			ReceivedAt: click.ReceivedAt,
			Details: {
				Summary: `Link clicked with ${click.Client.Name}`,
				Link: clicked.url,
				ClickLocation: clicked.location,
			},
		});
		this.post(server, stream, 'Click', { ...click, ServerID: server.id, Metadata: message.metadata });
		return click;
	}

	/** Nothing happens when the address is suppressed already. */
	suppress(
		server: PostmarkServer,
		stream: string,
		email: string,
		reason: Suppression['SuppressionReason'],
		origin: Suppression['Origin'],
		message?: StoredMessage,
	): void {
		const suppression: Suppression = {
			EmailAddress: email,
			SuppressionReason: reason,
			Origin: origin,
			CreatedAt: new Date().toISOString(),
		};
		if (!server.suppressions.add(stream, suppression)) return;
		this.subscription(server, stream, suppression, true, message);
	}

	/** Taking a suppression away also activates the bounces behind it. */
	unsuppress(server: PostmarkServer, stream: string, email: string): void {
		const suppression = server.suppressions.get(stream, email);
		if (!suppression) return;
		server.suppressions.remove(stream, email);
		for (const bounce of server.bounces) {
			if (bounce.MessageStream === stream && bounce.Email.toLowerCase() === email.toLowerCase()) {
				bounce.Inactive = false;
			}
		}
		this.subscription(server, stream, { ...suppression, Origin: 'Customer' }, false);
	}

	private subscription(
		server: PostmarkServer,
		stream: string,
		{ EmailAddress, SuppressionReason, Origin }: Suppression,
		suppressed: boolean,
		message?: StoredMessage,
	): void {
		const at = new Date().toISOString();
		message?.events.push({
			Recipient: EmailAddress,
			Type: 'SubscriptionChanged',
			ReceivedAt: at,
			Details: { Origin, SuppressSending: String(suppressed) },
		});
		this.post(server, stream, 'SubscriptionChange', {
			RecordType: 'SubscriptionChange',
			MessageID: message?.id ?? null,
			ServerID: server.id,
			MessageStream: stream,
			ChangedAt: at,
			Recipient: EmailAddress,
			Origin,
			SuppressSending: suppressed,
			SuppressionReason: suppressed ? SuppressionReason : null,
			Tag: message?.tag ?? null,
			Metadata: message?.metadata ?? {},
		});
	}

	private post(
		server: PostmarkServer,
		stream: string,
		event: Exclude<HookEvent, 'Inbound'>,
		body: Record<string, unknown>,
	): void {
		postEvent(this.state.hooks, server, stream, event, body);
	}
}

/** @throws {Error} when the message is not for that address. */
export function subjectOf(server: PostmarkServer, message: StoredMessage, email?: string): Required<Subject> {
	const addresses = recipientsOf(message).map(({ Email }) => Email);
	const found = email
		? addresses.find((address) => address.toLowerCase() === email.toLowerCase())
		: addresses[0];
	if (!found) throw new Error(`The message was not sent to "${email}".`);
	return { server, stream: message.stream, email: found, message };
}
