import { escapeHtml } from '../text';
import { listOf, nameOf, type FormElement, type Sent } from './form';

/** What a page shows of the question. */
export interface Asked {
	subject: string;
	message: string;
}

/** The page behind a button of the email: nothing is decided until its own button is pressed. */
export const confirmPage = ({ subject, message }: Asked, button: string): string =>
	page(
		subject,
		`<p class="message">${escapeHtml(message)}</p><form method="post"><button>${escapeHtml(button)}</button></form>`,
	);

/** `complaint` is what was wrong with the answer before. */
export const textPage = ({ subject, message }: Asked, complaint = ''): string =>
	page(
		subject,
		`<p class="message">${escapeHtml(message)}</p>
<form method="post">
${complaint === '' ? '' : `<p role="alert">${escapeHtml(complaint)}</p>`}
<label for="text">Your answer</label>
<textarea id="text" name="text" rows="8" required autofocus></textarea>
<button>Submit</button>
</form>`,
	);

/** `sent` and `complaints`: what was filled in before, and what was wrong with it. */
export const formPage = (
	{ subject, message }: Asked,
	elements: FormElement[],
	sent: Sent = {},
	complaints: string[] = [],
): string =>
	page(
		subject,
		`<p class="message">${escapeHtml(message)}</p>
<form method="post" enctype="multipart/form-data">
${complaints.map((complaint) => `<p role="alert">${escapeHtml(complaint)}</p>`).join('')}
${elements.map((element, index) => formElement(element, nameOf(index), listOf(sent[nameOf(index)]))).join('\n')}
<button>Submit</button>
</form>`,
	);

/** Required checkboxes are checked when they arrive: HTML knows no "one of these". */
function formElement(
	{ label, type, choices, isRequired }: FormElement,
	name: string,
	held: string[],
): string {
	const words = `${escapeHtml(label)}${isRequired ? ' *' : ''}`;
	const required = isRequired ? ' required' : '';
	const value = escapeHtml(held[0] ?? '');
	switch (type) {
		case 'checkbox':
		case 'radio':
			return `<fieldset><legend>${words}</legend>${choices
				.map((choice) => {
					const checked = held.includes(choice) ? ' checked' : '';
					const must = type === 'radio' ? required : '';
					return `<label class="choice"><input type="${type}" name="${name}" value="${escapeHtml(choice)}"${must}${checked}> ${escapeHtml(choice)}</label>`;
				})
				.join('')}</fieldset>`;
		case 'dropdown':
			return `<label>${words}<select name="${name}"${required}><option value=""></option>${choices
				.map((choice) => `<option${held.includes(choice) ? ' selected' : ''}>${escapeHtml(choice)}</option>`)
				.join('')}</select></label>`;
		case 'textarea':
			return `<label>${words}<textarea name="${name}" rows="5"${required}>${value}</textarea></label>`;
		default:
			return `<label>${words}<input type="${INPUTS[type] ?? 'text'}" name="${name}" value="${value}"${type === 'number' ? ' step="any"' : ''}${required}></label>`;
	}
}

const INPUTS: Record<string, string> = { number: 'number', email: 'email', date: 'date' };

export const thanksPage = (): string =>
	page('Thank you', '<p class="message">Your answer was recorded. You can close this page.</p>');

const STYLE = `body{margin:0;background:#f4f4f2;color:#222;font:16px/1.5 system-ui,Arial,sans-serif}
main{max-width:34rem;margin:4rem auto;padding:2rem;background:#fff;border-radius:8px}
h1{font-size:1.3rem;margin:0 0 1rem;overflow-wrap:anywhere}
.message{white-space:pre-line;overflow-wrap:anywhere}
label{display:block;margin-bottom:.3rem}
textarea,select,input:not([type=checkbox],[type=radio]){box-sizing:border-box;width:100%;font:inherit;padding:.5rem;margin:.2rem 0 1rem}
fieldset{border:0;margin:0 0 1rem;padding:0}legend{padding:0}
button{font:inherit;font-weight:bold;padding:.6rem 1.2rem;border:0;border-radius:4px;background:#1f6f43;color:#fff;cursor:pointer}
[role=alert]{color:#a01515}`;

const page = (title: string, content: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>${content}</main></body></html>`;
