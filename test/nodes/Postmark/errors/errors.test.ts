import { fieldIn, inactiveIn, meaningOf } from '../../../../nodes/Postmark/errors';

/** Every code of https://postmarkapp.com/developer/api/overview#error-codes but 0, "OK". */
const CODES = [
	10, 11, 12, 13, 100, 300, 400, 401, 402, 403, 405, 406, 409, 410, 411, 412, 413, 500, 501, 502, 503, 504,
	505, 506, 507, 510, 511, 512, 513, 514, 515, 516, 520, 521, 522, 600, 602, 603, 604, 605, 606, 607, 608,
	609, 610, 611, 700, 701, 702, 703, 800, 809, 810, 811, 812, 813, 900, 1000, 1001, 1002, 1003, 1100, 1101,
	1105, 1109, 1120, 1121, 1122, 1123, 1125, 1130, 1131, 1221, 1222, 1223, 1224, 1225, 1226, 1227, 1228, 1229,
	1230, 1231, 1232, 1233, 1234, 1235, 1236,
];

test.each(CODES)('code %d: what happened and what to do, in plain words', (code) => {
	const { message, remedy, field } = meaningOf(code, '');
	expect(message).not.toBe(meaningOf(999_999, '').message);
	expect(message).toMatch(/^[A-Z][^.]{15,}[^.\s]$/);
	expect(remedy).toMatch(/^[A-Z][^]{8,}\.$/);
	const words = `${message} ${remedy} ${field ?? ''}`;
	// Neither the wire's own terms nor the words that n8n's guidelines keep out of messages.
	expect(words).not.toMatch(/\b(exception|JSON body|payload|endpoint|HTTP|error|problem|failure|mistake)\b/i);
	expect(words).not.toMatch(/undefined|\bnull\b/);
});

test('only maintenance is worth sending the same request again', () => {
	expect(CODES.filter((code) => meaningOf(code, '').canRetry)).toEqual([100]);
});

test('a code that is not in the table leaves it to Postmark’s own words', () => {
	expect(meaningOf(999_999, 'New rule.')).toEqual({
		message: 'Postmark refused the request',
		remedy: 'Do what Postmark’s own words below say.',
	});
});

test.each([
	["Error parsing 'To': Illegal email address 'a@b'. It must contain a dot.", 'To'],
	["Error parsing 'Cc': Illegal email address 'a@b'.", 'CC'],
	["Error parsing 'ReplyTo': Illegal email address 'x'.", 'Reply To'],
	["Invalid 'From' address: 'shop'.", 'From'],
	["The 'From' address you supplied is missing; recipients are fine.", 'From'],
	['Zero recipients specified', 'To'],
	['Provide either email TextBody or HtmlBody or both.', 'Text Body'],
	["The 'Tag' is longer than 1000 characters.", 'Tag'],
	["The metadata key 'x' must have 1 to 20 characters.", 'Metadata'],
	["Attachment 'a.pdf' is not valid base64.", 'Attachments'],
])('code 300 names the field: %s', (said, field) => {
	expect(fieldIn(said)).toBe(field);
	expect(meaningOf(300, said)).toMatchObject({
		message: `Postmark refused a field of this email: '${field}'`,
		field,
	});
});

test.each([
	[403, 'Invalid request field(s) - TemplateModel', 'Template Values'],
	[402, 'The JSON value could not be converted to System.String. Path: $.To | LineNumber: 0.', 'To'],
	[402, 'The JSON value could not be converted. Path: $[3].Attachments[0].Name.', 'Attachments'],
	[402, 'The JSON value could not be converted. Path: $.Messages[2].TemplateModel.', 'Template Values'],
	[1120, "The field 'Subject' is required.", 'Subject'],
	[1122, "The field 'Alias' is taken.", 'Alias'],
	[520, 'FromEmail is required', 'From Email'],
])('code %d names the field too: %s', (code, said, field) => {
	expect(meaningOf(code, said).field).toBe(field);
});

test('words that name no field leave the field open', () => {
	expect(meaningOf(300, 'Something is odd.')).toEqual(meaningOf(300, ''));
	expect(meaningOf(300, 'Something is odd.').field).toBeUndefined();
});

test('406 names the addresses and how to reactivate them', () => {
	const said =
		'You tried to send to recipient(s) that have been marked as inactive. Found inactive addresses: a.b@x.example, c@y.example. Inactive recipients are ones that have generated a hard bounce.';
	expect(inactiveIn(said)).toBe('a.b@x.example, c@y.example');
	const { message, remedy, field } = meaningOf(406, said);
	expect(message).toBe('Postmark no longer delivers to a.b@x.example, c@y.example');
	expect(remedy).toContain('reactivate it on the Suppressions page');
	expect(field).toBe('To');
});
