import { expect, it } from 'vitest';
import { formatMetrics } from './format-metrics';

it('writes what Prometheus reads', () => {
  const text = formatMetrics([
    { name: 'jobs', help: 'Jobs.', type: 'gauge', samples: [{ labels: { status: 'done' }, value: 3 }, { value: 0.5 }] },
    { name: 'took', help: 'Time.', type: 'histogram', samples: [{ suffix: '_count', value: 1 }] },
  ]);
  expect(text).toBe(
    '# HELP jobs Jobs.\n# TYPE jobs gauge\njobs{status="done"} 3\njobs 0.5\n' +
      '# HELP took Time.\n# TYPE took histogram\ntook_count 1\n',
  );
});

it('lets no label break out of its quotes', () => {
  const sample = { labels: { said: 'a"b\\c\nd' }, value: 1 };
  const text = formatMetrics([{ name: 'x', help: 'X.', type: 'counter', samples: [sample] }]);
  expect(text.split('\n').at(-2)).toBe('x{said="a\\"b\\\\c\\nd"} 1');
});
