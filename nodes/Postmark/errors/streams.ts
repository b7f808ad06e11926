import type { Meanings } from './meaning';

const STREAM = 'Message Stream';
const unknown = {
	message: 'The server has no such message stream',
	remedy: 'Choose a stream from the list.',
	field: STREAM,
};

export const streams: Meanings = {
	1221: {
		message: 'This is not a type of message stream',
		remedy: 'Choose Transactional, Broadcasts or Inbound.',
		field: 'Type',
	},
	1222: { message: 'The message stream has no ID', remedy: 'Fill it in, like newsletter.', field: 'ID' },
	1223: { message: 'The message stream has no name', remedy: 'Fill it in.', field: 'Name' },
	1224: {
		message: 'The name of the message stream is too long',
		remedy: 'Postmark takes 100 characters.',
		field: 'Name',
	},
	1225: {
		message: 'The server has as many message streams as Postmark allows',
		remedy:
			'A server holds 10, archived ones included for a while. Use one that is there, or another server.',
	},
	1226: unknown,
	1227: {
		message: 'This cannot be the ID of a message stream',
		remedy: 'Start it with a letter, and use up to 30 lowercase letters, digits, hyphens and underscores.',
		field: 'ID',
	},
	1228: {
		message: 'The server has an inbound stream already',
		remedy: 'Use the one that is there: a server has only one.',
		field: 'Type',
	},
	1229: {
		message: 'The streams that every server starts with cannot be archived',
		remedy: 'Leave the default transactional and inbound streams as they are.',
		field: STREAM,
	},
	1230: {
		message: 'There is a message stream with this ID already',
		remedy: 'Choose another ID; an archived stream keeps its own.',
		field: 'ID',
	},
	1231: {
		message: 'The description of the message stream is too long',
		remedy: 'Postmark takes 1,000 characters.',
		field: 'Description',
	},
	1232: {
		message: 'The message stream cannot be brought back any more',
		remedy: 'It was archived too long ago: create a new one with another ID.',
		field: STREAM,
	},
	1233: {
		message: 'IDs that start with “pm-” are Postmark’s own',
		remedy: 'Choose another ID.',
		field: 'ID',
	},
	1234: {
		message: 'The description of the message stream has HTML in it',
		remedy: 'Write it as plain text, without tags.',
		field: 'Description',
	},
	1235: unknown,
	1236: {
		message: 'This message stream cannot send email',
		remedy: 'Choose a transactional or broadcast stream: inbound streams only receive.',
		field: STREAM,
	},
};
