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
	trackOpens: boolean;
	trackLinks: string;
	/** Bytes of bodies and attachments as they came. */
	size: number;
	/** Recipients that are inactive and were left out. */
	suppressed: string[];
	/** Milliseconds since 1970. */
	at: number;
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
