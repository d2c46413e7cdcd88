// What a visit costs on the network, headers and all.

import { PHONE, visitor, watched } from '../browser.mjs';

const FIRST_VISIT = 60_000;
const NEXT_PAGE = 15_000;

export async function checkWeight({ browser, base, report, addresses, options }) {
  const context = await visitor(browser, base, { ...options, viewport: PHONE });
  try {
    const { page } = await watched(context);
    const cdp = await context.newCDPSession(page);
    const loads = new Map();
    await cdp.send('Network.enable');
    cdp.on('Network.responseReceived', ({ requestId, response }) => loads.set(requestId, { url: response.url, bytes: 0 }));
    cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const load = loads.get(requestId);
      if (load) load.bytes = encodedDataLength;
    });
    const weigh = async (path) => {
      loads.clear();
      await page.goto(path, { waitUntil: 'networkidle' });
      return [...loads.values()];
    };

    const home = await weigh('/');
    // A browser with a window asks for the icon, one without does not.
    const icon = await page.locator('link[rel="icon"]').getAttribute('href');
    const packed = await context.request.get(icon, { headers: { 'accept-encoding': 'br, gzip' } });
    home.push({ url: icon, bytes: Number(packed.headers()['content-length'] ?? (await packed.body()).length) });
    report.check('/', 'weight of the first visit', tooHeavy(home, FIRST_VISIT));
    for (const { path } of addresses) {
      report.check(path, 'weight of the next page', tooHeavy(await weigh(path), NEXT_PAGE));
    }
  } finally {
    await context.close();
  }
}

function tooHeavy(loads, budget) {
  const sum = loads.reduce((total, load) => total + load.bytes, 0);
  const parts = loads.filter((load) => load.bytes > 0).sort((a, b) => b.bytes - a.bytes);
  const list = parts.map((load) => `${load.bytes} ${load.url.replace(/^https?:\/\/[^/]*/, '')}`).join(', ');
  return sum <= budget ? [] : [`${sum} bytes, at most ${budget}: ${list}`];
}
