import type { IDataObject } from 'n8n-workflow';
import { readFiles, whenRead } from '../../../core/mail/compose';
import type { RunFeedback } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { wallClock } from '../../../core/node/parameters/time';
import { truncate } from '../../../core/text';
import { filesByName, inBase64 } from '../files';

/** Lists and files of one campaign (official description of `POST /campaigns`). */
const MOST = { lists: 10, files: 5 };

/** The body of `POST /campaigns` but its name and time. @throws {ServiceError} that names the field at fault */
export function readContent(
	item: ParameterReader,
	feedback: RunFeedback,
): IDataObject | Promise<IDataObject> {
	const options = item.collection('options');
	const sender = item.resourceId('sender');
	const html = item.option('content') === 'html' ? readHtml(item) : undefined;
	const words = html === undefined ? { template_id: item.resourceId('template') } : { body: inBase64(html) };
	const content = {
		sender_name: item.text('senderName') || sender,
		sender_email: sender,
		subject: requiredWords(item, 'subject'),
		...words,
		...readRecipients(item, options),
		...(options.boolean('dynamic') ? { use_dynamic_list: true } : {}),
		...(options.has('amp') ? { body_amp: inBase64(options.words('amp')) } : {}),
		...readTracking(options),
	};
	return whenRead(readFiles(item, html, feedback), ({ attachments }) => {
		if (attachments.length > MOST.files)
			throw options.fieldError(
				'attachments',
				`names ${attachments.length} files, and a campaign takes ${MOST.files}`,
				'Attach fewer, or put links into the body.',
			);
		return attachments.length === 0 ? content : { ...content, attachments_binary: filesByName(attachments) };
	});
}

/** Y-m-d H:i:s. @throws {ServiceError} for a day without a time, and for what is past */
export function readSendDate(item: ParameterReader, name: string): string {
	const time = item.time(name);
	if (time?.at === undefined)
		throw item.fieldError(
			name,
			time === undefined ? 'is empty' : 'has no time of day',
			'Choose day and time in the calendar, or write them like 2026-11-21T09:30.',
		);
	if (time.at.getTime() < Date.now()) throw item.fieldError(name, 'is past', 'Choose a time in the future.');
	return wallClock(time.at, item.timezone).replace('T', ' ');
}

function readHtml(item: ParameterReader): string {
	requiredWords(item, 'html');
	return String(item.value('html'));
}

export function requiredWords(item: ParameterReader, name: string): string {
	item.requiredText(name);
	return item.words(name);
}

function readRecipients(item: ParameterReader, options: ParameterReader): IDataObject {
	if (item.option('recipients') === 'segment') return { segment_id: item.number('segment', { min: 1 }) };
	const more = options.list('moreLists');
	const ids = [...new Set([item.resourceId('list'), ...more])].map((id) => {
		if (/^\d+$/.test(id)) return Number(id);
		const [reader, name] = more.includes(id) ? [options, 'moreLists'] : [item, 'list'];
		throw reader.fieldError(
			name,
			`names “${truncate(id)}”, which is not the ID of a list`,
			'IDs are numbers: the list shows them in its address in SendPulse.',
		);
	});
	if (ids.length > MOST.lists)
		throw options.fieldError(
			'moreLists',
			`makes ${ids.length} lists, and a campaign goes to ${MOST.lists} at most`,
			'Create a second campaign, or join lists in SendPulse.',
		);
	return { list_id: ids.length === 1 ? ids[0] : ids };
}

function readTracking(options: ParameterReader): IDataObject {
	const stats: IDataObject = {};
	for (const name of ['clicks', 'opens'])
		if (options.value(name) !== undefined) stats[name] = options.boolean(name);
	if (options.has('utmCampaign')) stats.utm_campaign = options.text('utmCampaign');
	return Object.keys(stats).length === 0 ? {} : { stats };
}
