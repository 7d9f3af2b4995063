import type { Picture } from '../prompt.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Of a picture that is only named by its address: nothing is fetched. */
const UNKNOWN: Size = { width: 1024, height: 1024 };

/** Much more than the header of any format that tells the size. */
const HEADER_CHARACTERS = 256 * 1024;

export async function sizeOf({ url }: Picture): Promise<Size> {
  const data = /^data:[^,]*;base64,/.exec(url);
  if (!data) return UNKNOWN;
  const { imageSize } = await import('image-size');
  try {
    const [start] = data;
    const size = imageSize(Buffer.from(url.slice(start.length, start.length + HEADER_CHARACTERS), 'base64'));
    return size.width > 0 && size.height > 0 ? size : UNKNOWN;
  } catch {
    return UNKNOWN;
  }
}

/** platform.openai.com/docs/guides/images-vision, "Calculating costs": tiles of 512 pixels, in three families. */
export function openaiTokens(model: string, detail: Picture['detail'], size: Size): number {
  const [base, tile] = /^gpt-4o-mini/.test(model) ? [2833, 5667] : /^(gpt-5|o\d)/.test(model) ? [70, 140] : [85, 170];
  if (detail === 'low') return base;
  const inside = Math.min(1, 2048 / Math.max(size.width, size.height));
  const short = Math.min(size.width, size.height) * inside;
  const scale = inside * Math.min(1, 768 / short);
  return base + tile * Math.ceil((size.width * scale) / 512) * Math.ceil((size.height * scale) / 512);
}

/** docs.anthropic.com, "Vision": at most 1568 pixels long and about 1600 tokens, width × height / 750. */
export function anthropicTokens({ width, height }: Size): number {
  const scale = Math.min(1, 1568 / Math.max(width, height));
  return Math.min(1600, Math.ceil((width * scale * height * scale) / 750));
}
