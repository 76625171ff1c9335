// The other end of pages/ui/components/loader.py `pack`: a Uint8Array -> {header, arrays by name}, the arrays as typed views on it.
const TYPES = { uint8: Uint8Array, int8: Int8Array, uint16: Uint16Array, int16: Int16Array, int32: Int32Array, float32: Float32Array };
function unpack(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const body = bytes.slice(4 + length).buffer;
  const arrays = {};
  for (const [name, { dtype, shape, offset }] of Object.entries(header.arrays)) {
    arrays[name] = new TYPES[dtype](body, offset, shape.reduce((a, b) => a * b, 1));
  }
  return { header, arrays };
}
