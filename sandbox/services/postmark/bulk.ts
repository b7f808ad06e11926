import { randomUUID } from 'node:crypto';
import { readObject } from './body';
import { PostmarkError, invalidEmail, invalidField } from './errors';
import { type Model, parseTemplate, renderTemplate } from './mustachio';
import type { BulkRequest } from './records';
import type { Resource } from './resource';
import { accept } from './sending';
import type { PostmarkServer } from './server';
import type { PostmarkState } from './state';
import { compose } from './templateSend';

/** What the request says once for all (npm postmark, BulkEmailRequest). */
const SHARED = {
	From: 'string',
	ReplyTo: 'string',
	Tag: 'string',
	MessageStream: 'string',
	TrackOpens: 'boolean',
	TrackLinks: 'string',
	Attachments: 'array',
	Headers: 'array',
	Metadata: 'object',
} as const;
const CONTENT = {
	Subject: 'string',
	HtmlBody: 'string',
	TextBody: 'string',
	TemplateId: 'number',
	TemplateAlias: 'string',
	InlineCss: 'boolean',
} as const;
const OWN = {
	To: 'string',
	Cc: 'string',
	Bcc: 'string',
	TemplateModel: 'object',
	Metadata: 'object',
	Headers: 'array',
} as const;

type Fields = Record<string, unknown>;

/**
 * `POST /email/bulk` and its status (postmarkapp.com/developer/api/bulk-email). It has to be enabled for an account
 * (`settings.bulkEnabled`) and is for broadcast streams only; with which code the service refuses otherwise is not public.
 */
export const bulk: Resource = ({ app, state, server }) => {
	const enabled = () => {
		if (state.settings.bulkEnabled) return;
		throw new PostmarkError(405, 'The Bulk API is not enabled for your account. Please contact support.');
	};

	app.post('/email/bulk', async (request) => {
		const of = server(request);
		enabled();
		const noted = (field: string) => state.noteUnknown(`POST /email/bulk: ${field}`);
		const given = readObject(request.body, { ...SHARED, ...CONTENT, Messages: 'array' }, noted);
		checkContent(given, of);
		const messages = (given.Messages as unknown[]).map((one) =>
			readObject(one, OWN, (field) => noted(`Messages[].${field}`)),
		);
		const made: BulkRequest = {
			Id: randomUUID(),
			Status: 'Accepted',
			SubmittedAt: new Date().toISOString(),
			TotalMessages: messages.length,
			PercentageCompleted: 0,
			Subject: String(given.Subject ?? ''),
			refused: [],
		};
		of.bulkRequests.set(made.Id, made);
		for (const own of messages) sendOne(given, own, made, of, state);
		return { Id: made.Id, Status: made.Status, SubmittedAt: made.SubmittedAt };
	});

	// All is sent at once here: the first question hears "Processing", the next ones "Completed".
	app.get<{ Params: { id: string } }>('/email/bulk/:id', async (request) => {
		const of = server(request);
		enabled();
		const found = of.bulkRequests.get(request.params.id.toLowerCase());
		if (!found) {
			throw new PostmarkError(12, `There is no bulk request with the id '${request.params.id}'.`, 404);
		}
		found.Status = found.Status === 'Accepted' ? 'Processing' : 'Completed';
		found.PercentageCompleted = found.Status === 'Completed' ? 100 : 50;
		const { refused: _, ...status } = found;
		return status;
	});
};

function checkContent(given: Fields, of: PostmarkServer): void {
	const { Messages, MessageStream: id = 'broadcast', TemplateId, TemplateAlias, HtmlBody, TextBody } = given;
	if (!Array.isArray(Messages) || Messages.length === 0) {
		throw invalidField("The field 'Messages' is required, with at least one message.");
	}
	const stream = of.streams.get(String(id));
	if (!stream || stream.ArchivedAt) {
		throw new PostmarkError(1235, `The stream provided: '${String(id)}' does not exist on this server.`);
	}
	if (stream.MessageStreamType !== 'Broadcasts') {
		throw new PostmarkError(
			1236,
			`Bulk email goes through broadcast streams only, not through '${stream.ID}'.`,
		);
	}
	if (!given.From) throw invalidEmail("The 'From' address is required.");
	if (TemplateId || TemplateAlias) {
		compose({ ...pick(given, CONTENT), TemplateModel: {} }, { server: of });
		return;
	}
	if (!HtmlBody && !TextBody) throw invalidEmail('Provide either email TextBody or HtmlBody or both.');
	for (const part of ['Subject', 'HtmlBody', 'TextBody'] as const) {
		const [problem] = parseTemplate(String(given[part] ?? '')).problems;
		if (problem) throw new PostmarkError(1122, `The field '${part}' is not valid: ${problem.Message}`);
	}
}

function sendOne(
	given: Fields,
	own: Fields,
	made: BulkRequest,
	of: PostmarkServer,
	state: PostmarkState,
): void {
	const model = (own.TemplateModel ?? {}) as Model;
	try {
		const { template, parts } = contentOf(given, model, of);
		const shared = pick(given, SHARED);
		const message = {
			...shared,
			...pick(own, { To: 1, Cc: 1, Bcc: 1 }),
			MessageStream: given.MessageStream ?? 'broadcast',
			Headers: [...((shared.Headers as unknown[]) ?? []), ...((own.Headers as unknown[]) ?? [])],
			Metadata: { ...(shared.Metadata as object), ...(own.Metadata as object) },
			...parts,
		};
		accept(message, { server: of }, state, 'POST /email/bulk', template);
	} catch (error) {
		if (!(error instanceof PostmarkError)) throw error;
		made.refused.push({ to: String(own.To ?? ''), code: error.errorCode, message: error.message });
	}
}

function contentOf(
	given: Fields,
	model: Model,
	of: PostmarkServer,
): { template?: { id: number; alias: string | null }; parts: Fields } {
	if (given.TemplateId || given.TemplateAlias) {
		return compose({ ...pick(given, CONTENT), TemplateModel: model }, { server: of });
	}
	const draw = (part: string): string | undefined => {
		if (given[part] === undefined) return undefined;
		const { program } = parseTemplate(String(given[part]));
		return program && renderTemplate(program, model, part === 'HtmlBody');
	};
	const Subject = draw('Subject')?.replace(/[\r\n]+/g, ' ');
	return { parts: { Subject, HtmlBody: draw('HtmlBody'), TextBody: draw('TextBody') } };
}

function pick(given: Fields, names: object): Fields {
	return Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(names, name)));
}
