import { CLASSIC, JOURNEY } from '../../../sandbox/services/mailchimp/automations';
import { writeMember } from '../../../sandbox/services/mailchimp/memberRules';
import type { MailchimpService } from '../../../sandbox/services/mailchimp/service';
import { scene, type Scenes } from '../scene';

const ANA = 'ana@example.org';

function withAna(mailchimp: MailchimpService): void {
	writeMember(mailchimp, mailchimp.audience, undefined, {
		given: { email_address: ANA, status: 'subscribed' },
		expects: 'new',
		skipMergeValidation: true,
		source: 'admin',
	});
}

/** Automations that are started for a contact, and the File Manager. */
export const automations: Scenes<MailchimpService>['scenes'] = {
	'automation.triggerStep': (mailchimp) => {
		withAna(mailchimp);
		const stepUrl = `/customer-journeys/journeys/${JOURNEY.id}/steps/${JOURNEY.step}/actions/trigger`;
		return scene('automation.triggerStep', { stepUrl, emailAddress: ANA }, () => mailchimp.triggered.length);
	},
	'automation.addToQueue': (mailchimp) => {
		withAna(mailchimp);
		return scene(
			'automation.addToQueue',
			{ automationId: CLASSIC.id, emailId: CLASSIC.email, emailAddress: ANA },
			() => mailchimp.queued.size,
		);
	},
	'file.upload': (mailchimp) =>
		scene('file.upload', { binaryField: 'data' }, () => mailchimp.files.size, {
			binary: {
				data: {
					data: Buffer.from('tea').toString('base64'),
					mimeType: 'text/plain',
					fileName: 'tea.txt',
				},
			},
		}),
	'file.delete': (mailchimp) => {
		const id = mailchimp.newId();
		mailchimp.files.set(id, {
			id,
			folder_id: 0,
			type: 'file',
			name: 'tea.txt',
			size: 3,
			created_at: '2020-01-01T00:00:00+00:00',
			created_by: 'MailOps Sandbox',
		});
		return scene('file.delete', { fileId: String(id) }, () => !mailchimp.files.has(id));
	},
};
