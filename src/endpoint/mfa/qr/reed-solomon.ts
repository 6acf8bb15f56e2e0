/** The field of 256 elements that QR codes count in: bytes modulo x^8 + x^4 + x^3 + x^2 + 1 (ISO/IEC 18004, 7.5.2). */
const fieldPolynomial = 0x11d;

function multiply(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * fieldPolynomial);
    if ((b >> bit) & 1) product ^= a;
  }
  return product;
}

/** The coefficients of (x - 1)(x - 2)(x - 4)… of a degree, the leading 1 left out. */
function composeDivisor(degree: number): Uint8Array {
  const divisor = new Uint8Array(degree);
  divisor[degree - 1] = 1;
  let root = 1;
  for (let factor = 0; factor < degree; factor++) {
    divisor.forEach((coefficient, index) => {
      divisor[index] = multiply(coefficient, root) ^ (divisor[index + 1] ?? 0);
    });
    root = multiply(root, 2);
  }
  return divisor;
}

/** The bytes that are sent after others so that errors in both can be corrected. */
export function composeCorrection(data: Uint8Array, length: number): Uint8Array {
  const divisor = composeDivisor(length);
  const remainder = new Uint8Array(length);
  for (const byte of data) {
    const factor = byte ^ (remainder[0] ?? 0);
    remainder.copyWithin(0, 1);
    remainder[length - 1] = 0;
    divisor.forEach((coefficient, index) => {
      remainder[index] = (remainder[index] ?? 0) ^ multiply(coefficient, factor);
    });
  }
  return remainder;
}
