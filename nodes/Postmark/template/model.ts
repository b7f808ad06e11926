import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { offsetPagination } from '../../../core/http/pagination';
import { path } from '../../../core/http/path';

/** https://postmarkapp.com/developer/api/templates-api#list-templates */
export const templates = offsetPagination({
	rows: 'Templates',
	offset: 'Offset',
	limit: 'Count',
	total: 'TotalCount',
	maxSize: 500,
});

/** A template's ID is a number, its alias starts with a letter: one cannot be mistaken for the other. */
export const templateNamed = (idOrAlias: string): { TemplateId?: number; TemplateAlias?: string } =>
	/^\d+$/.test(idOrAlias) ? { TemplateId: Number(idOrAlias) } : { TemplateAlias: idOrAlias };

export interface Template extends IDataObject {
	TemplateId: number;
	Name: string;
	Alias?: string | null;
	Subject?: string | null;
	HtmlBody?: string | null;
	TextBody?: string | null;
	TemplateType: 'Standard' | 'Layout';
	LayoutTemplate?: string | null;
}

export const getTemplate = async (client: Client, idOrAlias: string): Promise<Template> =>
	await client.get<Template>(path`/templates/${idOrAlias}`);

/** The parts of a template that hold its words. */
export const PARTS = ['Subject', 'HtmlBody', 'TextBody'] as const;

/** https://postmarkapp.com/developer/api/templates-api#validate-template */
export interface Validation {
	AllContentIsValid: boolean;
	Subject?: Part | null;
	HtmlBody?: Part | null;
	TextBody?: Part | null;
	SuggestedTemplateModel?: IDataObject | null;
}

interface Part {
	ContentIsValid: boolean;
	ValidationErrors?: Array<{ Message?: string; Line?: number; CharacterPosition?: number }>;
	RenderedContent?: string | null;
}

/** What a template is checked with: its parts, and how it is to be tried out. Empty parts are left out. */
export async function validateTemplate(client: Client, request: IDataObject): Promise<Validation> {
	const body = Object.fromEntries(
		Object.entries(request).filter(([, value]) => value !== undefined && value !== null && value !== ''),
	);
	return await client.send<Validation & IDataObject>({
		method: 'POST',
		path: '/templates/validate',
		answer: ['AllContentIsValid'],
		body,
		idempotent: true,
	});
}
