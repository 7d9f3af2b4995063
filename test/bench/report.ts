import { isMet, type Measurement, ratio } from './measurement.ts';
import type { Summary } from './statistics.ts';

const HEADINGS = ['measured', 'devenv', 'against', '', 'ratio', 'target', ''];

/** The measurements as a table: medians, with the lowest and the highest in brackets. */
export function table(measurements: readonly Measurement[]): string {
  const rows = [HEADINGS, ...measurements.map(row)];
  const widths = HEADINGS.map((_heading, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function row(measurement: Measurement): string[] {
  const { name, unit, devenv, reference } = measurement;
  const times = ratio(measurement);
  return [
    name,
    summaryText(devenv, unit),
    reference?.name ?? '',
    reference ? summaryText(reference, unit) : '',
    times === null ? '' : `${times.toFixed(2)}×`,
    targetText(measurement),
    verdict(measurement),
  ];
}

/** What takes less is written in milliseconds, anything else in seconds. */
const SHORT_MS = 10;

function summaryText({ median, min, max }: Summary, unit: Measurement['unit']): string {
  const write = writer(median, unit);
  return `${write(median)} (${write(min)}–${write(max)}) ${unit === 'ms' && median >= SHORT_MS ? 's' : unit}`;
}

function writer(median: number, unit: Measurement['unit']): (value: number) => string {
  if (unit !== 'ms') return (value) => value.toFixed(1);
  if (median < SHORT_MS) return (value) => value.toFixed(2);
  return (value) => (value / 1000).toFixed(value < 1000 ? 3 : 2);
}

function targetText({ target, unit }: Measurement): string {
  if (!target) return '';
  if (target.of === 'reference') return `≤ ${target.atMost}×`;
  return unit === 'ms' && target.atMost >= SHORT_MS ? `≤ ${target.atMost / 1000} s` : `≤ ${target.atMost} ${unit}`;
}

function verdict(measurement: Measurement): string {
  const met = isMet(measurement);
  return met === null ? '' : met ? 'met' : 'missed';
}
