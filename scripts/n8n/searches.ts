/**
 * What people type into n8n's nodes panel, and the nodes of the pack that it must show. A test asks n8n's search for each;
 * the smoke test types them into the panel itself.
 */
const WORDS: Record<string, string[]> = {
	'MailOps Postmark': [
		'postmark',
		'send email',
		'send mail',
		'smtp',
		'bounce',
		'inbound',
		'unsubscribe',
		'newsletter',
		'邮件',
	],
	'MailOps Alimail': [
		'alimail',
		'sync users',
		'employee',
		'offboarding',
		'mailbox',
		'用户',
		'邮件',
		'企业邮箱',
		'阿里云',
		'aliyun',
	],
	'MailOps Mailchimp': [
		'mailchimp',
		'newsletter',
		'subscriber',
		'unsubscribe',
		'abandoned cart',
		'邮件',
		'订阅',
		'订单',
	],
	'MailOps Mailchimp Activity Trigger': [
		'mailchimp activity',
		'email opened',
		'link clicked',
		'new order',
		'打开',
	],
	'MailOps Outlook': ['outlook', 'microsoft graph', 'office 365', 'shared mailbox', 'send mail', '日历'],
	'MailOps Outlook Instant Trigger': ['outlook instant', 'outlook trigger', 'microsoft graph'],
	'MailOps SendPulse': [
		'sendpulse',
		'send email',
		'send mail',
		'smtp',
		'newsletter',
		'unsubscribe',
		'bounce',
		'邮件',
		'退订',
	],
	'MailOps AokSend': ['aoksend', 'aotsend', '蜂邮', 'send email', 'send mail', '邮件'],
	'MailOps Active Directory': ['active directory', 'ldap', 'sync users', 'employee', 'offboarding', '用户'],
};

export const SEARCHES: Array<[typed: string, node: string]> = Object.entries(WORDS).flatMap(([node, words]) =>
	words.map((typed): [string, string] => [typed, node]),
);
