import { account } from './account';
import type { Meaning, Meanings } from './meaning';
import { records } from './records';
import { sending } from './sending';
import { streams } from './streams';
import { templates } from './templates';
import { UNDER_TEST_TOKEN } from './testToken';

/** Postmark's error codes in plain words (https://postmarkapp.com/developer/api/overview#error-codes). */
const MEANINGS: Meanings = { ...sending, ...account, ...records, ...templates, ...streams };

const UNKNOWN: Meaning = {
	message: 'Postmark refused the request',
	remedy: 'Do what Postmark’s own words below say.',
};

/** Codes that only say "a field is wrong": Postmark's words tell which. */
const NAMES_A_FIELD = new Set([11, 300, 402, 403, 511, 520, 521, 522, 1120, 1121, 1122, 1123]);

/** Postmark's names for fields → the editor's. */
const FIELDS: Array<[named: RegExp, field: string]> = [
	[/\bFromEmail\b/i, 'From Email'],
	[/\bReplyToEmail\b/i, 'Reply To'],
	[/\bReply-?To\b/i, 'Reply To'],
	[/\bBcc\b/i, 'BCC'],
	[/\bCc\b/i, 'CC'],
	[/'From'|\bFrom address/i, 'From'],
	[/'To'|\bZero recipients\b|\brecipients?\b/i, 'To'],
	[/\bHtmlBody\b|\bHtml part\b/i, 'HTML Body'],
	[/\bTextBody\b/i, 'Text Body'],
	[/\bSubject\b/i, 'Subject'],
	[/\bTag\b/i, 'Tag'],
	[/\bMetadata\b/i, 'Metadata'],
	[/\bHeaders?\b/i, 'Custom Headers'],
	[/\bAttachments?\b/i, 'Attachments'],
	[/\bMessageStream\b/i, 'Message Stream'],
	[/\bTrackLinks\b/i, 'Track Links'],
	[/\bTrackOpens\b/i, 'Track Opens'],
	[/\bTemplateModel\b/i, 'Template Values'],
	[/\bTemplate(?:Id|Alias)\b/i, 'Template'],
	[/\bLayoutTemplate\b/i, 'Layout'],
	[/\bTemplateType\b/i, 'Type'],
	[/\bAlias\b/i, 'Alias'],
	[/\bReturnPathDomain\b/i, 'Return-Path Domain'],
	[/\bConfirmationPersonalNote\b/i, 'Personal Note'],
	[/\bName\b/, 'Name'],
];

/** The code that comes with it is not published (github.com/ActiveCampaign/postmark-php, tests/PostmarkClientWebhooksTest.php). */
export const isNoWebhook = (said = ''): boolean =>
	said.startsWith("The webhook for the provided 'ID' was not found");

const NO_WEBHOOK: Meaning = {
	message: 'The server has no such webhook',
	remedy:
		"Take its ID from 'Get Many'. A webhook belongs to one server, and the token must be of that server.",
	field: 'Webhook',
};

const INACTIVE = /inactive addresses:\s*([^.\s][^\n]*?)\.?(?:\s+Inactive|\s*$)/i;

/** The addresses that Postmark's words name as inactive: of a refused email all of them, of an accepted one those left out. */
export const inactiveIn = (said: string): string | undefined => INACTIVE.exec(said)?.[1]?.trim();

/** Where a fault stands in the JSON, such as `$.To` or `$[3].Attachments[0].Content`. */
const JSON_PATH = /\$(?:\[\d+\])?(?:\.Messages\[\d+\])?\.(\w+)[\w.[\]]*/gi;

/** The field that Postmark's words name first, as the editor shows it. */
export function fieldIn(said: string): string | undefined {
	const words = said.replace(JSON_PATH, "'$1'");
	const found = FIELDS.map(([named, field]) => ({ field, at: words.search(named) }))
		.filter(({ at }) => at >= 0)
		.sort((a, b) => a.at - b.at);
	return found[0]?.field;
}

/**
 * What a code means, made exact by Postmark's own words where they name an address or a field.
 *
 * @param isTest whether the request came with the test token
 */
export function meaningOf(code: number, said: string, isTest = false): Meaning {
	if (isNoWebhook(said)) return NO_WEBHOOK;
	const meaning = (isTest ? UNDER_TEST_TOKEN[code] : undefined) ?? MEANINGS[code] ?? UNKNOWN;
	if (NAMES_A_FIELD.has(code)) return withField(meaning, fieldIn(said));
	const addresses = code === 406 ? inactiveIn(said) : undefined;
	return addresses === undefined
		? meaning
		: { ...meaning, message: `Postmark no longer delivers to ${addresses}` };
}

function withField(meaning: Meaning, field: string | undefined): Meaning {
	if (field === undefined) return meaning;
	return { ...meaning, message: `${meaning.message}: '${field}'`, field };
}
