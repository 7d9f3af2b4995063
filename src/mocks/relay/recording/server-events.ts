import { jsonIn } from './json-in.ts';
import type { ServerEvent } from './recording.ts';

/** WHATWG HTML, "Parsing an event stream". */
export function parseEvents(stream: string): readonly ServerEvent[] {
  const lines = stream.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const events: ServerEvent[] = [];
  let block: string[] = [];
  for (const line of [...lines, '']) {
    if (line !== '') block.push(line);
    else if (block.length > 0) {
      events.push(parseBlock(block));
      block = [];
    }
  }
  return events;
}

function parseBlock(block: readonly string[]): ServerEvent {
  const event = block.find((line) => /^event:/.test(line));
  const data = block.filter((line) => /^data:/.test(line)).map(contentOf);
  const others = block.filter((line) => !/^(?:event|data):/.test(line));
  const text = data.join('\n');
  const json = data.length === 0 ? undefined : jsonIn(text);
  return {
    ...(event === undefined ? {} : { event: contentOf(event) }),
    ...(json === undefined ? {} : { data: json }),
    ...(data.length > 0 && json === undefined ? { text } : {}),
    ...(others.length === 0 ? {} : { lines: others }),
  };
}

function contentOf(line: string): string {
  return line.slice(line.indexOf(':') + 1).replace(/^ /, '');
}

export function printEvent({ event, data, text, lines = [] }: ServerEvent): string {
  const content = data === undefined ? text : JSON.stringify(data);
  const all = [
    ...lines,
    ...(event === undefined ? [] : [`event: ${event}`]),
    ...(content === undefined ? [] : content.split('\n').map((line) => `data: ${line}`)),
  ];
  return `${all.join('\n')}\n\n`;
}
