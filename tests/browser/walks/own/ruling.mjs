// What no administrator does alone: another number for the city, and a grave sanction. One asks, another decides, and both
// stand in the lists. And an agency that is down by order, as people meet it.

import { visitor, watched } from '../../browser.mjs';
import { atWork, badge, colleague, fill, mustBeAt, mustTellMistakes, press, send, signIn, taken } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inBothLanguages } from './ways.mjs';

const AGENCY = 'gas-supply';
const HEALTH = `/admin/agencies/${AGENCY}/health`;
const SECOND = 'third.administrator';
// Numbers that hold for nobody before the day after today.
const RULES = ['contact-due', 'silent-days'];
// What is asked of the agency while somebody waits: a bill, and free days.
const BILL = '/services/YZ17010/start';
const DAYS = '/services/YZ17018/start';

export async function ruling(world) {
  const { portal, postBox, browser, base, report } = world;
  const seats = [];
  const sit = async () => {
    const context = await visitor(browser, base, {});
    const seat = await watched(context);
    seats.push({ context, ...seat });
    return seat.page;
  };
  try {
    const [desk, other, gas] = [await sit(), await sit(), await sit()];
    await atWork(desk, postBox, portal.staff('runs the city'));
    await colleague(other, desk, { name: '吴三', login: SECOND });
    await atWork(gas, postBox, portal.staff('connects an agency'));
    const people = { chief: await badge(desk), second: await badge(other), agency: await badge(gas) };
    const errand = (name, steps) => inBothLanguages(world, name, async (page, ways) => {
      const sitAs = async (who) => {
        await ways.context.clearCookies({ name: 'staff' });
        await ways.context.addCookies(people[who]);
      };
      await steps(page, { ...ways, sitAs, chief: portal.staff('runs the city').login });
    });
    await errand('a number that the city sets', rule);
    await errand('a grave sanction', sanction);
    await inBothLanguages(world, 'an agency that is down', async (page, ways) => {
      await down(page, { ...ways, desk, person: portal.person(world.register.parent.name) });
    });
    report.check('what two administrators decide', 'clean', seats.flatMap(({ troubles }) => troubles()));
  } finally {
    for (const { context } of seats) await context.close();
  }
}

async function rule(page, { turn, again, sitAs, chief, mustBeSound }) {
  const here = `/admin/policy/${RULES[turn]}`;
  await sitAs('chief');
  await page.goto('/admin/policy');
  await press(page.locator(`main a[href="${here}"]`));
  await mustBeSound();
  await press(page.locator(`main a[href="${here}/change"]`));
  const now = Number(await page.locator('#number').inputValue());
  await fill(page, { number: 'many' });
  await send(page);
  await mustTellMistakes(page, ['number', 'reason'], { number: 'many' });
  await mustBeSound();
  const reason = `新招的人员下月到岗（${turn}${again ? '，再次' : ''}）`;
  await fill(page, { number: String(now + (again ? 2 : 1)), reason });
  await send(page);
  mustBeAt(page, here, 'after asking');
  must((await page.locator('main .notice.ok').count()) === 1, 'that it was asked for is not said');
  must((await page.locator('main input[name="act"][value="approve"]').count()) === 0, 'one approves one’s own wish');
  await mustBeSound();

  await sitAs('second');
  await page.goto('/admin/policy/history?state=asked');
  await mustBeSound();
  await press(page.locator(`main tbody a[href="${here}"]`));
  await press(page.locator('main form:has(input[name="act"][value="refuse"]) button'));
  await mustTellMistakes(page, ['words']);
  await mustBeSound();
  await press(page.locator('main form:has(input[name="act"][value="approve"]) button'));
  mustBeAt(page, here, 'after approving');
  must((await page.locator('main .notice.ok').count()) === 1, 'that it is approved is not said');
  await mustBeSound();

  await page.goto('/admin/policy/history');
  await page.locator('main select[name="rule"]').selectOption(RULES[turn]);
  await page.locator('main select[name="state"]').selectOption('approved');
  await press(page.locator('main form[action="/admin/policy/history"] button'));
  const row = await page.locator('main tbody tr', { hasText: reason }).innerText();
  must(row.includes(chief) && row.includes(SECOND), `the history does not name both: ${row}`);
  await mustBeSound();
  const list = await taken(page, 'main form[action="/admin/policy/history.csv"] button');
  must(list.includes(reason) && list.includes(chief) && list.includes(SECOND), 'the list of changes is not right');
}

