// A gas bill: looked up, paid at the provider, settled at the gas works, with a receipt that anybody can check; and the money
// asked back and given back.

import { visitor } from '../../browser.mjs';
import { atWork, fill, mustBeAt, mustTellMistakes, press, register, send } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inEveryWay } from './ways.mjs';

const START = '/services/YZ17010/start';
const SETTLED = 60_000;

export async function paying(world) {
  const { postBox } = world;
  await inEveryWay(world, 'a payment', async (page, { turn, mustBeSound }) => {
    await page.goto(START);
    must(new URL(page.url()).pathname === '/sign-in', 'nobody is asked who they are');
    // Everybody has bills of their own.
    await register(page, postBox, START);
    await mustBeSound();
    await page.locator('#gas_account').fill('9900128846');
    await press(page.locator('main form button.large'));
    must((await page.locator('.found-record').count()) > 0, 'nothing is owed');
    await mustBeSound();
    await press(page.locator('form[action$="/pay"] button').first());
    must(/\/me\/payments\/P-/.test(page.url()), `ordered, at ${page.url()}`);
    const order = new URL(page.url()).pathname;
    await mustBeSound();
    await press(page.locator('main a.button.large'));
    must(page.url().includes('/pay/'), `at the provider, at ${page.url()}`);
    await press(page.locator('button[value="poor"]'));
    must((await page.locator('[role="alert"]').count()) === 1, 'that there is not enough money is not said');
    await press(page.locator('button[value="pay"]'));
    must(new URL(page.url()).pathname === order, `back, at ${page.url()}`);
    const receipt = page.locator('main a[href$="/receipt"]');
    const deadline = Date.now() + SETTLED;
    while ((await receipt.count()) === 0 && Date.now() < deadline) {
      await page.waitForTimeout(500);
      await page.goto(order);
    }
    must((await receipt.count()) === 1, 'it is not settled');
    await mustBeSound();
    await press(receipt);
    await mustBeSound();
    await press(page.locator('main a[href^="/verify/"]'));
    must((await page.locator('.notice.ok').count()) === 1, 'the receipt is not found to be good');
    await mustBeSound();
    await page.goto('/me/payments');
    must((await page.locator(`main a[href="${order}"]`).count()) === 1, 'it is not in the list');
    await mustBeSound();
    // Once in each language.
    if (turn === 1 || turn === 2) await backAgain(world, page, { order, mustBeSound });
  });
}

// The payer says why, and a person decides.
async function backAgain({ browser, base, postBox, portal }, page, { order, mustBeSound }) {
  const asked = page.locator('form[action$="/refund"]');
  await page.goto(order);
  await page.locator('details', { has: asked }).locator('summary').click();
  await press(asked.locator('button'));
  await mustTellMistakes(page, ['reason']);
  await mustBeSound();
  await fill(page, { reason: '缴错了户号' });
  await press(asked.locator('button'));
  mustBeAt(page, order, 'after asking for the money');
  must((await asked.count()) === 0, 'it can be asked for twice');
  await mustBeSound();
  const context = await visitor(browser, base, {});
  try {
    const desk = await context.newPage();
    await atWork(desk, postBox, portal.staff('runs the city'));
    await desk.goto(`/admin/payments/${order.split('/').at(-1)}`);
    must((await desk.locator('main').innerText()).includes('缴错了户号'), 'why it is asked for is not said');
    await mustBeSound(desk);
    await desk.locator('input[name="way"][value="refund"]').check();
    await fill(desk, { reason: '已与燃气集团核实' });
    await send(desk);
    must((await desk.locator('.errors').count()) === 0, 'the decision is not taken');
  } finally {
    await context.close();
  }
  const returned = page.locator('main .notice.ok');
  for (const until = Date.now() + SETTLED; (await returned.count()) === 0 && Date.now() < until; ) {
    await page.waitForTimeout(500);
    await page.goto(order);
  }
  must((await returned.count()) === 1, 'the money does not come back');
  await mustBeSound();
}
