import { headerValue } from '../http/path';
import type { Words } from '../mail/compose';
import type { ParameterReader } from '../node/parameters/reader';
import { escapeHtml } from '../text';
import { checkForm } from './form';

/** A button of the email; its address is signed by n8n and leads to a page that asks for a click. */
interface Button {
	label: string;
	url: string;
	isMain: boolean;
}

/** The words of the email that asks: the question, and a button for each answer. */
export function readQuestion(item: ParameterReader): Words {
	const subject = headerValue(filled(item, 'subject'));
	const message = filled(item, 'message');
	if (item.option('responseType') === 'customForm') checkForm(item);
	const buttons = readButtons(item);
	return { subject, html: htmlOf(message, buttons), text: textOf(message, buttons) };
}

function filled(item: ParameterReader, field: 'subject' | 'message'): string {
	item.words(field);
	return item.requiredText(field);
}

function readButtons(item: ParameterReader): Button[] {
	const yes = item.signedResumeUrl({ approved: 'true' });
	if (item.option('responseType') !== 'approval') {
		const label = item.collection('options').text('messageButtonLabel') || 'Respond';
		return [{ label, url: yes, isMain: true }];
	}
	const [chosen] = item.fixedCollection('approvalOptions', 'values');
	const approve: Button = { label: chosen?.text('approveLabel') || 'Approve', url: yes, isMain: true };
	if (chosen?.text('approvalType') !== 'double') return [approve];
	const no = item.signedResumeUrl({ approved: 'false' });
	return [{ label: chosen.text('disapproveLabel') || 'Decline', url: no, isMain: false }, approve];
}

/** In tables and inline styles, which is what mail programs read. */
function htmlOf(message: string, buttons: Button[]): string {
	const cells = buttons.map(
		({ label, url, isMain }) =>
			`<td style="padding-right:12px"><a href="${escapeHtml(url)}" style="${isMain ? MAIN : OTHER}">${escapeHtml(label)}</a></td>`,
	);
	return `<div style="font-family:Arial,sans-serif;font-size:15px;line-height:1.5;color:#222222">
<p>${escapeHtml(message).replace(/\r?\n/g, '<br>')}</p>
<table role="presentation" cellpadding="0" cellspacing="0"><tr>${cells.join('')}</tr></table>
</div>`;
}

const BUTTON =
	'display:inline-block;padding:10px 18px;border-radius:4px;text-decoration:none;font-weight:bold';
const MAIN = `${BUTTON};background:#1f6f43;color:#ffffff;border:1px solid #1f6f43`;
const OTHER = `${BUTTON};background:#ffffff;color:#222222;border:1px solid #999999`;

const textOf = (message: string, buttons: Button[]): string =>
	[message, ...buttons.map(({ label, url }) => `${label}: ${url}`)].join('\n\n');
