import { useFormatter } from 'next-intl';

const KILOBYTE = 1024;

export function FileSize({ bytes }: { bytes: number }) {
  const format = useFormatter();
  const kilobytes = bytes / KILOBYTE;
  const [size, unit] = kilobytes < KILOBYTE ? [kilobytes, 'kilobyte'] : [kilobytes / KILOBYTE, 'megabyte'];
  return format.number(Math.max(size, 0.1), { style: 'unit', unit, maximumFractionDigits: size < 10 ? 1 : 0 });
}
