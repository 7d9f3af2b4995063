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

function summaryText({ median, min, max }: Summary, unit: Measurement['unit']): string {
  return `${amount(median, unit)} (${amount(min, unit)}–${amount(max, unit)}) ${unit === 'ms' ? 's' : unit}`;
}

function amount(value: number, unit: Measurement['unit']): string {
  return unit === 'ms' ? (value / 1000).toFixed(value < 1000 ? 3 : 2) : value.toFixed(1);
}

function targetText({ target, unit }: Measurement): string {
  if (!target) return '';
  if (target.of === 'reference') return `≤ ${target.atMost}×`;
  return unit === 'ms' ? `≤ ${target.atMost / 1000} s` : `≤ ${target.atMost} ${unit}`;
}

function verdict(measurement: Measurement): string {
  const met = isMet(measurement);
  return met === null ? '' : met ? 'met' : 'missed';
}
