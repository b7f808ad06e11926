export interface Recipient {
	Email: string;
	Name: string;
}

export interface StoredAttachment {
	name: string;
	contentType: string;
	/** For inline images, without the leading `cid:`. */
	contentId?: string;
	/** Bytes, decoded. */
	size: number;
	/** Base64 as it came; missing when the sandbox's memory bound for attachments was reached. */
	content?: string;
}

/** A message that was accepted. */
export interface StoredMessage {
	id: string;
	serverId: number;
	stream: string;
	from: Recipient;
	to: Recipient[];
	cc: Recipient[];
	bcc: Recipient[];
	replyTo: string;
	subject: string;
	html?: string;
	text?: string;
	tag?: string;
	metadata: Record<string, string>;
	headers: Array<{ Name: string; Value: string }>;
	attachments: StoredAttachment[];
	/** The template it was rendered from. */
	template?: { id: number; alias: string | null };
	trackOpens: boolean;
	trackLinks: string;
	/** Bytes of bodies and attachments as they came. */
	size: number;
	/** Recipients that are inactive and were left out. */
	suppressed: string[];
	/** What happened after it was sent; see messages.ts for what goes without saying. */
	events: MessageEvent[];
	/** Milliseconds since 1970. */
	at: number;
}

/** As `GET /messages/outbound/{id}/details` lists them. */
export interface MessageEvent {
	Recipient: string;
	Type: 'Delivered' | 'Bounced' | 'Opened' | 'LinkClicked' | 'SubscriptionChanged';
	ReceivedAt: string;
	Details: Record<string, string | number>;
}

export function deliveredEvent(recipient: string, at: number): MessageEvent {
	return {
		Recipient: recipient,
		Type: 'Delivered',
		ReceivedAt: new Date(at).toISOString(),
		Details: {
			DeliveryMessage: 'smtp;250 2.0.0 OK',
			DestinationServer: 'mx.sandbox.invalid',
			DestinationIP: '192.0.2.1',
		},
	};
}

interface Agent {
	Name: string;
	Company: string;
	Family: string;
}

/** What an open and a click have in common (npm postmark, OpenEvent and ClickEvent). */
interface Tracked {
	Client: Agent;
	OS: Agent;
	Platform: 'Desktop' | 'Mobile' | 'WebMail' | 'Unknown';
	UserAgent: string;
	Geo: Record<string, string>;
	MessageID: string;
	MessageStream: string;
	ReceivedAt: string;
	Tag: string;
	Recipient: string;
}

export interface Open extends Tracked {
	RecordType: 'Open';
	FirstOpen: boolean;
	ReadSeconds: number;
}

export interface Click extends Tracked {
	RecordType: 'Click';
	ClickLocation: 'HTML' | 'Text';
	OriginalLink: string;
}

export interface MessageStream {
	ID: string;
	ServerID: number;
	Name: string;
	Description: string;
	MessageStreamType: 'Transactional' | 'Broadcasts' | 'Inbound';
	CreatedAt: string;
	UpdatedAt: string | null;
	ArchivedAt: string | null;
	ExpectedPurgeDate: string | null;
	SubscriptionManagementConfiguration: { UnsubscribeHandlingType: 'None' | 'Postmark' | 'Custom' };
}

export function freshStream(
	id: string,
	serverId: number,
	type: MessageStream['MessageStreamType'],
	name: string,
): MessageStream {
	return {
		ID: id,
		ServerID: serverId,
		Name: name,
		Description: '',
		MessageStreamType: type,
		CreatedAt: new Date().toISOString(),
		UpdatedAt: null,
		ArchivedAt: null,
		ExpectedPurgeDate: null,
		SubscriptionManagementConfiguration: {
			UnsubscribeHandlingType: type === 'Broadcasts' ? 'Postmark' : 'None',
		},
	};
}

interface Switch {
	Enabled: boolean;
}

export interface Webhook {
	ID: number;
	Url: string;
	/** Stays with its stream for good. */
	MessageStream: string;
	HttpAuth?: { Username: string; Password: string };
	HttpHeaders: Array<{ Name: string; Value: string }>;
	Triggers: {
		Open: Switch & { PostFirstOpenOnly: boolean };
		Click: Switch;
		Delivery: Switch;
		Bounce: Switch & { IncludeContent: boolean };
		SpamComplaint: Switch & { IncludeContent: boolean };
		SubscriptionChange: Switch;
	};
}

export interface Bounce {
	RecordType: 'Bounce';
	ID: number;
	Type: string;
	TypeCode: number;
	Name: string;
	Tag: string;
	MessageID: string;
	ServerID: number;
	MessageStream: string;
	Description: string;
	Details: string;
	Email: string;
	From: string;
	BouncedAt: string;
	DumpAvailable: boolean;
	Inactive: boolean;
	CanActivate: boolean;
	Subject: string;
	Content: string;
}

/** "HardBounce" is read "Hard bounce". */
export function nameOfBounce(type: string): string {
	const words = type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
	return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Bounce types and their codes (npm postmark, BounceType and BounceTypeCode). */
export const BOUNCE_TYPES: Record<string, number> = {
	HardBounce: 1,
	Transient: 2,
	Unsubscribe: 16,
	Subscribe: 32,
	AutoResponder: 64,
	AddressChange: 128,
	DnsError: 256,
	SpamNotification: 512,
	OpenRelayTest: 1024,
	Unknown: 2048,
	SoftBounce: 4096,
	VirusNotification: 8192,
	ChallengeVerification: 16384,
	BadEmailAddress: 100000,
	SpamComplaint: 100001,
	ManuallyDeactivated: 100002,
	Unconfirmed: 100003,
	Blocked: 100006,
	SMTPApiError: 100007,
	InboundError: 100008,
	DMARCPolicy: 100009,
	TemplateRenderingFailed: 100010,
};

/** One request to send the same content to many. */
export interface BulkRequest {
	Id: string;
	Status: 'Accepted' | 'Processing' | 'Completed' | 'Failed';
	SubmittedAt: string;
	TotalMessages: number;
	PercentageCompleted: number;
	Subject: string;
	/** Why single messages were not sent; the service does not tell this. */
	refused: Array<{ to: string; code: number; message: string }>;
}
