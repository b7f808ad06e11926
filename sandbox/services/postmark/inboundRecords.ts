export interface InboundRecipient {
	Email: string;
	Name: string;
	/** What stands behind the + of the address. */
	MailboxHash: string;
}

export interface InboundAttachment {
	Name: string;
	/** Base64. */
	Content: string;
	ContentType: string;
	/** Bytes, decoded. */
	ContentLength: number;
	ContentID: string;
}

/** Payload of the inbound webhook (postmarkapp.com/developer/webhooks/inbound-webhook); it has no RecordType. */
export interface InboundPayload {
	FromName: string;
	MessageStream: string;
	From: string;
	FromFull: InboundRecipient;
	To: string;
	ToFull: InboundRecipient[];
	Cc: string;
	CcFull: InboundRecipient[];
	Bcc: string;
	BccFull: InboundRecipient[];
	OriginalRecipient: string;
	Subject: string;
	MessageID: string;
	ReplyTo: string;
	MailboxHash: string;
	/** As in the mail's own header. */
	Date: string;
	TextBody: string;
	HtmlBody: string;
	StrippedTextReply: string;
	Tag: string;
	Headers: Array<{ Name: string; Value: string }>;
	Attachments: InboundAttachment[];
	/** When the server has RawEmailEnabled. */
	RawEmail?: string;
}

export interface InboundMessage {
	payload: InboundPayload;
	status: 'Queued' | 'Processed' | 'Blocked' | 'Failed' | 'Scheduled';
	/** Why it is blocked. */
	blockedReason: string;
	/** Milliseconds since 1970. */
	at: number;
}

/** A sender whose mail is blocked. */
export interface InboundRule {
	ID: number;
	/** An address or a domain. */
	Rule: string;
}
