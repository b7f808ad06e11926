import type { Asked } from './api';
import { expandedOf } from './extended';
import { idOf, type Item, plainText, textOf, type Props } from './records';

/** A message (or another record with a body) as it is told. */
export function messageView(item: Item, asked: Pick<Asked, 'immutable' | 'prefer' | 'query'>): Props {
	const { internetMessageHeaders, singleValueExtendedProperties: _own, ...props } = item.props;
	const body = props.body as { contentType?: string; content?: string } | undefined;
	const content = textOf(body?.content);
	const asText = /body-content-type="?text"?/i.test(asked.prefer);
	const isHtml = body?.contentType?.toLowerCase() === 'html';
	const expands = asked.query.$expand ?? '';
	return {
		'@odata.etag': `W/"${item.id}.${item.version}"`,
		id: idOf(item, asked.immutable),
		changeKey: `CQ${item.version}`,
		parentFolderId: item.folder,
		...props,
		bodyPreview: (isHtml ? plainText(content) : content).slice(0, 255),
		hasAttachments: [...item.attachments.values()].some(({ props: { isInline } }) => isInline !== true),
		...(body === undefined
			? {}
			: { body: asText && isHtml ? { contentType: 'text', content: plainText(content) } : body }),
		...(/(^|,)\s*internetMessageHeaders/.test(asked.query.$select ?? '')
			? { internetMessageHeaders: internetMessageHeaders ?? [] }
			: {}),
		...expandedOf(item, expands),
		...(expands.includes('attachments')
			? { attachments: [...item.attachments.values()].map((one) => attachmentView(one)) }
			: {}),
	};
}

/** For filters, which see more than is told. */
export const filterView = (item: Item, asked: Asked): Props => ({
	...messageView(item, asked),
	singleValueExtendedProperties: item.props.singleValueExtendedProperties ?? [],
	expanded: expandedOf(item, asked.query.$expand ?? ''),
});

export function attachmentView(
	{ id, props, content }: { id: string; props: Props; content: Buffer },
	withContent = true,
): Props {
	const isFile = String(props['@odata.type']).endsWith('fileAttachment');
	return {
		id,
		lastModifiedDateTime: '2026-11-26T00:00:00Z',
		size: content.length,
		isInline: false,
		...props,
		...(isFile && withContent ? { contentBytes: content.toString('base64') } : {}),
	};
}
