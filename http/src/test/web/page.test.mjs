import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const web = new URL('../../main/resources/web/', import.meta.url);
const read = (path) => readFileSync(new URL(path, web), 'utf8');
const scripts = readdirSync(new URL('assets/js/', web));

test('should load every module of the meeting page up front', () => {
  const html = read('meeting.html');
  for (const file of scripts.filter((name) => name !== 'home.js')) assert.ok(html.includes(`"/assets/js/${file}"`), file);
});

test('should hold a strict content policy: nothing inline, nothing from elsewhere', () => {
  for (const page of ['meeting.html', 'index.html']) {
    assert.doesNotMatch(read(page), /<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|https?:\/\//, page);
  }
  for (const file of scripts) assert.doesNotMatch(read(`assets/js/${file}`), /innerHTML|eval\(|setAttribute\('style'|from 'http/, file);
});

test('should use only icons that exist', () => {
  const known = new Set([...read('assets/icons.svg').matchAll(/id="([\w-]+)"/g)].map(([, id]) => id));
  const used = scripts.flatMap((file) => [...read(`assets/js/${file}`).matchAll(/(?:icon\(|symbol: )'([\w-]+)'/g)].map(([, id]) => id));
  assert.ok(used.length > 10);
  for (const id of used) assert.ok(known.has(id), id);
});
