import type { IDataObject, IWebhookDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { readAnswers, readElements, type Sent } from './form';
import { confirmPage, formPage, textPage, thanksPage, type Asked } from './page';

const webhook = (httpMethod: 'GET' | 'POST'): IWebhookDescription => ({
	name: 'default',
	httpMethod,
	responseMode: 'onReceived',
	responseData: '',
	path: '={{ $nodeId }}',
	restartWebhook: true,
	isFullPath: true,
});

/** For the node's `webhooks`: they exist only while an execution waits, and n8n checks the signature of each call. */
export const answerWebhooks: IWebhookDescription[] = [webhook('GET'), webhook('POST')];

/** For the node's `waitingNodeTooltip`. */
export const waitingTooltip =
	'={{ $parameter["operation"] === "sendAndWait" ? "The workflow goes on when the email has been answered" : "" }}';

/**
 * For the node's `webhook()`: a GET only shows the page, whoever follows the link (mail scanners do); the POST of its button
 * is the answer. It becomes the node's output in the form that n8n's own nodes have.
 */
export async function takeAnswer(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { method } = context.getRequestObject();
	const type = parameter(context, 'responseType');
	const asked = { subject: parameter(context, 'subject'), message: parameter(context, 'message') };
	const isAnswer = method === 'POST';
	if (type === 'customForm') return takeForm(context, asked, isAnswer);
	const isText = type === 'freeText';
	if (!isAnswer) return show(context, isText ? textPage(asked) : approvalPage(context, asked));
	const respondedAt = new Date().toISOString();
	if (!isText) return answered(context, { approved: isYes(context), respondedAt });
	const text = String(context.getBodyData().text ?? '').trim();
	if (text === '') return show(context, textPage(asked, 'Please write an answer first.'));
	return answered(context, { text, respondedAt });
}

function takeForm(context: IWebhookFunctions, asked: Asked, isAnswer: boolean): IWebhookResponseData {
	const elements = readElements(context.getNodeParameter('formFields.values', []));
	if (!isAnswer) return show(context, formPage(asked, elements));
	// n8n takes a form's answer as multipart only, and gives its fields apart from its files (webhook-helpers.js of n8n 2.41).
	const sent = (context.getBodyData().data ?? {}) as Sent;
	const read = readAnswers(elements, sent);
	if ('wrong' in read) return show(context, formPage(asked, elements, sent, read.wrong));
	return answered(context, { ...read.data, respondedAt: new Date().toISOString() });
}

const isYes = (context: IWebhookFunctions): boolean =>
	(context.getQueryData() as IDataObject).approved === 'true';

function approvalPage(context: IWebhookFunctions, asked: Asked): string {
	const { approveLabel, disapproveLabel } = context.getNodeParameter('approvalOptions.values', {}) as {
		approveLabel?: string;
		disapproveLabel?: string;
	};
	return confirmPage(asked, isYes(context) ? approveLabel || 'Approve' : disapproveLabel || 'Decline');
}

/** What the page only repeats: an expression that can no longer be evaluated must not keep anybody from answering. */
function parameter(context: IWebhookFunctions, name: string): string {
	try {
		return String(context.getNodeParameter(name, '') ?? '');
	} catch {
		return '';
	}
}

function show(context: IWebhookFunctions, html: string): IWebhookResponseData {
	secure(context).send(html);
	return { noWebhookResponse: true };
}

function answered(context: IWebhookFunctions, data: IDataObject): IWebhookResponseData {
	secure(context);
	return { webhookResponse: thanksPage(), workflowData: [[{ json: { data } }]] };
}

/** The page runs nothing and loads nothing; the link in its address is a key, which it tells nobody. */
const HEADERS = {
	'Content-Type': 'text/html; charset=utf-8',
	'Content-Security-Policy': "sandbox allow-forms; default-src 'none'; style-src 'unsafe-inline'",
	'Cache-Control': 'no-store',
	'Referrer-Policy': 'no-referrer',
	'X-Content-Type-Options': 'nosniff',
};

function secure(context: IWebhookFunctions) {
	const response = context.getResponseObject();
	for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
	return response;
}
