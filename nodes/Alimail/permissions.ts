import type { RequestLine } from '../../core/http/response';

/** What the app of the API Open Platform must be allowed for a call. */
export interface Permission {
	/** As the platform lists its modules (alibabacloud.com/help/en/alibaba-mail/latest/open-api-platform). */
	module: string;
	right: 'read' | 'write' | 'send';
}

type Call = [path: RegExp, module: string, right?: Permission['right']];

/**
 * Calls by what they do, the special ones first: much lies below `/v2/users` that has nothing to do with accounts, and some
 * that is posted only reads. Without a right, the method tells.
 */
const CALLS: Call[] = [
	[/^\/v2\/users\/listByIds$/, 'Users', 'read'],
	[/^\/v2\/departments\/listByIds$/, 'Departments', 'read'],
	[/^\/v2\/users\/[^/]+\/messages\/query$/, 'Mails', 'read'],
	[/^\/v2\/users\/[^/]+\/messages\/[^/]+\/send$/, 'Mails', 'send'],
	[/^\/v2\/users\/[^/]+\/(?:messages|mailFolders)(?:\/|$)/, 'Mails'],
	[/^\/v2\/users\/[^/]+\/calendars(?:\/|$)/, 'Calendars'],
	[/^\/v2\/users(?:\/|$)/, 'Users'],
	[/^\/v2\/departments(?:\/|$)/, 'Departments'],
	[/^\/v2\/domains(?:\/|$)/, 'Domains'],
	[/^\/v2\/organization(?:\/|$)/, 'Organization'],
	[/^\/v2\/sharedContactFolders(?:\/|$)/, 'Public Contacts'],
	[/^\/v2\/stream(?:\/|$)/, 'File Streams'],
];

/** Undefined for a call that no public source describes. */
export function permissionOf({ method, path }: RequestLine): Permission | undefined {
	const [, module, right] = CALLS.find(([pattern]) => pattern.test(path)) ?? [];
	if (module === undefined) return undefined;
	return { module, right: right ?? (method === 'GET' ? 'read' : 'write') };
}

export const NAMES_OF_RIGHTS: Record<Permission['right'], string> = {
	read: 'read',
	write: 'read and write',
	send: 'send',
};
