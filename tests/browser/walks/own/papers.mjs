// A paper that is asked for once more at the desk, and handed in with the correction.

import { visitor, watched } from '../../browser.mjs';
import { atWork, mustBeAt, press, signIn } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inBothLanguages } from './ways.mjs';

const START = '/services/YZ20013/start';
const PDF = Buffer.from('%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n');

export async function papers(world) {
  const { portal, postBox, register, browser, base } = world;
  const context = await visitor(browser, base, {});
  const { page: officer } = await watched(context);
  await atWork(officer, postBox, portal.staff('asks applicants for papers'));
  try {
    await inBothLanguages(world, 'a paper that is asked for', async (page, { mustBeSound }) => {
      const upload = async (name, mimeType, buffer, button) => {
        await page.locator('main input[type="file"]').first().setInputFiles({ name, mimeType, buffer });
        await press(page.locator(button).first());
      };
      await signIn(page, portal.person(register.parent.name), START);
      await press(page.locator('main form button.large[type="submit"]').first());
      for (let at = 0; at < 5 && !new URL(page.url()).pathname.endsWith('/papers'); at += 1) {
        for (const box of await page.locator('main textarea').all()) await box.fill('云江区');
        for (const box of await page.locator('main form input:not([type="radio"]):not([type="hidden"])').all()) await box.fill('2');
        const radio = page.locator('main input[type="radio"]').first();
        if (await radio.count()) await radio.check();
        await press(page.locator('main form button.large'));
      }
      must(new URL(page.url()).pathname.endsWith('/papers'), `filled in, at ${page.url()}`);
      await upload('证件照.pdf', 'application/pdf', PDF, 'form[action$="/add"] button');
      must((await page.locator('main a[download]').count()) === 1, 'the paper is not there');
      await press(page.locator('button[value="next"]'));
      must(new URL(page.url()).pathname.endsWith('/review'), `handed in papers, at ${page.url()}`);
      await press(page.locator('form[action$="/submit"] button'));
      const mine = new URL(page.url()).pathname;
      const theirs = mine.replace('/me/cases', '/agency/cases');

      await officer.goto(`${theirs}/do/ask-correction`);
      await officer.locator('main input[name^="about-paper-"]').first().fill('照片太暗，请重新提交');
      await mustBeSound(officer);
      await press(officer.locator('main form[method="post"] button.large'));
      mustBeAt(officer, theirs, 'asking for a paper');

      await page.goto(mine);
      await press(page.locator('main a[href$="/correct"]'));
      must((await page.locator('main input[type="file"]').count()) === 1, 'the paper cannot be handed in');
      await mustBeSound();
      const send = 'main form button.large';
      await press(page.locator(send));
      must((await page.locator('.errors a[href^="#p-"]').count()) === 1, 'the paper that is missing is not named');
      await mustBeSound();
      await upload('脚本.pdf', 'application/pdf', Buffer.from('<script>alert(1)</script>'), send);
      must((await page.locator('.field-error').count()) === 1, 'what is no document is taken');
      await mustBeSound();
      await upload('新照片.pdf', 'application/pdf', PDF, send);
      mustBeAt(page, mine, 'after correcting');
      must((await page.locator('main .notice.ok').count()) === 1, 'the correction is not confirmed');
      must((await page.locator('main a[download]').count()) === 2, 'the paper is not with the case');
      await mustBeSound();
      await officer.goto(theirs);
      must((await officer.locator('main a[download]').count()) === 2, 'the officer does not have the paper');
      await mustBeSound(officer);
    });
  } finally {
    await context.close();
  }
}
