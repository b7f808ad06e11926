import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { pages } from '../connection';

/** A template with its HTML readable: it comes in base64 (github.com/dimuska139/sendpulse-sdk-go, GetTemplate). */
export async function templateOf(id: string, client: Client, query: IDataObject = {}): Promise<IDataObject> {
	const template = await client.get(path`/template/${id}`, query);
	const { body } = template;
	return typeof body === 'string' && /^[A-Za-z\d+/\s]+={0,2}\s*$/.test(body)
		? { ...template, html: Buffer.from(body, 'base64').toString('utf8') }
		: template;
}

/** Without an owner SendPulse lists the templates that it offers to everybody. */
export const ownTemplates = (client: Client, limit = Infinity) =>
	client.pages('/templates', pages, { owner: 'me' }, limit);

/** The number of a template; some have a second ID that is a text. */
export const templateId = ({ id, real_id: realId }: IDataObject): string => String(realId ?? id);
