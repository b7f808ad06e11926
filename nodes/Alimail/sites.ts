import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { lookUp } from '../../core/lookUp';

/**
 * Alimail's API hosts. A host serves only the tenants of its own site and edition.
 * China: https://help.aliyun.com/zh/document_detail/3022213.html, others:
 * https://www.alibabacloud.com/help/en/alibaba-mail/latest/api-access-server-address
 */
const HOSTS: Record<string, string> = {
	china: 'https://alimail-cn.aliyuncs.com',
	chinaLocalized: 'https://mail-open.xc.aliyun.com',
	singapore: 'https://alimail-sg.aliyuncs.com',
	hongKong: 'https://alimail-hk.aliyuncs.com',
	germany: 'https://alimail-de.aliyuncs.com',
	unitedStates: 'https://alimail-us.aliyuncs.com',
};

/** The address of a credential's site, without a slash at the end. */
export function baseUrlOf(credential: ICredentialDataDecryptedObject): string {
	const host = lookUp(HOSTS, String(credential.site)) ?? String(credential.baseUrl ?? '');
	return host.trim().replace(/\/+$/, '');
}
