import type { ICredentialDataDecryptedObject, INodeProperties } from 'n8n-workflow';
import { invalidInput } from '../../core/errors';
import type { Client } from '../../core/http/client';
import { path } from '../../core/http/path';
import { isAddress } from '../../core/mail/address';
import type { ParameterReader } from '../../core/node/parameters/reader';
import { truncate } from '../../core/text';
import { claimsIn } from './token';

/** The field of every operation on a mailbox. */
export const mailboxField: INodeProperties = {
	displayName: 'Mailbox',
	name: 'mailbox',
	type: 'string',
	default: '',
	placeholder: 'e.g. support@example.com',
	description:
		'Whose mailbox to work in. Empty is your own. A shared mailbox needs the right to it; an app by itself always names one.',
};

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a mailbox is named by the ID of its user, and not by an address. */
export const isUserId = (name: string): boolean => ID.test(name);

/** '' for the own one. @throws {ServiceError} for what is neither an address nor an ID */
export function readMailbox(item: ParameterReader): string {
	const mailbox = item.text('mailbox');
	if (mailbox === '' || isUserId(mailbox) || isAddress(mailbox)) return mailbox;
	throw item.fieldError(
		'mailbox',
		`is neither an address nor the ID of a user: “${truncate(mailbox)}”`,
		'Enter the main address (user principal name) of the mailbox, or leave it empty for your own.',
	);
}

/** Who has signed in. */
type Signed = Pick<Client, 'credential'>;

/** Whether an app has signed in by itself: it has no mailbox of its own. */
export const isApp = ({ credential }: Signed): boolean => credential.signInWith !== undefined;

/**
 * A mailbox by one name, however it was given, so that what counts for a mailbox counts once: '' for that of the person who has
 * signed in, also by the address or ID that the token says; small letters for all others.
 */
export function whose(mailbox: string, client: Signed): string {
	const name = mailbox.toLowerCase();
	if (name === '' || isApp(client)) return name;
	const { oid, upn, preferred_username: user } = claimsIn(client.credential);
	return [oid, upn, user].some((own) => String(own ?? '').toLowerCase() === name) ? '' : name;
}

/** Where a mailbox is in the API: `/me` or `/users/{id}`. @throws {ServiceError} for an app without a mailbox */
export function rootOf(named: string, client: Client): string {
	const mailbox = whose(named, client);
	if (mailbox !== '') return path`/users/${mailbox}`;
	if (!isApp(client)) return '/me';
	throw invalidInput(
		'Mailbox',
		"'Mailbox' is empty, and an app that signs in by itself has none of its own",
		'Enter the address of the mailbox to work in.',
	);
}

/** The mailbox that a path is about: `me`, or what stands for the user; undefined for all else. */
export const mailboxIn = (path: string): string | undefined =>
	/^\/(?:(me)|users\/([^/?]+))\/(?!manager\/)/.exec(path)?.slice(1).find(Boolean)?.toLowerCase();

/** Whether a path is about a user as the directory knows him, and not about a mailbox. */
export const isDirectory = (path: string): boolean =>
	/^\/users(?:\/[^/?]+(?:\/manager\/\$ref)?)?$/.test(path);

/** An address is told as long as it is certain that no administrator has given it to somebody else for good. */
const ADDRESS_LIFE_MS = 60 * 60_000;
/** Names of so many mailboxes are known at most; the oldest go first. */
const MOST_NAMES = 10_000;

/** The main addresses of mailboxes by their other names (IDs, other addresses): they may be named by either. */
const addresses = new Map<string, { address: string; until: number }>();

/** Names and addresses are of small letters. */
export function learnAddress(name: string, address: string): void {
	addresses.delete(name);
	addresses.set(name, { address, until: Date.now() + ADDRESS_LIFE_MS });
	for (const oldest of addresses.keys()) {
		if (addresses.size <= MOST_NAMES) break;
		addresses.delete(oldest);
	}
}

/** A mailbox by its main address where that is known, else by the name it has. @param name in small letters */
export function inOneName(name: string): string {
	const known = addresses.get(name);
	return known !== undefined && known.until > Date.now() ? known.address : name;
}

/**
 * By what name the requests to a mailbox are counted, over all sign-ins of an app: its address where that is known. What is known
 * comes from the tokens of owners who have signed in, and from `learnNames`.
 *
 * @param mailbox as it stands in the path @param account names who signed in, where the token does not tell
 */
export function countedName(
	mailbox: string,
	credential: ICredentialDataDecryptedObject,
	account: string,
): string {
	const { oid, upn, preferred_username: user } = claimsIn(credential);
	const [id, address] = [oid, upn ?? user].map((own) => String(own ?? '').toLowerCase());
	if (id && address) learnAddress(id, address);
	return inOneName(mailbox === 'me' ? address || id || `of ${account}` : decoded(mailbox));
}

/** A path that was entered by hand may be no valid one. */
export function decoded(segment: string): string {
	try {
		return decodeURIComponent(segment).toLowerCase();
	} catch {
		return segment;
	}
}
