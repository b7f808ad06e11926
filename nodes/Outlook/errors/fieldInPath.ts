/** What the fields are called that hold the IDs of a path (https://learn.microsoft.com/graph/api/resources/mail-api-overview). */
const FIELDS: Record<string, string> = {
	attachments: 'Attachment ID',
	calendarGroups: 'Calendar Group',
	calendars: 'Calendar',
	childFolders: 'Folder',
	contactFolders: 'Contact Folder',
	contacts: 'Contact ID',
	events: 'Event ID',
	mailFolders: 'Folder',
	masterCategories: 'Category',
	messageRules: 'Rule ID',
	messages: 'Message ID',
};

/** Here a destination, which is no part of the path, may be what is missing. */
const WITH_DESTINATION = /\/(?:move|copy)$/;

/** The field that holds the last ID of a path; undefined when it holds none, or when another one may be at fault. */
export function fieldInPath(path: string): string | undefined {
	if (WITH_DESTINATION.test(path)) return undefined;
	const steps = path.split('/');
	for (let at = steps.length - 2; at > 0; at--) {
		const field = FIELDS[steps[at]!];
		if (field !== undefined && steps[at + 1] !== 'delta') return field;
	}
	return undefined;
}
