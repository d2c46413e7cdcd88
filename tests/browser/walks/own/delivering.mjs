// Results that are more than a page: the applicant says how each comes, an officer hands one over to the post and keeps the other
// at the counter, where it is given out against a code that is good for once; the applicant sees where each of them is.

import { visitor, watched } from '../../browser.mjs';
import { atWork, fill, mustBeAt, mustTellMistakes, press, send, signIn } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inBothLanguages } from './ways.mjs';

const START = '/services/YZ27011/start';
const PLACE = '云江区文澜路 8 号 302';
const PARCEL = 'EE990123456CN';
const WINDOW = '政务大厅 3 号窗口';

export async function delivering(world) {
  const { portal, postBox, register, browser, base, report } = world;
  const context = await visitor(browser, base, {});
  const { page: desk, troubles } = await watched(context);
  await atWork(desk, postBox, portal.staff('decides cases of an agency without a system'));
  try {
    await inBothLanguages(world, 'a result by post and one at the counter', async (page, { mustBeSound }) => {
      const order = async (mine, act, values = {}) => {
        await desk.goto(`${atDesk(mine)}/do/${act}`);
        await fill(desk, values);
        await mustBeSound(desk);
        await press(desk.locator('main form[method="post"] button.large'));
      };
      const done = async (mine, act, values) => {
        await order(mine, act, values);
        mustBeAt(desk, atDesk(mine), act);
        must((await desk.locator('main .notice.ok').count()) === 1, `${act} is not confirmed`);
      };
      const granted = async (mine) => {
        await done(mine, 'accept');
        await done(mine, 'grant', { reason: '准予查阅' });
      };
      await signIn(page, portal.person(register.owner.name), START);
      const posted = await apply(page);
      await page.goto(START);
      const kept = await apply(page);

      // By post, with an address that officers read.
      await chooses(page, posted, 'post');
      await mustTellMistakes(page, ['name', 'phone', 'place']);
      must(await page.locator('main input[name="way"][value="post"]').isChecked(), 'what was chosen is lost');
      await mustBeSound();
      await fill(page, { name: register.owner.name, phone: '13900000000', place: PLACE });
      await send(page);
      mustBeAt(page, posted, 'after choosing the post');
      must((await page.locator('main').innerText()).includes(PLACE), 'where it is sent is not shown');
      await mustBeSound();
      await granted(posted);
      await desk.goto(atDesk(posted));
      must((await desk.locator('main').innerText()).includes(PLACE), 'the officer does not see where it goes');
      await mustBeSound(desk);
      await order(posted, 'send', { carrier: '邮政特快专递' });
      must((await desk.locator('.errors').count()) === 1, 'it is sent without the number of the parcel');
      await done(posted, 'send', { carrier: '邮政特快专递', parcel: PARCEL });
      await page.goto(posted);
      must((await page.locator('main').innerText()).includes(PARCEL), 'the number of the parcel is not shown');
      must((await page.locator('main a[href$="/delivery"]').count()) === 0, 'what is on its way can be sent elsewhere');
      await mustBeSound();
      await done(posted, 'deliver');

      // At the counter, against a code that the officer does not know.
      await chooses(page, kept, 'counter');
      mustBeAt(page, kept, 'after choosing the counter');
      await granted(kept);
      await done(kept, 'send', { place: WINDOW });
      await page.goto(kept);
      const code = await page.locator('main .big-code strong').innerText();
      must(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(code), `the code is ${code}`);
      must((await page.locator('main').innerText()).includes(WINDOW), 'where it is picked up is not shown');
      await mustBeSound();
      await desk.goto(atDesk(kept));
      must(!(await desk.content()).includes(code), 'the officer sees the code');
      await order(kept, 'deliver', { code: code.startsWith('0') ? '1000-0000' : '0000-0000' });
      must((await desk.locator('.errors').count()) === 1, 'it is handed over against another code');
      await mustBeSound(desk);
      await done(kept, 'deliver', { code });
      await page.goto(kept);
      must((await page.locator('main .big-code').count()) === 0, 'the code is shown after it was used');
      await mustBeSound();
    });
    report.check('results at the desk', 'clean', troubles());
  } finally {
    await context.close();
  }
}

function atDesk(mine) {
  return mine.replace('/me/cases', '/agency/cases');
}

// Applies; where the case is.
async function apply(page) {
  await press(page.locator('main form button.large[type="submit"]').first());
  for (let at = 0; at < 5 && !new URL(page.url()).pathname.endsWith('/review'); at += 1) {
    for (const group of await page.locator('main fieldset').all()) await group.locator('input[type="radio"]').last().check();
    await press(page.locator('main form button.large'));
  }
  await press(page.locator('form[action$="/submit"] button'));
  return new URL(page.url()).pathname;
}

// Says how a result is to come, from the page of its case.
async function chooses(page, mine, way) {
  await page.goto(mine);
  await press(page.locator('main a[href$="/delivery"]'));
  mustBeAt(page, `${mine}/delivery`, 'choosing how it comes');
  await page.locator(`main input[name="way"][value="${way}"]`).check();
  await send(page);
}
