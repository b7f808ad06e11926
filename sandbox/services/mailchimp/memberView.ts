import type { Audience } from './audience';
import { type Ask, linksTo } from './resource';
import type { Member } from './records';
import type { MailchimpState } from './state';

/** A contact as every answer has it. */
export function showMember(state: MailchimpState, audience: Audience, member: Member) {
	const tags = audience.tagsOf(member.id);
	const note = [...member.notes.values()].at(-1);
	const { FNAME = '', LNAME = '' } = member.merge_fields as Record<string, string>;
	const { id, email_address, unique_email_id, contact_id, web_id, email_type, status } = member;
	const { ip_signup, timestamp_signup, ip_opt, timestamp_opt, last_changed, language, vip, source } = member;
	return {
		id,
		email_address,
		unique_email_id,
		contact_id,
		full_name: `${FNAME} ${LNAME}`.trim(),
		web_id,
		email_type,
		status,
		...(member.unsubscribe_reason === undefined ? {} : { unsubscribe_reason: member.unsubscribe_reason }),
		consents_to_one_to_one_messaging: true,
		sms_phone_number: '',
		sms_subscription_status: '',
		sms_subscription_last_updated: '',
		merge_fields: member.merge_fields,
		...(audience.categories.size > 0 ? { interests: member.interests } : {}),
		stats: { avg_open_rate: 0, avg_click_rate: 0 },
		ip_signup,
		timestamp_signup,
		ip_opt,
		timestamp_opt,
		member_rating: 2,
		last_changed,
		language,
		vip,
		email_client: '',
		location: { ...member.location, gmtoff: 0, dstoff: 0, country_code: '', timezone: '', region: '' },
		...(audience.info.marketing_permissions
			? {
					marketing_permissions: audience.permissions.map((one) => ({
						...one,
						enabled: member.permissions[one.marketing_permission_id] ?? false,
					})),
				}
			: {}),
		...(note
			? {
					last_note: {
						note_id: note.id,
						created_at: note.created_at,
						created_by: note.created_by,
						note: note.note,
					},
				}
			: {}),
		source,
		tags_count: tags.length,
		tags: tags.map((tag) => ({ id: tag.id, name: tag.name })),
		list_id: audience.id,
		_links: linksTo(state, `/lists/${audience.id}/members/${id}`),
	};
}

export const shown = ({ state, audience }: Ask, member: Member) => showMember(state, audience, member);