async function sanction(page, { turn, again, sitAs, chief, mustBeSound }) {
  const reason = `多次泄露用户信息（${turn}${again ? '，再次' : ''}）`;
  await sitAs('chief');
  await page.goto(`/admin/agencies/${AGENCY}/sanction`);
  await page.locator('input[name="grade"][value="suspended"]').check();
  await fill(page, { reason });
  await send(page);
  // A lighter degree may only be left out where people are in danger of harm.
  await mustTellMistakes(page, ['grade-notice'], { reason });
  await mustBeSound();
  await page.locator('input[name="at_once"]').check();
  await send(page);
  mustBeAt(page, HEALTH, 'after proposing');
  must((await page.locator('main .notice.ok').count()) === 1, 'that it waits for another is not said');
  await mustBeSound();
  await press(page.locator('main a[href$="/decide"]'));
  const wish = new URL(page.url()).pathname;
  must((await page.locator('main input[name="act"][value="impose"]').count()) === 0, 'one imposes it alone');
  await mustBeSound();

  await sitAs('second');
  await page.goto('/admin/sanctions');
  await mustBeSound();
  await press(page.locator(`main a[href="${wish}"]`));
  await press(page.locator('main form:has(input[name="act"][value="refuse"]) button'));
  await mustTellMistakes(page, ['words']);
  await mustBeSound();
  await press(page.locator('main form:has(input[name="act"][value="impose"]) button'));
  mustBeAt(page, HEALTH, 'after imposing');
  await mustBeSound();

  // The agency reads why, and by whom, and answers once.
  await sitAs('agency');
  await page.goto(`/agency/health?agency=${AGENCY}`);
  const read = await page.locator('main').innerText();
  must(read.includes(reason) && read.includes(chief) && read.includes(SECOND), 'the agency does not read why, or by whom');
  await mustBeSound();
  await press(page.locator('main a[href$="/answer"]'));
  await send(page);
  await mustTellMistakes(page, ['words']);
  await mustBeSound();
  await fill(page, { words: '已更换系统口令并清查权限' });
  await send(page);
  mustBeAt(page, '/agency/health', 'after answering');
  must((await page.locator('main a[href$="/answer"]').count()) === 0, 'the agency answers twice');
  await mustBeSound();

  // Sorted out, taken away, and lifted.
  await sitAs('chief');
  await page.goto('/admin/sanctions');
  for (const [name, value] of [['agency', AGENCY], ['grade', 'suspended'], ['stand', 'in-force']]) {
    await page.locator(`main select[name="${name}"]`).selectOption(value);
  }
  await press(page.locator('main form.filter-row button'));
  const rows = page.locator('main tbody tr');
  must((await rows.count()) === 1 && (await rows.innerText()).includes(reason), 'what is in force is not listed alone');
  await mustBeSound();
  const list = await taken(page, 'main form[action="/admin/sanctions.csv"] button');
  must(list.includes(reason) && list.trim().split('\n').length === 2, 'the list of sanctions is not what is asked for');
  await page.goto(HEALTH);
  await press(page.locator('main a[href$="/lift"]'));
  await mustBeSound();
  await fill(page, { reason: '整改完成' });
  await send(page);
  mustBeAt(page, HEALTH, 'after lifting');
  await page.goto(`/admin/sanctions?agency=${AGENCY}&stand=in-force`);
  must((await rows.count()) === 0, 'what was lifted is in force');
  await mustBeSound();
}

// A bill and free days cannot be had; the pages say so, with whom to call, and the rest of the portal goes on.
async function down(page, { desk, person, mustBeSound }) {
  await signIn(page, person, BILL);
  const asksForBill = async () => {
    await page.goto(BILL);
    await page.locator('#gas_account').fill('9900128846');
    await press(page.locator('main form button.large'));
  };
  await asksForBill();
  must((await page.locator('.found-record').count()) > 0, 'there is no bill while all is well');

  await desk.goto(`/admin/agencies/${AGENCY}/outage`);
  await desk.locator('input[name="lasting"][value="30m"]').check();
  await fill(desk, { reason: '演练' });
  await send(desk);
  mustBeAt(desk, HEALTH, 'after ordering an outage');
  try {
    const away = page.locator('main .notice.warn', { has: page.locator('a[href^="tel:"]') });
    await asksForBill();
    must((await away.count()) === 1, 'that the bill cannot be had, and whom to call, is not said');
    await mustBeSound();
    await page.goto(DAYS);
    must((await away.count()) === 1, 'that there are no free days, and whom to call, is not said');
    await mustBeSound();
    const wish = page.locator('main button[name="wish"]');
    if (await wish.count()) {
      await press(wish);
      must((await page.locator('main .notice.ok').count()) === 1, 'that one will be told is not said');
      await mustBeSound();
    }
    for (const path of ['/services/YZ17010', '/me/payments', '/me/bookings', `/agencies/${AGENCY}`]) {
      must((await page.goto(path)).ok(), `${path} does not go on`);
      await mustBeSound();
    }
  } finally {
    await desk.goto(HEALTH);
    await press(desk.locator('form[action$="/outage/end"] button'));
  }
  await asksForBill();
  must((await page.locator('.found-record').count()) > 0, 'there is no bill when all is well again');
}
