import { denied, GraphError } from './errors';
import type { Grant } from './tokens';

/** Any of these is enough for a request (learn.microsoft.com/graph/permissions-reference). */
export function neededFor(method: string, path: string): string[] {
	const rest = path.replace(/^\/(?:me|users\/[^/]+)/, '');
	const reads = method === 'GET';
	const readOr = (name: string) => (reads ? [`${name}.Read`, `${name}.ReadWrite`] : [`${name}.ReadWrite`]);
	if (/^\/(sendMail|messages\/[^/]+\/(send|reply|replyAll|forward))$/.test(rest)) return ['Mail.Send'];
	if (
		/^\/(messages|mailFolders\/[^/]+\/messages|mailFolders)(\/|$)/.test(rest) &&
		!rest.includes('/messageRules')
	)
		return reads ? ['Mail.ReadBasic', 'Mail.Read', 'Mail.ReadWrite'] : ['Mail.ReadWrite'];
	// learn.microsoft.com/graph/api/outlookuser-supportedtimezones
	if (rest === '/outlook/supportedTimeZones')
		return ['User.Read', 'User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All'];
	if (/messageRules|^\/mailboxSettings|^\/outlook/.test(rest)) return readOr('MailboxSettings');
	if (/^\/(events|calendar|findMeetingTimes)/.test(rest)) return readOr('Calendars');
	if (/^\/contact/.test(rest)) return readOr('Contacts');
	if (rest === '' && path.startsWith('/me')) return ['User.Read', 'User.ReadWrite.All'];
	if (path.startsWith('/users'))
		return reads ? ['User.Read.All', 'User.ReadBasic.All', 'User.ReadWrite.All'] : ['User.ReadWrite.All'];
	return [];
}

/** @throws {GraphError} 403. @param foreign whether it is somebody else's mailbox for a user who signed in */
export function demand({ permissions }: Grant, method: string, path: string, foreign: boolean): void {
	const needed = neededFor(method, path);
	if (needed.length === 0) return;
	const fits = needed.some(
		(name) =>
			permissions.has(`${name}.Shared`) ||
			(!foreign && permissions.has(name)) ||
			(name.startsWith('User.') && permissions.has(name)),
	);
	if (fits) return;
	if (path.startsWith('/users') && needed[0]!.startsWith('User.'))
		throw new GraphError(
			403,
			'Authorization_RequestDenied',
			'Insufficient privileges to complete the operation.',
		);
	throw denied();
}
