import { brokenSearch, type Meanings } from './meaning';

export const templates: Meanings = {
	1100: brokenSearch('templates'),
	1101: {
		message: 'The server has no such template',
		remedy:
			'Choose one from the list. An alias must be written exactly as in Postmark, and a layout cannot be sent by itself.',
		field: 'Template',
	},
	1105: {
		message: 'The server would have more templates than Postmark allows',
		remedy: 'A server holds 100. Delete some, or ask Postmark’s support for more.',
	},
	1109: {
		message: 'Postmark received no template',
		remedy: 'Fill in at least one field.',
	},
	1120: {
		message: 'A field is missing that a template needs',
		remedy: 'Fill in the field that Postmark names: a name, a subject, and an HTML or text body.',
	},
	1121: {
		message: 'A field of the template is too long',
		remedy: 'Shorten the field that Postmark names.',
	},
	1122: {
		message: 'Postmark refused a field of the template',
		remedy: "Correct the field that Postmark names; 'Validate' shows what is wrong, and in which line.",
	},
	1123: {
		message: 'A field came with the request that does not belong there',
		remedy:
			'Remove the field that Postmark names: a layout has no subject, and an email with a template takes its words from there.',
	},
	1125: {
		message: 'A layout cannot become an email, nor an email a layout',
		remedy: 'Give one of the two another alias, or delete the one that is there.',
	},
	1130: {
		message: 'The layout is still used by other templates',
		remedy: "Choose another layout in those first: 'Get Many' with the filter 'Layout' lists them.",
		field: 'Template',
	},
	1131: {
		message: 'The layout does not say where the words of the email go',
		remedy: 'Write {{{@content}}} exactly once in its HTML body, and once in its text body.',
	},
};
