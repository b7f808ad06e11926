import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { lookUp } from '../../core/lookUp';

/** What is known of each of the vendor's three services. What is not known of one is not offered for it. */
export interface Product {
	/** As people know it; it stands in every message. */
	name: string;
	baseUrl: string;
	/** How its emails get their words: from a template that the vendor has approved, or from the request. */
	words: 'template' | 'own';
	takesAttachments: boolean;
	tellsBalance: boolean;
	/** Where its sent emails are seen. */
	console: string;
}

/**
 * AokSend: https://www.aoksend.com/api.html (second version) and https://www.aoksend.com/check_balance_api.html.
 * AotSend: https://www.aotsend.com/doc/?id=86. 蜂邮, enterprise edition: its page at apifox.com
 * (apidoc/shared-c8d42c32-1e1b-43c8-8d18-716b822bfb20), which the vendor marks as in development.
 */
const PRODUCTS: Record<string, Product> = {
	aokSend: {
		name: 'AokSend',
		baseUrl: 'https://apiv2.aoksend.com',
		words: 'template',
		takesAttachments: true,
		tellsBalance: true,
		console: 'the sending records at www.aoksend.com, which are kept for seven days',
	},
	aotSend: {
		name: 'AotSend',
		baseUrl: 'https://www.aotsend.com',
		words: 'template',
		takesAttachments: false,
		tellsBalance: false,
		console: 'the sending records at www.aotsend.com',
	},
	fengEmail: {
		name: '蜂邮',
		baseUrl: 'https://qy.fengemail.com',
		words: 'own',
		takesAttachments: false,
		tellsBalance: false,
		console: 'the sending records at qy.fengemail.com',
	},
};

export const PRODUCT_IDS = Object.keys(PRODUCTS);

/** The service that a credential is for. */
export const productOf = (credential: ICredentialDataDecryptedObject): Product =>
	lookUp(PRODUCTS, String(credential.service)) ?? PRODUCTS.aokSend!;

/** Where its API is, without a slash at the end. */
export function baseUrlOf(credential: ICredentialDataDecryptedObject): string {
	const own = String(credential.baseUrl ?? '').trim();
	return (own || productOf(credential).baseUrl).replace(/\/+$/, '');
}
