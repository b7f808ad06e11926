import { PostmarkError, invalidField } from './errors';
import { checkUrl } from './url';

/** What can be set on a server (postmarkapp.com/developer/api/server-api). */
export interface ServerConfig {
	Name: string;
	Color: string;
	SmtpApiActivated: boolean;
	RawEmailEnabled: boolean;
	InboundHookUrl: string;
	/** The older form of webhooks; kept as settings only, events go to `/webhooks`. */
	BounceHookUrl: string;
	OpenHookUrl: string;
	DeliveryHookUrl: string;
	ClickHookUrl: string;
	PostFirstOpenOnly: boolean;
	InboundDomain: string;
	InboundSpamThreshold: number;
	TrackOpens: boolean;
	TrackLinks: string;
	IncludeBounceContentInHook: boolean;
	EnableSmtpApiErrorHooks: boolean;
}

export const SERVER_FIELDS = {
	Name: 'string',
	Color: 'string',
	SmtpApiActivated: 'boolean',
	RawEmailEnabled: 'boolean',
	InboundHookUrl: 'string',
	BounceHookUrl: 'string',
	OpenHookUrl: 'string',
	DeliveryHookUrl: 'string',
	ClickHookUrl: 'string',
	PostFirstOpenOnly: 'boolean',
	InboundDomain: 'string',
	InboundSpamThreshold: 'number',
	TrackOpens: 'boolean',
	TrackLinks: 'string',
	IncludeBounceContentInHook: 'boolean',
	EnableSmtpApiErrorHooks: 'boolean',
} as const;

export function defaultConfig(name: string, color = 'blue'): ServerConfig {
	return {
		Name: name,
		Color: color,
		SmtpApiActivated: true,
		RawEmailEnabled: false,
		InboundHookUrl: '',
		BounceHookUrl: '',
		OpenHookUrl: '',
		DeliveryHookUrl: '',
		ClickHookUrl: '',
		PostFirstOpenOnly: false,
		InboundDomain: '',
		InboundSpamThreshold: 0,
		TrackOpens: false,
		TrackLinks: 'None',
		IncludeBounceContentInHook: false,
		EnableSmtpApiErrorHooks: false,
	};
}

/** The description of the API writes "turqoise", its page "turquoise"; "orange" is on the page only. */
const COLORS = ['purple', 'blue', 'turqoise', 'turquoise', 'green', 'red', 'orange', 'yellow', 'grey'];
const TRACK_LINKS = ['None', 'HtmlAndText', 'HtmlOnly', 'TextOnly'];

/**
 * @param others all other servers of the account.
 * @throws {PostmarkError} 602 to 611 or 403 for a value that cannot be.
 */
export function checkConfig(
	given: Partial<ServerConfig>,
	others: ReadonlyArray<{ name: string; config: ServerConfig }>,
): void {
	const { Name, Color, TrackLinks, InboundSpamThreshold: threshold, InboundDomain: domain } = given;
	if (Name !== undefined && (!Name.trim() || Name.length > 255)) {
		throw new PostmarkError(608, "The field 'Name' must have 1 to 255 characters.");
	}
	if (Name !== undefined && others.some(({ name }) => name.toLowerCase() === Name.toLowerCase())) {
		throw new PostmarkError(603, `There is a server with the name '${Name}' already.`);
	}
	if (Color !== undefined && !COLORS.includes(Color.toLowerCase())) {
		throw new PostmarkError(607, `The field 'Color' must be one of ${COLORS.join(', ')}, not '${Color}'.`);
	}
	for (const field of [
		'InboundHookUrl',
		'BounceHookUrl',
		'OpenHookUrl',
		'DeliveryHookUrl',
		'ClickHookUrl',
	] as const) {
		if (given[field]) checkUrl(given[field], field);
	}
	if (threshold !== undefined && !(threshold >= 0 && threshold <= 30 && threshold % 5 === 0)) {
		throw new PostmarkError(611, "The field 'InboundSpamThreshold' must be from 0 to 30, in steps of 5.");
	}
	if (domain && others.some(({ config }) => config.InboundDomain.toLowerCase() === domain.toLowerCase())) {
		throw new PostmarkError(602, `The inbound domain '${domain}' is used by another server.`);
	}
	if (TrackLinks !== undefined && !TRACK_LINKS.includes(TrackLinks)) {
		throw invalidField(`The field 'TrackLinks' must be one of ${TRACK_LINKS.join(', ')}.`);
	}
}
