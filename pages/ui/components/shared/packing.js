// The other end of hwmodel/views/packing.py.

const TYPES = { uint8: Uint8Array, int8: Int8Array, uint16: Uint16Array, int16: Int16Array, int32: Int32Array, float32: Float32Array };

/** @typedef {Record<string, {dtype: keyof typeof TYPES, shape: number[], offset: number}>} Places */

/**
 * The header of a packed blob, and its arrays by name, as typed views on one copy of its bytes.
 * @param {Uint8Array} bytes
 * @returns {{header: any, arrays: any}} as the data.js of each view says
 */
export function unpack(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  const { arrays: places, ...header } = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const body = bytes.slice(4 + length).buffer;
  /** @type {Record<string, ArrayBufferView>} */
  const arrays = {};
  for (const [name, { dtype, shape, offset }] of Object.entries(/** @type {Places} */ (places))) {
    arrays[name] = new TYPES[dtype](body, offset, shape.reduce((a, b) => a * b, 1));
  }
  return { header, arrays };
}
