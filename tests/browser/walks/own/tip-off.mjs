// Something unlawful, told by somebody without an account: who it was is shown to nobody who deals with it, and whoever has
// number and code reads how it goes on.

import { fill, mustBeAt, mustTellMistakes, press, send } from '../../people.mjs';
import { must } from '../walk.mjs';
import { act, DESK } from './orders.mjs';

const PHONE = '13900006789';
const PERSONAL = ['林小满', PHONE, '110101199003070038'];

export async function tipOff(page, { hotline, unit, aside, mustBeSound }) {
  await page.goto('/voice/tip-off/guest');
  await mustBeSound();
  must((await page.locator('main input[name="secret"]').count()) === 0, 'whether it is secret is asked, and it always is');
  await send(page);
  await mustTellMistakes(page, ['title', 'text', 'elsewhere-here']);
  await mustBeSound();
  const told = { title: '夜里往湖里倒渣土', text: `公园后门每天半夜有车倾倒渣土。我叫林小满，身份证110101199003070038，电话${PHONE}。` };
  await fill(page, { ...told, phone: PHONE });
  await page.locator('#elsewhere-here').check();
  await send(page);
  must((await page.locator('main code').count()) === 2, 'number and code are not shown');
  must(!page.url().includes('code='), 'the code stands in the address');
  const [number, code] = await page.locator('main code').allInnerTexts();
  await mustBeSound();

  // The desk and the unit read what happened, and not who says so; nor can they ask.
  const there = `${DESK}/${number}`;
  const mustNameNobody = async (seat, who) => {
    await seat.goto(there);
    const read = await seat.content();
    must(read.includes('倾倒渣土'), `${who} does not read what happened`);
    for (const text of PERSONAL) must(!read.includes(text), `${who} reads ${text}`);
    must((await seat.locator('form[action$="/contact"]').count()) === 0, `${who} can ask who it was`);
    await mustBeSound(seat);
  };
  await mustNameNobody(hotline, 'the desk');
  await act(hotline, there, 'dispatch', { lead: 'parks' });
  must((await aside.goto(there)).status() === 404, 'another agency reads it');
  await act(unit, there, 'take', {});
  await mustNameNobody(unit, 'the unit');
  for (const seat of [hotline, unit]) {
    must((await seat.goto('/agency/voice/author')).status() === 403, 'whoever deals with it can ask who it was');
  }
  await act(unit, there, 'reply', { words: '已经立案查处，现场安装了摄像头。' });

  // Only both together lead to it.
  const progress = async (values) => {
    await page.goto('/voice/progress');
    await fill(page, values);
    await send(page);
  };
  await progress({ number, code: 'AAAA-AAAA-AAAA' });
  await mustTellMistakes(page, ['code'], { number });
  await progress({ number, code });
  mustBeAt(page, '/voice/progress', 'looking it up');
  must((await page.locator('main').innerText()).includes('已经立案查处'), 'the answer is not shown');
  await mustBeSound();
  await page.locator('#verdict-satisfied').check();
  await press(page.locator('main form[action="/voice/progress/judge"] button'));
  must((await page.locator('main .notice.ok').count()) === 1, 'that it was heard is not said');
  await mustBeSound();
}
