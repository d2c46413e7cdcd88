// A city that has been open for a while: its months of scorecards, the open data, what an agency says to a month, and what
// administrators see of all services.

import { visitor, watched } from '../../browser.mjs';
import { enterStaff, mustBeAt, press } from '../../people.mjs';
import { Portal } from '../../portal.mjs';
import { PostBox } from '../../post-box.mjs';
import { must } from '../walk.mjs';
import { inEveryWay } from './ways.mjs';

// So many days ago it opened: some month is over and published, whatever day it is.
const OPEN_FOR = 45;
const AGENCY = 'government-services';
const SERVICE = 'YZ27007';
const COLUMNS = 18;

export async function quality(outer) {
  const before = await Portal.start(process.env.YIMEN_BIN, { earlier: OPEN_FOR });
  await before.close();
  const portal = await Portal.start(process.env.YIMEN_BIN, { data: before.data });
  const world = { ...outer, portal, base: portal.url, postBox: new PostBox(portal.neighbour('Post box')) };
  const seats = [];
  const sit = async (purpose) => {
    const context = await visitor(world.browser, world.base, {});
    const { page, troubles } = await watched(context);
    seats.push({ context, troubles });
    await enterStaff(page, world.postBox, portal.staff(purpose));
    return page;
  };
  try {
    const manager = await sit('confirms what such an officer drafts');
    const officer = await sit('decides cases of an agency without a system');
    const above = await sit('runs the city');
    await inEveryWay(world, 'scorecards', async (page, { turn, mustBeSound }) => {
      const month = await league(page, mustBeSound);
      await files(page, month);
      for (const path of [`/quality/agencies/${AGENCY}?month=${month}`, `/quality/services/${SERVICE}`, `/quality?month=${month}&domain=D27`]) {
        await page.goto(path);
        must((await page.locator('main .empty').count()) === 0, `${path} has no month`);
        await mustBeSound();
      }
      must((await page.goto('/quality?month=2020-01')).status() === 404, 'a month before the city opened is shown');
      must((await page.goto('/open-data/quality/2020-01.csv')).status() === 404, 'a month before the city opened can be had');

      // The agency speaks to a month that is over; everybody reads it, without a number that slipped in.
      const desk = `/agency/quality?month=${month}`;
      await officer.goto(desk);
      must((await officer.locator('main textarea').count()) === 0, 'an officer speaks for the agency');
      await manager.goto(desk);
      await mustBeSound(manager);
      const words = `系统升级，已经恢复（${turn}），电话13812345678。`;
      await manager.locator('main textarea[name="words"]').fill(words);
      await press(manager.locator('main form[action="/agency/quality"] button'));
      mustBeAt(manager, '/agency/quality', 'after speaking');
      must((await manager.locator('main .notice.ok').count()) === 1, 'that it was said is not confirmed');
      await mustBeSound(manager);
      await page.goto(`/quality/agencies/${AGENCY}?month=${month}`);
      const said = await page.locator('main').innerText();
      must(said.includes(`已经恢复（${turn}）`) && !said.includes('13812345678'), 'what the agency says is not there, or with a number');
      await mustBeSound();

      await above.goto(`/admin/quality?month=${month}`);
      const all = await above.locator('main tbody tr').count();
      await above.locator('main select[name="agency"]').selectOption(AGENCY);
      await press(above.locator('main form.filter-row button'));
      const some = await above.locator('main tbody tr').count();
      must(some > 0 && some < all, `of ${all} services ${some} are the agency's`);
      await mustBeSound(above);
      must((await manager.goto('/admin/quality')).status() === 403, 'a manager reads what is for administrators');
    });
    world.report.check('scorecards at the desk', 'clean', seats.flatMap(({ troubles }) => troubles()).filter((trouble) => !trouble.includes('403')));
  } finally {
    for (const { context } of seats) await context.close();
    const how = await portal.stop();
    world.report.check('a city that was opened again', 'stop', how ? [how] : []);
  }
}

// The league of the latest month that is public. Which month it is.
async function league(page, mustBeSound) {
  await page.goto('/quality');
  await mustBeSound();
  must((await page.locator('main nav.tabs [aria-current]').count()) === 1, 'no month is shown');
  const file = await page.locator('main a[href$=".csv"]').getAttribute('href');
  return /(\d{4}-\d{2})\.csv$/.exec(file)[1];
}

// Both files, and that they say the same.
async function files(page, month) {
  await page.goto('/quality');
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('main a[href$=".csv"]').click()]);
  must(file.suggestedFilename().includes(month), `the table is called ${file.suggestedFilename()}`);
  const { request } = page.context();
  const table = await (await request.get(`/open-data/quality/${month}.csv`)).text();
  const [head, ...lines] = table.replace('\uFEFF', '').trim().split(/\r?\n/);
  must(head.split(',').length >= COLUMNS, `the table has the columns ${head}`);
  const document = await (await request.get(`/open-data/quality/${month}.json`)).json();
  const rows = document.services.filter((service) => !service.left_out);
  must(rows.length === lines.length, `the table has ${lines.length} lines, the document ${rows.length}`);
}
