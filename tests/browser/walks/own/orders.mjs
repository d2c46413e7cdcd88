// What staff do with an order of what people write, by its form.

import { mustBeAt, press, send } from '../../people.mjs';
import { must } from '../walk.mjs';

export const DESK = '/agency/voice';

export async function act(seat, there, what, { untouched, ...values }, choice) {
  await seat.goto(there);
  await press(seat.locator(`main a[href="${there}/do/${what}"]`));
  if (untouched) await untouched(seat);
  for (const [name, value] of Object.entries(values)) {
    const field = seat.locator(`main [name="${name}"]`);
    if ((await field.evaluate((element) => element.localName)) === 'select') await field.selectOption(value);
    else await field.fill(value);
  }
  if (choice) await seat.locator(`main input[type="radio"][value="${choice}"]`).check();
  await send(seat);
  mustBeAt(seat, there, what);
  must((await seat.locator('main .notice.ok').count()) === 1, `${what} is not confirmed`);
}
