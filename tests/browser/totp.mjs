// An authenticator app (RFC 6238): what a person's telephone shows.

import { createHmac } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP = 30_000;
// How far the city's clock goes before this machine's.
let before = 0;

export function follow(clockAhead) {
  before = clockAhead;
}

// What time it is in the city.
export function cityTime() {
  return Date.now() + before;
}

// The code now, or some half minutes from now: each counts once, and the next one already.
export function code(secret, ahead = 0) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(cityTime() / STEP) + ahead));
  const digest = createHmac('sha1', bytes(secret)).update(counter).digest();
  const at = digest.at(-1) & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function bytes(secret) {
  const bits = [...secret.replace(/[\s=]/g, '').toUpperCase()]
    .map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
}
