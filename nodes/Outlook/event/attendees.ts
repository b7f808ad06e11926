import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { textField } from '../fields';
import { readRecipients } from '../message/people';

/** The fields of people, and what Graph calls them (https://learn.microsoft.com/graph/api/resources/attendee). */
const KINDS = { attendees: 'required', optional: 'optional', rooms: 'resource' } as const;

export const attendeeOptions: INodeProperties[] = [
	textField(
		'Attendees',
		'attendees',
		'e.g. ana@example.com',
		'Who is invited. Separate several addresses with commas.',
	),
	textField('Optional Attendees', 'optional', 'e.g. ben@example.com', 'Who may come and need not'),
	textField(
		'Rooms and Resources',
		'rooms',
		'e.g. room4@example.com',
		'Addresses of what is to be booked: rooms, cars, projectors',
	),
];

/** Who was filled in, and in which of the fields. */
export interface Invited {
	people: IDataObject[];
	/** The fields that were added, by what Graph calls them: an empty one means nobody. */
	kinds: string[];
}

export function readInvited(options: ParameterReader): Invited {
	const added = Object.entries(KINDS).filter(([field]) => options.value(field) !== undefined);
	return {
		people: added.flatMap(([field, type]) =>
			readRecipients(options, field).map((person) => ({ ...person, type })),
		),
		kinds: added.map(([, type]) => type),
	};
}

/**
 * Graph knows one list of attendees, which a change replaces as a whole: whoever is in a field that was not added is kept.
 *
 * @returns what to change; nothing when none of the fields was added
 */
export async function withOthers(
	{ people, kinds }: Invited,
	eventPath: string,
	client: Client,
): Promise<{ attendees?: IDataObject[] }> {
	if (kinds.length === 0) return {};
	if (kinds.length === Object.keys(KINDS).length) return { attendees: people };
	const { attendees = [] } = await client.get<{ attendees?: IDataObject[] }>(eventPath, {
		$select: 'attendees',
	});
	const named = new Set(people.map(addressOf));
	const kept = attendees.filter((one) => !kinds.includes(String(one.type)) && !named.has(addressOf(one)));
	return { attendees: [...kept, ...people] };
}

const addressOf = ({ emailAddress }: IDataObject): string =>
	String((emailAddress as IDataObject | undefined)?.address ?? '').toLowerCase();
