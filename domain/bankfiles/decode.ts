import { Unreadable } from './reader.ts';

export type Decoder = { write(bytes: Uint8Array): string; end(): string };

/** Enough for a byte-order mark and an XML declaration. */
const HEAD = 256;

/**
 * Bytes to text by byte-order mark, else by the XML declaration, else UTF-8; fatal, so that a wrong byte
 * refuses the file instead of turning a name into question marks. Throws Unreadable FILE_ENCODING.
 */
export function xmlDecoder(): Decoder {
  let head: Uint8Array | undefined = new Uint8Array(0);
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  const decode = (bytes: Uint8Array, stream: boolean): string => {
    try {
      return decoder!.decode(bytes, { stream });
    } catch {
      throw new Unreadable('FILE_ENCODING', `bytes that are not ${decoder!.encoding}`);
    }
  };
  const begin = (): string => {
    const bytes = head!;
    head = undefined;
    decoder = decoderOf(bytes);
    return decode(bytes, true);
  };
  return {
    write(bytes) {
      if (!head) return decode(bytes, true);
      const joined = new Uint8Array(head.length + bytes.length);
      joined.set(head);
      joined.set(bytes, head.length);
      head = joined;
      return head.length >= HEAD ? begin() : '';
    },
    end() {
      const first = head ? begin() : '';
      return first + decode(new Uint8Array(0), false);
    },
  };
}

function decoderOf(bytes: Uint8Array): InstanceType<typeof TextDecoder> {
  const label = encodingLabel(bytes);
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    throw new Unreadable('FILE_ENCODING', `unknown encoding ${label}`);
  }
}

function encodingLabel(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  const start = Buffer.from(bytes.subarray(0, HEAD)).toString('latin1');
  return /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(start)?.[1] ?? 'utf-8';
}
