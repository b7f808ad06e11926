import type { ErrorFacts } from '../../../core/errors';

type Meaning = Pick<ErrorFacts, 'message' | 'remedy' | 'field'>;
const meaning = (message: string, remedy: string, field?: string): Meaning => ({
	message,
	remedy,
	...(field === undefined ? {} : { field }),
});

const RIGHTS =
	'Check with the credential’s test which permissions it has. In somebody else’s mailbox you also need that person’s (or an administrator’s) permission.';
const ADVANCED =
	'From 31 December 2026 more needs the permission Mail-Advanced.ReadWrite, which an administrator has to grant.';
const SHORTER = 'Filter by fewer fields, or leave the order to Outlook.';

/** Graph's and Exchange's own codes (https://learn.microsoft.com/graph/errors, and the codes of Exchange Web Services). */
export const CODES: Record<string, Meaning> = {
	authorization_requestdenied: meaning(
		'The sign-in may not do this in the directory',
		'Ask an administrator for the permission (such as User.ReadWrite.All), agree to it, and connect the account again.',
	),
	erroraccessdenied: meaning('The sign-in may not do this in this mailbox', RIGHTS, 'Mailbox'),
	errorcannotdeleteobject: meaning('Outlook does not let this be deleted', 'Choose another one.'),
	errordeletedistinguishedfolder: meaning(
		'This is one of the folders that every mailbox has: it can be neither deleted nor moved',
		'Choose a folder that somebody made.',
		'Folder',
	),
	errorexceededmessagelimit: meaning(
		'The message has more recipients than the mailbox may write to in one message',
		'Exchange Online allows 500, unless an administrator has set another number (up to 1,000). Split them over several items, or write to a distribution list.',
		'To',
	),
	errorfolderexists: meaning(
		'There is one of this name already',
		'Choose another name, or use the one that is there.',
		'Name',
	),
	errorfoldernotfound: meaning(
		'There is no such folder',
		'It may have been deleted. Choose it from the list, or take its ID from Folder → Get Many.',
		'Folder',
	),
	errorinvalidargument: meaning(
		'Outlook does not take a value of this request',
		'Its own words below say which.',
	),
	errorinvalididmalformed: meaning(
		'This is no ID of Outlook’s',
		'Take the ID from an earlier node as it is: letters count, large and small ones too.',
	),
	errorinvalidpropertyset: meaning(
		'Subject, body and people of a message that has been sent or received cannot be changed',
		`Only drafts can be. Of other messages change the flag, the categories or whether they are read. ${ADVANCED}`,
		'Update Fields',
	),
	errorinvalidrecipients: meaning(
		'Outlook does not take one of the recipients',
		'Check the addresses.',
		'To',
	),
	errorinvalidrecurrence: meaning(
		'This series would have no event',
		'Check its days and its end.',
		'Recurrence',
	),
	errorinvaliduser: meaning(
		'There is no user of this address or ID',
		'Check the mailbox: enter its main address (user principal name).',
		'Mailbox',
	),
	erroritemnotfound: meaning(
		'What was asked for is not there',
		'It may have been deleted. An ID that another program gave may have changed when the item was moved: take the ID from this node.',
	),
	errormailboxmovedtransient: meaning('The mailbox is being moved', 'Run it again later.'),
	errormessagesizeexceeded: meaning(
		'The message is larger than the mailbox allows',
		'Send smaller or fewer files, or a link to them. An administrator can allow up to 150 MB.',
		'Attachments',
	),
	errorpropertyvalidationfailure: meaning(
		'The times of the event do not fit',
		'It must end after it begins; what lasts all day begins and ends at midnight.',
		'End',
	),
	errorquotaexceeded: meaning('The mailbox is full', 'Delete something in it, or ask for a larger one.'),
	errorsendasdenied: meaning(
		'This mailbox may not send from that address',
		'Leave From empty, or have an administrator give the right Send As or Send on Behalf.',
		'From',
	),
	inefficientfilter: meaning('Outlook cannot do this filter in this order', SHORTER, 'Filters'),
	invalidinternetmessageheader: meaning(
		'Outlook takes only headers of your own whose names begin with X-',
		'Give the header a name such as X-Order-Number.',
		'Custom Headers',
	),
	mailboxnotenabledforrestapi: meaning(
		'This user has no mailbox in Exchange Online',
		'Give the user a license with Exchange Online. A mailbox on a server of your own cannot be reached this way.',
		'Mailbox',
	),
	request_resourcenotfound: meaning('There is no such user', 'Check the ID or address.', 'User'),
	requestbodyread: meaning('Outlook does not take a field of this request', 'Its own words below say which.'),
	'requestbroker--parseuri': meaning(
		'Outlook does not know a field that was asked for',
		'Its own words below say which. Write names as they are in the output.',
	),
	resyncrequired: meaning(
		'The place to go on from is too old',
		'Start anew: leave the link empty.',
		'Delta Link',
	),
	searchwithfilter: meaning(
		'Outlook cannot search and filter at the same time',
		'Use either Search or the filters.',
		'Search',
	),
	syncstatenotfound: meaning(
		'The place to go on from is too old',
		'Start anew: leave the link empty.',
		'Delta Link',
	),
	timezonenotsupportedexception: meaning(
		'Outlook does not know this time zone',
		'Use a name such as Europe/Berlin or W. Europe Standard Time.',
		'Time Zone',
	),
	validationerror: meaning(
		'Microsoft did not get the right answer from the address of this trigger',
		'Outlook calls only addresses with https that the internet reaches. Check that WEBHOOK_URL of n8n is such a one, and that no sign-in, firewall or proxy stands before it.',
	),
};

/** What an access that is denied means where a message was to be changed. */
export const CHANGE_DENIED = meaning(
	'The sign-in may not change this message',
	`${RIGHTS} Of a message that is no draft only the flag, the categories and whether it is read can be changed. ${ADVANCED}`,
	'Mailbox',
);
