import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { invalidInput } from '../../core/errors';
import type { Client } from '../../core/http/client';
import { path } from '../../core/http/path';
import { isAddress } from '../../core/mail/address';
import type { ParameterReader } from '../../core/node/parameters/reader';
import { truncate } from '../../core/text';
import { claimsOf } from './token';

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

/** '' for the own one. @throws {ServiceError} for what is neither an address nor an ID */
export function readMailbox(item: ParameterReader): string {
	const mailbox = item.text('mailbox');
	if (mailbox === '' || ID.test(mailbox) || isAddress(mailbox)) return mailbox;
	throw item.fieldError(
		'mailbox',
		`is neither an address nor the ID of a user: “${truncate(mailbox)}”`,
		'Enter the main address (user principal name) of the mailbox, or leave it empty for your own.',
	);
}

/** Whether an app has signed in by itself: it has no mailbox of its own. */
export const isApp = ({ credential }: Client): boolean => credential.signInWith !== undefined;

/**
 * A mailbox by one name, however it was given, so that what counts for a mailbox counts once: '' for that of the person who has
 * signed in, also by the address or ID that the token says; small letters for all others. An app's address and ID of the same
 * user are two.
 */
export function whose(mailbox: string, client: Client): string {
	const name = mailbox.toLowerCase();
	if (name === '' || isApp(client)) return name;
	const { access_token: token } = (client.credential.oauthTokenData ?? {}) as IDataObject;
	const { oid, upn, preferred_username: user } = claimsOf(token) ?? {};
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
