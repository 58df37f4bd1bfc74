import { describe, expect, it } from 'vitest';
import { exportCsv } from './csv';
import type { ExportRow } from './export-row';
import { rowWith, SAMPLE_ROWS } from './sample-rows';

async function csvOf(rows: ExportRow[]): Promise<string> {
  let text = '';
  for await (const part of exportCsv(rows)) text += part;
  return text;
}

const linesOf = async (rows: ExportRow[]) => (await csvOf(rows)).split('\r\n').slice(1, -1);

describe('exportCsv', () => {
  it('starts with a byte order mark and the names of the columns', async () => {
    expect(await csvOf([])).toBe('\ufeffposition,page,original,rewritten,status,flags\r\n');
  });

  it('gives each sentence of the author a row, its short sentences one to a line within a cell', async () => {
    const lines = await linesOf(SAMPLE_ROWS);
    expect(lines).toHaveLength(6);
    expect(lines[1]).toBe(
      '1,1,"Il ouvrit la porte et sortit, car la nuit tombait.","Il ouvrit la porte.\nIl sortit.\nLa nuit tombait.",rewritten,',
    );
    expect(lines[2]).toBe('2,1,Le vent tournait.,Le vent tournait.,kept,');
    expect(lines[3]).toBe('3,2,"Elle lut la lettre, puis la brûla.",,failed,');
  });

  it('doubles quotes', async () => {
    expect(await linesOf([rowWith({ position: 0, original: 'Il dit "oui".', status: 'failed' })])).toEqual([
      '0,1,"Il dit ""oui"".",,failed,',
    ]);
  });

  it.each(['=1+1', '+33', '-2', '@nom', '\tx', '- Bonjour'])(
    'keeps a spreadsheet from computing %j',
    async (original) => {
      const [line] = await linesOf([rowWith({ position: 0, original, status: 'failed' })]);
      expect(line).toBe(`0,1,'${original},,failed,`);
    },
  );

  it('leaves the dashes of French dialogue alone', async () => {
    const [line] = await linesOf([rowWith({ position: 0, original: '—\u00a0Oui.', flags: ['nominal', 'over_limit'] })]);
    expect(line).toBe('0,1,—\u00a0Oui.,—\u00a0Oui.,kept,nominal over_limit');
  });
});
