// How large a picture is, by its file's header, before anything is decoded.

const most = 50e6; // pixels, as natively
const looked = 1 << 20; // bytes of a JPEG file in which its size must stand

export const tooLarge = ({ width, height }) => width * height > most;

/** A PNG or JPEG file's {width, height}, null where its header does not say. */
export async function sizeOf(file) {
  const view = new DataView(await file.slice(0, 24).arrayBuffer());
  if (view.byteLength < 24) return null;
  if (view.getUint32(0) === 0x89504e47) return { width: view.getUint32(16), height: view.getUint32(20) };
  return inJPEG(new DataView(await file.slice(0, looked).arrayBuffer()));
}

/** Goes through a JPEG file's segments to the one that begins a frame. */
function inJPEG(view) {
  for (let at = 2; at + 9 <= view.byteLength && view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}
