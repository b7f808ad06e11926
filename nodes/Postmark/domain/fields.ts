import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { RunFeedback } from '../../../core/node/operation';
import { listOf } from '../connection';

export const domains = listOf('Domains');

export const returnPathField: INodeProperties = {
	displayName: 'Return-Path Domain',
	name: 'returnPathDomain',
	type: 'string',
	default: '',
	placeholder: 'e.g. pm-bounces.example.com',
	description:
		'A subdomain of your own that bounces go to, which helps delivery. Point it to Postmark with a CNAME record.',
};

/** Its CNAME is in the answer (https://github.com/ActiveCampaign/postmark-php, src/Postmark/Models/PostmarkDomainDetails.php). */
export const trackingDomainField: INodeProperties = {
	displayName: 'Custom Tracking Domain',
	name: 'customTrackingDomain',
	type: 'string',
	default: '',
	placeholder: 'e.g. track.example.com',
	description:
		'A subdomain of your own that tracked links lead over, in place of one of Postmark. Point it to Postmark with a CNAME record.',
};

/** Tells which DNS record is missing: without it, a verification that found nothing looks like a success. */
export function sayIfUnverified(domain: IDataObject, feedback: RunFeedback): void {
	const name = String(domain.Name ?? 'The domain');
	if (domain.DKIMVerified === false) {
		const host = domain.DKIMPendingHost || domain.DKIMHost;
		feedback.hint(
			`${name}: DKIM is not verified. Add a TXT record for ${String(host)} with the value in “${domain.DKIMPendingHost ? 'DKIMPendingTextValue' : 'DKIMTextValue'}” to its DNS, then verify again.`,
		);
	}
	if (domain.ReturnPathDomain && domain.ReturnPathDomainVerified === false)
		feedback.hint(
			`${name}: the Return-Path is not verified. Add a CNAME record from ${String(domain.ReturnPathDomain)} to ${String(domain.ReturnPathDomainCNAMEValue)} to its DNS, then verify again.`,
		);
	if (domain.CustomTrackingDomain && domain.CustomTrackingVerified === false)
		feedback.hint(
			`${name}: the tracking domain is not verified. Add a CNAME record from ${String(domain.CustomTrackingDomain)} to ${String(domain.CustomTrackingDomainCNAMEValue)} to its DNS, then verify again.`,
		);
}
