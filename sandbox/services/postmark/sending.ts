import { PostmarkError } from './errors';
import { readMessage, recipientsOf } from './message';
import type { Caller, PostmarkState } from './state';
import type { StoredMessage } from './records';

/** Answer of an accepted message. */
export interface Accepted {
	To: string;
	Cc?: string;
	Bcc?: string;
	SubmittedAt: string;
	MessageID: string;
	ErrorCode: 0;
	Message: string;
}

/**
 * Checks one message and stores it. With the test token it is checked by itself only and nothing is stored.
 * @param template the one its bodies were rendered from.
 * @throws {PostmarkError} with the reason it is not sent.
 */
export function accept(
	value: unknown,
	caller: Caller,
	state: PostmarkState,
	route: string,
	template?: StoredMessage['template'],
): Accepted {
	const message = readMessage(value, caller.server?.id ?? 0, (field) =>
		state.noteUnknown(`${route}: ${field}`),
	);
	if (template !== undefined) message.template = template;
	const { To = '', Cc, Bcc } = value as Record<string, string | undefined>;
	const accepted: Accepted = {
		To,
		...(Cc ? { Cc } : {}),
		...(Bcc ? { Bcc } : {}),
		SubmittedAt: new Date(message.at).toISOString(),
		MessageID: message.id,
		ErrorCode: 0,
		Message: caller.server ? 'OK' : 'Test job accepted',
	};
	if (!caller.server) {
		state.testAccepted += 1;
		return accepted;
	}
	const given = value as { TrackOpens?: unknown; TrackLinks?: unknown };
	const { TrackOpens, TrackLinks } = caller.server.config;
	message.trackOpens = given.TrackOpens === undefined ? TrackOpens : message.trackOpens;
	message.trackLinks = given.TrackLinks ? message.trackLinks : TrackLinks;
	checkStream(message, caller.server);
	checkSender(message, state);
	message.suppressed = checkRecipients(message, caller.server, state);
	if (message.suppressed.length > 0) {
		accepted.Message = `Message OK, but will not deliver to these inactive addresses: ${message.suppressed.join(', ')}`;
	}
	state.store(message, caller.server);
	return accepted;
}

type Server = NonNullable<Caller['server']>;

function checkStream(message: StoredMessage, server: Server): void {
	const stream = server.streams.get(message.stream);
	if (!stream || stream.ArchivedAt) {
		throw new PostmarkError(
			1235,
			// github.com/ActiveCampaign/postmark-php, tests/PostmarkClientEmailTest.php
			`The stream provided: '${message.stream}' does not exist on this server.`,
		);
	}
	if (stream.MessageStreamType === 'Inbound') {
		throw new PostmarkError(1236, `Sending is not supported on the message stream '${message.stream}'.`);
	}
}

function checkSender({ from }: StoredMessage, state: PostmarkState): void {
	const standing = state.senders.standing(from.Email);
	if (standing === 'confirmed') return;
	if (standing === 'unconfirmed') {
		throw new PostmarkError(
			401,
			`The Sender Signature for the 'From' address (${from.Email}) is not confirmed yet.`,
		);
	}
	throw new PostmarkError(
		400,
		`The 'From' address you supplied (${from.Email}) is not a Sender Signature on your account. Please add and confirm this address in order to be able to use it in the 'From' field of your messages.`,
	);
}

/** The recipients that will be left out. @throws 406 when that is all of them, 412 while the account is pending. */
function checkRecipients(message: StoredMessage, server: Server, state: PostmarkState): string[] {
	const addresses = recipientsOf(message).map(({ Email }) => Email);
	if (state.settings.accountPending) {
		const own = domainOf(message.from.Email);
		if (addresses.some((address) => domainOf(address) !== own)) {
			throw new PostmarkError(
				412,
				`While your account is pending approval, all recipient addresses must share the same domain as the 'From' address.`,
			);
		}
	}
	const inactive = addresses.filter(
		(address) => server.suppressions.get(message.stream, address) !== undefined,
	);
	if (inactive.length > 0 && inactive.length === addresses.length) {
		throw new PostmarkError(
			406,
			`You tried to send to recipient(s) that have been marked as inactive. Found inactive addresses: ${inactive.join(', ')}. Inactive recipients are ones that have generated a hard bounce, a spam complaint, or a manual suppression.`,
		);
	}
	return inactive;
}

function domainOf(address: string): string {
	return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
