import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { truncate } from '../../../core/text';
import { textField } from '../fields';

/**
 * Graph takes no headers but those that begin with x-. What Exchange writes into In-Reply-To and References stands in these
 * properties: “PidTagInReplyToId: the original message's Message-ID”
 * (https://learn.microsoft.com/office/client-developer/outlook/mapi/pidtaginreplytoid-canonical-property) and
 * “PidTagInternetReferences: MIME writers must copy the value of these properties to the References header field”
 * (https://learn.microsoft.com/office/client-developer/outlook/mapi/pidtaginternetreferences-canonical-property).
 */
const IN_REPLY_TO = 'String 0x1042';
const REFERENCES = 'String 0x1039';

export const threadOptions: INodeProperties[] = [
	textField(
		'In Reply To',
		'inReplyTo',
		'e.g. <CAF1x2@mail.example.com>',
		'The Message-ID of the message that this one answers, so that mail programs show both in one conversation. For a message in an Outlook mailbox, Reply does more.',
	),
	textField(
		'References',
		'references',
		'e.g. <CAF1x0@mail.example.com> <CAF1x1@mail.example.com>',
		'The Message-IDs of the conversation so far, the oldest first. Empty: the one of In Reply To.',
	),
];

/** The two, as a draft carries them. @throws {ServiceError} for what is no Message-ID */
export function readThread(options: ParameterReader): IDataObject[] {
	const [answered, ...more] = idsIn(options, 'inReplyTo');
	if (more.length > 0)
		throw options.fieldError(
			'inReplyTo',
			'has more than one Message-ID',
			'Enter the one of the message that is answered; the others belong in References.',
		);
	const before = idsIn(options, 'references');
	const references = answered === undefined || before.includes(answered) ? before : [...before, answered];
	return [
		...(answered === undefined ? [] : [{ id: IN_REPLY_TO, value: answered }]),
		...(references.length === 0 ? [] : [{ id: REFERENCES, value: references.join(' ') }]),
	];
}

/** `<left@right>`, with the brackets that people leave out (RFC 5322, 3.6.4). */
function idsIn(options: ParameterReader, name: string): string[] {
	const text = options.text(name);
	const parts = text.split(/[\s,]+|(?<=>)(?=<)/).filter((part) => part !== '');
	return parts.map((part) => {
		const id = /^<?([^\s<>@]+@[^\s<>@]+)>?$/.exec(part)?.[1];
		if (id !== undefined) return `<${id}>`;
		throw options.fieldError(
			name,
			`has no Message-ID: “${truncate(part)}”`,
			'It looks like <abc123@mail.example.com>; messages have it as internetMessageId.',
		);
	});
}
