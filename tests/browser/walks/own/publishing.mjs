// A notice to everybody: published by whoever leads an agency, seen on the home page, and taken down.

import { setTimeout as sleep } from 'node:timers/promises';

import { visitor, watched } from '../../browser.mjs';
import { atWork, fill, mustBeAt, press, send } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inBothLanguages } from './ways.mjs';

const DESK = '/agency/writing';
const AGENCY = 'government-services';
// Every node knows of a new notice within seconds.
const PATIENCE = 15_000;

export async function publishing(world) {
  const { portal, postBox, browser, base } = world;
  const context = await visitor(browser, base, {});
  const { page: desk, troubles } = await watched(context);
  await atWork(desk, postBox, portal.staff('confirms what such an officer drafts'));
  try {
    await inBothLanguages(world, 'a notice to everybody', async (page, { mustBeSound }) => {
      const title = `试发公告 ${Math.random().toString(36).slice(2, 8)}`;
      await desk.goto(DESK);
      await press(desk.locator(`main a[href="${DESK}/new"]`));
      await send(desk);
      must((await desk.locator('.errors a[href="#title_zh"]').count()) === 1, 'that a title is missing is not said');
      await mustBeSound(desk);
      await desk.locator('main select[name="agency"]').selectOption(AGENCY);
      await desk.locator('main input[name="kind"][value="urgent"]').check();
      await fill(desk, { title_zh: title, body_zh: '今天下午停电，办事大厅提前关门。', expires: '2035-12-31T22:00' });
      await send(desk);
      mustBeAt(desk, DESK, 'after publishing');
      must((await desk.locator('main .notice.ok').count()) === 1, 'that it is published is not said');
      await mustBeSound(desk);

      await untilHome(page, title, 1);
      await press(page.locator('main .urgent a', { hasText: title }));
      must((await page.locator('h1').innerText()).includes(title), 'the notice has another title');
      await mustBeSound();

      // The desk shows what was there when it was asked for.
      await desk.goto(DESK);
      await press(desk.locator('main tr', { hasText: title }).locator('form button'));
      mustBeAt(desk, DESK, 'after taking it down');
      await untilHome(page, title, 0);
    });
  } finally {
    world.report.check('a notice to everybody: the desk', 'clean', troubles());
    await context.close();
  }
}

// Until it stands on the home page, or does not any more.
async function untilHome(page, title, count) {
  const deadline = Date.now() + PATIENCE;
  do {
    await page.goto('/');
    if ((await page.locator('main .urgent a', { hasText: title }).count()) === count) return;
    await sleep(300);
  } while (Date.now() < deadline);
  must(false, `${title} stands on the home page ${count ? 'not' : 'still'}`);
}
