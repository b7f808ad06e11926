/** What can be ticked in the credential, and the permissions it stands for (https://learn.microsoft.com/graph/permissions-reference). */
export const ACCESS: Record<string, { name: string; description: string; scopes: string[] }> = {
	calendar: {
		name: 'Calendar',
		description: 'Read and change events, answer invitations, see when people are free',
		scopes: ['Calendars.ReadWrite'],
	},
	contacts: {
		name: 'Contacts',
		description: 'Read and change contacts and their folders',
		scopes: ['Contacts.ReadWrite'],
	},
	settings: {
		name: 'Mailbox Settings',
		description: 'Automatic replies, categories, rules, time zone',
		scopes: ['MailboxSettings.ReadWrite'],
	},
	readWrite: {
		name: 'Read and Change Mail',
		description: 'Also drafts, moving, marking and deleting',
		scopes: ['Mail.ReadWrite'],
	},
	read: { name: 'Read Mail', description: 'Read messages, folders and files', scopes: ['Mail.Read'] },
	send: { name: 'Send Mail', description: 'Send as you, and answer', scopes: ['Mail.Send'] },
	shared: {
		name: 'Shared Mailboxes',
		description: 'The same in mailboxes that others have shared with you',
		scopes: [],
	},
	users: {
		name: 'Users of the Organization',
		description:
			'Read, change or choose users. An administrator has to agree; to choose, User.ReadBasic.All will do.',
		scopes: ['User.ReadWrite.All'],
	},
};

/** Permissions that there are for shared mailboxes too. */
const SHARED = /^(?:Mail|Calendars|Contacts)\./;

/** What to ask for where nothing is ticked: n8n's form of credentials shows a list of ticks empty, whatever its default. */
const USUAL = ['readWrite', 'send'];

/** The ticks that count, in the credential's expressions. */
const TICKED = `(($self["access"] || []).some((one) => one !== "shared") ? $self["access"] : ${JSON.stringify(USUAL)}.concat($self["access"] || []))`;

/** What to ask for, made of what was ticked, as an expression of the credential: n8n takes no function there. */
export const SCOPE_EXPRESSION = `={{ ["openid", "offline_access", "User.Read"].concat(${JSON.stringify(
	Object.entries(ACCESS).flatMap(([key, { scopes }]) =>
		scopes.map((scope) => ({ key, scope, shared: SHARED.test(scope) })),
	),
)}.filter((one) => ${TICKED}.includes(one.key)).flatMap((one) => one.shared && ${TICKED}.includes("shared") ? [one.scope, one.scope + ".Shared"] : [one.scope])).join(" ") }}`;

/** What people want to do, any of the permissions that lets them, least first, and which of them is told as missing where it is not the widest. */
const USES: Array<[use: string, permissions: string[], told?: string]> = [
	['read mail', ['Mail.ReadBasic', 'Mail.ReadBasic.All', 'Mail.Read', 'Mail.ReadWrite']],
	['change and move mail, write drafts', ['Mail.ReadWrite']],
	['send mail', ['Mail.Send']],
	['read calendars', ['Calendars.ReadBasic', 'Calendars.Read', 'Calendars.ReadWrite']],
	['change calendars', ['Calendars.ReadWrite']],
	['read contacts', ['Contacts.Read', 'Contacts.ReadWrite']],
	['change contacts', ['Contacts.ReadWrite']],
	['change automatic replies, categories and rules', ['MailboxSettings.ReadWrite']],
	// “User.ReadBasic.All” is the least for names and addresses (https://learn.microsoft.com/graph/api/user-list).
	[
		'choose users from a list',
		[
			'User.ReadBasic.All',
			'User.Read.All',
			'User.ReadWrite.All',
			'Directory.Read.All',
			'Directory.ReadWrite.All',
		],
		'User.ReadBasic.All',
	],
	[
		'read users',
		['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
		'User.Read.All',
	],
	['create and disable users', ['User.ReadWrite.All', 'Directory.ReadWrite.All']],
];

/** What a token's permissions allow, in shared mailboxes too, and what they do not, in words. */
export function usesOf(permissions: readonly string[]): {
	may: string[];
	shared: string[];
	mayNot: string[];
} {
	const may = namesOf(permissions.map((one) => one.replace(/\.Shared$/, '')));
	return {
		may,
		shared: namesOf(permissions.flatMap((one) => /^(.*)\.Shared$/.exec(one)?.[1] ?? [])),
		mayNot: USES.filter(([use]) => !may.includes(use)).map(
			([use, any, told]) =>
				`${use} (${told ?? (any.at(-1)!.startsWith('Directory') ? any.at(-2) : any.at(-1))})`,
		),
	};
}

const namesOf = (permissions: readonly string[]): string[] =>
	USES.filter(([, any]) => any.some((one) => permissions.includes(one))).map(([use]) => use);
