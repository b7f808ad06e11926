import type { PostmarkService } from './service';
import { accept } from './sending';
import { acceptTemplated } from './templateSend';
import { save } from './templates';

/** Mail to look at: messages, templates and what became of some of them. What is there already stays as it is. */
export async function sampleMail(postmark: PostmarkService): Promise<void> {
	const [server] = postmark.servers;
	if (!server) return;
	for (const message of MESSAGES) accept(message, { server }, postmark, 'sample');
	for (const template of TEMPLATES) {
		if (server.templates.find(template.Alias)) continue;
		save(server.templates.blank(postmark.newId(), server.id), template, server);
	}
	const { MessageID: id } = acceptTemplated(WELCOME, { server }, postmark, 'sample');
	postmark.deliver(id);
	postmark.open(id, { readSeconds: 12 });
	postmark.click(id);
	postmark.bounce({ email: 'former.colleague@yunhe.example' });
	postmark.unsubscribe({ email: 'reader@example.org', stream: 'broadcast' });
	await postmark.receive({
		from: 'Anna Berg <anna.berg@example.org>',
		to: server.inboundAddress.replace('@', '+ticket42@'),
		subject: 'Re: Your new mailbox',
		text: 'Thank you, it works!\n\nOn Monday, IT wrote:\n> Your mailbox is ready.',
		attachments: [{ name: 'screenshot.txt', content: 'It works.', contentType: 'text/plain' }],
	});
}

const TEMPLATES = [
	{
		Name: 'Company frame',
		Alias: 'company-frame',
		TemplateType: 'Layout',
		HtmlBody:
			'<div style="max-width:560px;margin:24px auto;font-family:sans-serif;color:#1c2330"><h1 style="font-size:18px;color:#0b6e6e">云禾科技</h1>{{{@content}}}<p style="color:#888;font-size:12px">{{company_name}}, {{company_address}}</p></div>',
		TextBody: '{{{@content}}}\n\n-- \n{{company_name}}, {{company_address}}',
	},
	{
		Name: 'Welcome',
		Alias: 'welcome',
		Subject: 'Welcome, {{name}}',
		LayoutTemplate: 'company-frame',
		HtmlBody:
			'<p>Hello {{name}},</p><p>your mailbox is ready. First steps:</p><ol>{{#each steps}}<li>{{title}}</li>{{/each}}</ol>{{#manager}}<p>Your manager is {{name}}.</p>{{/manager}}<p><a href="{{link}}">Open the mailbox</a></p>',
		TextBody: 'Hello {{name}},\n{{#each steps}}- {{title}}\n{{/each}}{{link}}',
	},
];

const WELCOME = {
	From: 'IT <it@yunhe.example>',
	To: 'wang.fang@yunhe.example',
	TemplateAlias: 'welcome',
	TemplateModel: {
		name: '王芳',
		steps: [{ title: 'Sign in' }, { title: 'Change the password' }, { title: 'Set up the phone' }],
		manager: { name: '李伟' },
		link: 'https://mail.example/',
		company_name: '云禾科技',
		company_address: '杭州',
	},
	Tag: 'welcome',
	TrackOpens: true,
	TrackLinks: 'HtmlAndText',
};

const MESSAGES = [
	{
		From: 'HR <hr@yunhe.example>',
		To: '"李伟" <li.wei@yunhe.example>',
		Subject: 'Nightly mailbox sync: 12 created, 8 frozen',
		HtmlBody:
			'<h2 style="font-family:sans-serif">Nightly sync</h2><table border="1" cellpadding="6" style="border-collapse:collapse;font-family:sans-serif"><tr><th>Created</th><th>Changed</th><th>Frozen</th></tr><tr><td>12</td><td>30</td><td>8</td></tr></table><p style="font-family:sans-serif">Nothing needs your attention.</p>',
		TextBody: 'Nightly sync\nCreated 12, changed 30, frozen 8.\nNothing needs your attention.',
		Tag: 'sync-report',
		Metadata: { day: '1' },
	},
	{
		From: 'welcome@yunhe.example',
		To: 'wang.fang@yunhe.example',
		Cc: 'it-helpdesk@yunhe.example',
		Subject: '欢迎加入云禾科技 🎉',
		HtmlBody: '<p>你好，王芳！</p><p>Your mailbox is ready: <b>wang.fang@yunhe.example</b></p>',
		Attachments: [
			{
				Name: 'first-steps.txt',
				Content: Buffer.from('1. Sign in\n2. Change the password\n').toString('base64'),
				ContentType: 'text/plain',
			},
		],
	},
	{
		From: 'noreply@yunhe.example',
		To: 'zhang.min@yunhe.example',
		Subject: 'Password reminder (text only)',
		TextBody: 'Your password expires in 7 days.\n\nhttps://mail.example/',
	},
];
