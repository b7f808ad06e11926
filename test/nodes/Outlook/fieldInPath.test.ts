import { fieldInPath } from '../../../nodes/Outlook/errors/fieldInPath';

test.each([
	['/me/messages/AAk1', 'Message ID'],
	['/users/ana@contoso.example/messages/AAk1/attachments/AAk2', 'Attachment ID'],
	['/me/messages/AAk1/attachments', 'Message ID'],
	['/me/mailFolders/inbox/messages', 'Folder'],
	['/me/mailFolders/inbox/messages/delta', 'Folder'],
	['/me/mailFolders/AAk1/childFolders/AAk2', 'Folder'],
	['/me/mailFolders/inbox/messageRules/AQ1', 'Rule ID'],
	['/me/calendars/AAk1/events', 'Calendar'],
	['/me/events/AAk1', 'Event ID'],
	['/me/contactFolders/AAk1/contacts/AAk2', 'Contact ID'],
	['/me/outlook/masterCategories/AAk1', 'Category'],
	// Which of the two is missing nobody says.
	['/me/messages/AAk1/move', undefined],
	['/me/mailFolders/AAk1/copy', undefined],
	['/me/mailFolders', undefined],
	['/users/events', undefined],
])('%s: %s', (path, field) => {
	expect(fieldInPath(path)).toBe(field);
});
