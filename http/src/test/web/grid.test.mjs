import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grid, narrowestFor, strip } from '../../main/resources/web/assets/js/grid.js';

const SPACES = [[1248, 660, 12], [1880, 940, 12], [374, 720, 6], [344, 516, 6], [800, 300, 12]];

test('should fit every number of tiles without scrolling, in good proportions', () => {
  for (const [width, height, gap] of SPACES) {
    for (let n = 1; n <= 30; n++) {
      const narrowest = narrowestFor(n, width, height);
      const size = grid(n, width, height, gap, narrowest);
      assert.ok(size.columns * size.rows >= n);
      assert.ok(size.columns * size.width + (size.columns - 1) * gap <= width, `${n} in ${width}`);
      assert.ok(size.rows * size.height + (size.rows - 1) * gap <= height, `${n} in ${height}`);
      assert.ok(size.width / size.height < 16 / 9 + 0.05 && size.width / size.height > narrowest - 0.05, `${n}: ${size.width}x${size.height}`);
    }
  }
});

test('should use rows of people as others would expect on a laptop', () => {
  const columns = (n) => grid(n, 1248, 660, 12, narrowestFor(n, 1248, 660)).columns;
  assert.deepEqual([1, 2, 3, 4, 5, 9, 12, 25].map(columns), [1, 2, 2, 2, 3, 3, 4, 5]);
});

test('should fill a phone held upright rather than leave it half empty', () => {
  const { columns, width, height } = grid(5, 374, 720, 6, narrowestFor(5, 374, 720));
  assert.equal(columns, 2);
  assert.ok(5 * width * height > 0.7 * 374 * 720);
});

test('should put people beside a screen where it is wide, and below where it is tall', () => {
  const wide = strip(12, 1248, 660, 12);
  assert.equal(wide.beside, true);
  assert.ok(wide.room * wide.height + (wide.room - 1) * 12 <= 660);
  const tall = strip(12, 374, 720, 6);
  assert.equal(tall.beside, false);
  assert.ok(tall.room >= 6 && tall.screenHeight >= 200);
  assert.ok(tall.screenHeight + Math.ceil(tall.room / 3) * (tall.height + 6) <= 720.5);
});

test('should give a few people the height that a screen on a phone leaves free', () => {
  for (const n of [2, 3, 4]) {
    const { room, width, height, screenHeight } = strip(n, 374, 720, 6);
    assert.equal(room, n);
    assert.ok(width >= 180 && height >= 150, `${n}: ${width}x${height}`);
    assert.ok(screenHeight >= (374 * 9) / 16 && screenHeight < 0.6 * 720, `${n}: ${screenHeight}`);
  }
});
