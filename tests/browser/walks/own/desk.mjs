// An application to an agency without a system: asked to be corrected, put right, taken on, refused by one officer and a
// manager, and read by the citizen; and how the desk looks on the way.

import { visitor, watched } from '../../browser.mjs';
import { atWork, mustBeAt, press, signIn } from '../../people.mjs';
import { must } from '../walk.mjs';
import { apply } from './matters.mjs';
import { inBothLanguages } from './ways.mjs';

const START = '/services/YZ27007/start';

export async function desk(world) {
  const { portal, postBox, register, browser, base } = world;
  const sit = async (purpose) => {
    const context = await visitor(browser, base, {});
    const { page } = await watched(context);
    await atWork(page, postBox, portal.staff(purpose));
    return { context, page };
  };
  const officer = await sit('decides cases of an agency without a system');
  const manager = await sit('confirms what such an officer drafts');
  try {
    await inBothLanguages(world, 'a case at the desk', async (page, { mustBeSound }) => {
      await signIn(page, portal.person(register.owner.name), START);
      const mine = await apply(page);
      const theirs = mine.replace('/me/cases', '/agency/cases');

      const work = async (act, values) => {
        await officer.page.goto(`${theirs}/do/${act}`);
        for (const [name, value] of Object.entries(values)) await officer.page.locator(`main [name="${name}"]`).fill(value);
        await mustBeSound(officer.page);
        await press(officer.page.locator('main form[method="post"] button.large'));
        mustBeAt(officer.page, theirs, act);
        must((await officer.page.locator('main .notice.ok').count()) === 1, `${act} is not confirmed`);
      };
      await officer.page.goto('/agency/cases?show=unread');
      await mustBeSound(officer.page);
      must((await officer.page.locator(`main a[href="${theirs}"]`).count()) === 1, 'a new case is not listed as unread');
      await press(officer.page.locator(`main a[href="${theirs}"]`));
      await mustBeSound(officer.page);
      await officer.page.goto(`${theirs}/do/ask-correction`);
      await press(officer.page.locator('main form[method="post"] button.large'));
      must((await officer.page.locator('.errors').count()) === 1, 'nothing is asked for, and nobody says so');
      await mustBeSound(officer.page);
      await work('ask-correction', { 'about-info_wanted': '请写明文件名称' });

      await page.goto(mine);
      await mustBeSound();
      await press(page.locator('main a[href$="/correct"]'));
      await mustBeSound();
      await page.locator('#info_wanted').fill('');
      await press(page.locator('main form button.large'));
      must((await page.locator('.field-error').count()) > 0, 'what is missing is not said');
      await mustBeSound();
      await page.locator('#info_wanted').fill('2025年施工合同');
      await press(page.locator('main form button.large'));
      mustBeAt(page, mine, 'after correcting');
      must((await page.locator('main .notice.ok').count()) === 1, 'the correction is not confirmed');
      await mustBeSound();

      await work('accept', {});
      await work('refuse', { reason: '申请的信息不存在' });
      await manager.page.goto(theirs);
      await mustBeSound(manager.page);
      await press(manager.page.locator('button[value="confirm"]'));
      must((await manager.page.locator('main .notice.ok').count()) === 1, 'confirming is not confirmed');
      await mustBeSound(manager.page);

      await page.goto(mine);
      await press(page.locator('main a[href$="/decision"]'));
      must((await page.locator('main').innerText()).includes('申请的信息不存在'), 'the reason is not on the decision');
      await mustBeSound();
      const code = await page.locator('main code').first().innerText();
      await page.goto('/verify');
      await page.locator('#code').fill(code);
      await press(page.locator('main form button').first());
      must((await page.locator('main .notice.ok').count()) === 1, 'the code of a decision is not known');
      await mustBeSound();
    });
  } finally {
    await officer.context.close();
    await manager.context.close();
  }
}
