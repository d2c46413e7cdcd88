// Text that no visitor should see: names of texts instead of texts, places for values left open.

import { readdir, readFile } from 'node:fs/promises';

const LOCALES = new URL('../../../locales/zh-CN/', import.meta.url);

// Finds names of texts. Only names with a hyphen: the others are ordinary words.
export async function leakFinder() {
  const names = [];
  for (const file of await readdir(LOCALES)) {
    if (!file.endsWith('.ftl')) continue;
    const text = await readFile(new URL(file, LOCALES), 'utf8');
    names.push(...[...text.matchAll(/^([a-z][a-z0-9]*(?:-[a-z0-9]+)+) *=/gm)].map((match) => match[1]));
  }
  // Not in addresses and file names, where such words are at home.
  const name = new RegExp(`(?<![\\w/.?=&#-])(?:${names.join('|')})(?![\\w/.=-])`, 'g');
  const open = /\{\s*\$[\w-]*|\{\{|\{%|[\u2068\u2069]|\bundefined\b|\bNaN\b/g;
  return (text) => [...new Set([...text.matchAll(name), ...text.matchAll(open)].map((match) => match[0]))];
}
