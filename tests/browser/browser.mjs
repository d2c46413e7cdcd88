// The browser: Debian's Chromium, several contexts in one process.

import { chromium } from 'playwright-core';

export const PHONE = { width: 390, height: 844 };
export const NARROW = { width: 320, height: 640 };
export const DESKTOP = { width: 1280, height: 900 };

const PATIENCE = 15_000;

export function launch() {
  return chromium.launch({
    executablePath: process.env.YIMEN_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

let houses = 0;

// A visitor without cookies, whose device is set to Chinese, in a house of their own.
export async function visitor(browser, base, options = {}) {
  houses += 1;
  const extraHTTPHeaders = { 'x-forwarded-for': `10.${houses >> 16}.${(houses >> 8) & 255}.${houses & 255}` };
  const context = await browser.newContext({
    baseURL: base,
    locale: 'zh-CN',
    viewport: DESKTOP,
    extraHTTPHeaders,
    ...options,
  });
  context.setDefaultTimeout(PATIENCE);
  return context;
}

// A page together with everything that went wrong on it.
export async function watched(context) {
  const page = await context.newPage();
  const troubles = [];
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    const { url } = message.location();
    // The browser reports a page that answers 404 as an error; whether it should have is checked by its status.
    if (/^Failed to load resource/.test(message.text()) && url === page.url()) return;
    // The portal's pages name an icon; the demo's other sites have none.
    if (url.endsWith('/favicon.ico')) return;
    troubles.push(`console: ${message.text()} (${url})`);
  });
  page.on('pageerror', (error) => troubles.push(`script: ${error.message}`));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? 'unknown';
    // Suggestions that typing on has made useless are given up, and so is what a new page interrupts.
    if (why === 'net::ERR_ABORTED') return;
    troubles.push(`request: ${request.url()} ${why}`);
  });
  page.on('response', (response) => {
    const request = response.request();
    if (response.status() < 400 || request.isNavigationRequest()) return;
    troubles.push(`request: ${request.url()} answered ${response.status()}`);
  });
  return {
    page,
    // What has gone wrong since the last call.
    troubles: () => troubles.splice(0),
  };
}
